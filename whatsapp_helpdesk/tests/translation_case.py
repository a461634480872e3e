import io
import re
from collections import Counter

import polib

from odoo.tests import TransactionCase
from odoo.tools import file_path
from odoo.tools.translate import trans_export

REFRESH = (
    "Refresh them, with the demo installed: "
    "./run odoo shell --no-http < whatsapp_helpdesk/i18n/refresh.py"
)
# What must stand in a translation as often as in the original: placeholders and HTML
FIXED_PARTS = re.compile(r"%\(\w+\)[sdf]|%[sd%]|\{+\w*\}+|</?\w+[^>]*>")
# Words inside of tags, which are translated
TAG_WORDS = re.compile(r' (?:title|alt|placeholder|aria-label)="[^"]*"')


def fixed_parts(text):
    return Counter(FIXED_PARTS.findall(TAG_WORDS.sub("", text)))


class TranslationCase(TransactionCase):
    """Base of tests that an addon's own words are all collected, and all translated into Arabic."""

    addon = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.translation_file(f"{cls.addon}.pot")
        cls.arabic = cls.translation_file("ar.po")

    @classmethod
    def translation_file(cls, name):
        return polib.pofile(file_path(f"{cls.addon}/i18n/{name}"))

    def exported(self):
        """The words of the code, views and records as they are now."""
        buffer = io.BytesIO()
        trans_export(None, [self.addon], buffer, "po", self.env)
        return polib.pofile(buffer.getvalue().decode())

    def assertSameWords(self, found, expected, message):
        found, expected = ({entry.msgid for entry in entries} for entries in (found, expected))
        self.assertEqual(
            (sorted(expected - found), sorted(found - expected)),
            ([], []),
            f"{message} has not the first of these words, or has the second ones for nothing. "
            f"{REFRESH}",
        )

    def check_template(self):
        self.assertSameWords(self.template, self.exported(), f"{self.addon}.pot")

    def check_arabic(self):
        self.assertSameWords(self.arabic, self.template, "ar.po")
        done = {entry.msgid for entry in self.arabic.translated_entries()}
        lacking = sorted({entry.msgid for entry in self.arabic} - done)
        self.assertEqual(lacking, [], "ar.po does not translate these, or only roughly (fuzzy)")

    def check_placeholders(self):
        for entry in self.arabic:
            with self.subTest(entry.msgid):
                self.assertEqual(fixed_parts(entry.msgstr), fixed_parts(entry.msgid))
