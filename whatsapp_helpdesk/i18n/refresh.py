"""Write the template of the addon's words anew and bring every translation up to it.

Run by ``odoo shell`` (which provides ``env``), here on the demo's database, which is brought up to
the files of the addon first, as many words are read from it::

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

ADDON = "whatsapp_helpdesk"
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def update_database(env):
    """Bring the addon's views, fields and records up to its files.

    :param env: Odoo environment
    """
    env["ir.module.module"].search([("name", "=", ADDON)]).button_immediate_upgrade()
    env.transaction.reset()


def template_of(env):
    """Return the words that the addon has now, as a file without translations.

    :param env: Odoo environment
    """
    buffer = io.BytesIO()
    trans_export(None, [ADDON], buffer, "po", env)
    template = polib.pofile(buffer.getvalue().decode())
    for date in DATES:
        template.metadata.pop(date, None)
    template.metadata["Content-Transfer-Encoding"] = "8bit"
    return template


def flat(text):
    """Return a text with each run of white space as one space, as formatters leave it."""
    return " ".join(text.split())


def bring_up_to(template, path):
    """Rewrite a translation file with exactly the template's words.

    :param polib.POFile template: what :func:`template_of` returned; it is filled meanwhile
    :param Path path: the translation file
    :return: the words that have no translation
    """
    old = polib.pofile(str(path))
    known = {flat(entry.msgid): entry.msgstr for entry in old}
    new = polib.POFile()
    new.header, new.metadata = old.header, old.metadata
    for entry in template:
        entry.msgstr = known.get(flat(entry.msgid), "")
        new.append(entry)
    new.save(str(path), newline="\n")
    return [entry.msgid for entry in new.untranslated_entries()]


def refresh(env):
    """Rewrite all files of the folder.

    :param env: Odoo environment
    """
    update_database(env)
    folder = Path(get_module_path(ADDON), "i18n")
    template = template_of(env)
    template.save(str(folder / f"{ADDON}.pot"), newline="\n")
    print(f"{len(template)} words in {ADDON}.pot")
    for path in sorted(folder.glob("*.po")):
        for word in bring_up_to(template, path):
            print(f"{path.name} lacks: {word!r}")


refresh(env)  # noqa: F821 - odoo shell provides env
