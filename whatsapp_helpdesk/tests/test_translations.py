from odoo.tests import tagged

from .translation_case import TranslationCase


@tagged("post_install", "-at_install")
class TestTranslations(TranslationCase):
    """The addon's own words: all collected, all translated into Arabic."""

    addon = "whatsapp_helpdesk"

    def test_template_has_the_words_of_the_code(self):
        self.check_template()

    def test_arabic_is_complete(self):
        self.check_arabic()

    def test_arabic_keeps_placeholders_and_tags(self):
        self.check_placeholders()

    def test_agents_in_arab_countries_read_arabic(self):
        word = "WhatsApp had a fault of its own."
        translation = self.arabic.find(word).msgstr
        message = self.env["wa.message"].new({"error_code": 1})
        for language in ("ar_001", "ar_SY"):
            self.env["res.lang"]._activate_lang(language)
            self.assertEqual(message.with_context(lang=language).error_reason, translation)
