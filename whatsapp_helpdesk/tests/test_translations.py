import io
import re
from collections import Counter

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import trans_export

ADDON = "whatsapp_helpdesk"
REFRESH = (
    "Refresh them, with the demo installed: "
    "./run odoo shell --no-http < whatsapp_helpdesk/i18n/refresh.py"
)
# What must stand in a translation as often as in the original: placeholders and HTML
FIXED_PARTS = re.compile(r"%\(\w+\)[sdf]|%[sd%]|</?\w+[^>]*>")
# Words inside of tags, which are translated
TAG_WORDS = re.compile(r' (?:title|alt|placeholder|aria-label)="[^"]*"')


def fixed_parts(text):
    return Counter(FIXED_PARTS.findall(TAG_WORDS.sub("", text)))


def translation_file(name):
    return polib.pofile(file_path(f"{ADDON}/i18n/{name}"))


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """The addon's own words: all collected, all translated into Arabic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = translation_file(f"{ADDON}.pot")
        cls.arabic = translation_file("ar.po")

    def exported(self):
        """The words of the code, views and records as they are now."""
        buffer = io.BytesIO()
        trans_export(None, [ADDON], buffer, "po", self.env)
        return polib.pofile(buffer.getvalue().decode())

    def assertSameWords(self, found, expected, message):
        found, expected = ({entry.msgid for entry in entries} for entries in (found, expected))
        self.assertEqual(
            (sorted(expected - found), sorted(found - expected)),
            ([], []),
            f"{message} has not the first of these words, or has the second ones for nothing. "
            f"{REFRESH}",
        )

    def test_template_has_the_words_of_the_code(self):
        self.assertSameWords(self.template, self.exported(), f"{ADDON}.pot")

    def test_arabic_is_complete(self):
        self.assertSameWords(self.arabic, self.template, "ar.po")
        done = {entry.msgid for entry in self.arabic.translated_entries()}
        lacking = sorted({entry.msgid for entry in self.arabic} - done)
        self.assertEqual(lacking, [], "ar.po does not translate these, or only roughly (fuzzy)")

    def test_arabic_keeps_placeholders_and_tags(self):
        for entry in self.arabic:
            with self.subTest(entry.msgid):
                self.assertEqual(fixed_parts(entry.msgstr), fixed_parts(entry.msgid))

    def test_agents_in_arab_countries_read_arabic(self):
        word = "WhatsApp had a fault of its own."
        translation = self.arabic.find(word).msgstr
        message = self.env["wa.message"].new({"error_code": 1})
        for language in ("ar_001", "ar_SY"):
            self.env["res.lang"]._activate_lang(language)
            self.assertEqual(message.with_context(lang=language).error_reason, translation)
