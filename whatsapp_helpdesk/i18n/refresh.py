"""Write the templates of our addons' words anew and bring every translation up to them.

Run by ``odoo shell`` (which provides ``env``), here on the demo's database, which is brought up to
the files of the addons first, as many words are read from it::

    ./run odoo shell --no-http < whatsapp_helpdesk/i18n/refresh.py

Odoo's own exporter dates its files, and takes translations from the database, where outdated ones
survive; here a file changes only when words do, and the translation files are the masters. What is
new stands in them untranslated and is printed.
"""

import io
from pathlib import Path

import polib

from odoo.modules import get_module_path
from odoo.tools.translate import trans_export

# What the first one has translated the others need not translate again
ADDONS = ("whatsapp_helpdesk", "whatsapp_helpdesk_crm")
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def update_database(env):
    """Bring the addons' views, fields and records up to their files.

    :param env: Odoo environment
    """
    env["ir.module.module"].search([("name", "in", ADDONS)]).button_immediate_upgrade()
    env.transaction.reset()


def template_of(env, addon):
    """Return the words that an addon has now, as a file without translations.

    :param env: Odoo environment
    :param str addon: its name
    """
    buffer = io.BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    template = polib.pofile(buffer.getvalue().decode())
    for date in DATES:
        template.metadata.pop(date, None)
    template.metadata["Content-Transfer-Encoding"] = "8bit"
    return template


def flat(text):
    """Return a text with each run of white space as one space, as formatters leave it."""
    return " ".join(text.split())


def translations_in(path):
    """Return what a translation file says, by the words with flat white space."""
    return {flat(entry.msgid): entry.msgstr for entry in polib.pofile(str(path))}


def bring_up_to(template, path):
    """Rewrite a translation file with exactly the template's words.

    :param polib.POFile template: what :func:`template_of` returned; it is filled meanwhile
    :param Path path: the translation file
    :return: the words that have no translation
    """
    old = polib.pofile(str(path))
    known = translations_in(folder_of(ADDONS[0]) / path.name) | translations_in(path)
    new = polib.POFile()
    new.header, new.metadata = old.header, old.metadata
    for entry in template:
        entry.msgstr = known.get(flat(entry.msgid), "")
        new.append(entry)
    new.save(str(path), newline="\n")
    return [entry.msgid for entry in new.untranslated_entries()]


def folder_of(addon):
    """Return where an addon keeps its translations."""
    return Path(get_module_path(addon), "i18n")


def refresh(env):
    """Rewrite all files of the folders.

    :param env: Odoo environment
    """
    update_database(env)
    for addon in ADDONS:
        template = template_of(env, addon)
        template.save(str(folder_of(addon) / f"{addon}.pot"), newline="\n")
        print(f"{len(template)} words in {addon}.pot")
        for path in sorted(folder_of(addon).glob("*.po")):
            for word in bring_up_to(template, path):
                print(f"{addon}/{path.name} lacks: {word!r}")


refresh(env)  # noqa: F821 - odoo shell provides env
