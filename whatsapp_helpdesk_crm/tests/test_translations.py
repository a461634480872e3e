from odoo.addons.whatsapp_helpdesk.tests.translation_case import TranslationCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTranslations(TranslationCase):
    """The addon's own words: all collected, all translated into Arabic."""

    addon = "whatsapp_helpdesk_crm"

    def test_template_has_the_words_of_the_code(self):
        self.check_template()

    def test_arabic_is_complete(self):
        self.check_arabic()
        self.check_placeholders()
