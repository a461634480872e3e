from odoo.addons.whatsapp_helpdesk.cloud_api import errors
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestErrorTexts(WhatsappCase):
    """Every failure says what happened and what to do, in words for agents."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.reply(self.conversation())
        self.send()
        self.sent = self.our_messages(self.conversation())

    def fail(self, code, title="Meta's title"):
        error = {"code": code, "title": title, "message": title}
        self.receive(statuses=[self.status(self.sent, "failed", errors=[error])])

    def test_every_code_of_meta_is_explained(self):
        for code in errors.ERROR_TABLE:
            with self.subTest(code):
                self.sent.write({"error_code": code, "error_message": "Meta's words"})
                self.assertTrue(self.sent.error_reason)
                self.assertTrue(self.sent.error_hint)
                self.assertNotEqual(self.sent.error_reason, self.sent.error_hint)

    def test_code_that_meta_invents_keeps_its_words(self):
        self.fail(999999, "Solar storm")
        self.assertEqual(self.sent.error_reason, "Solar storm")
        self.assertTrue(self.sent.error_hint)
        self.assertEqual(self.shown(self.sent)["wa_error"]["message"], "Solar storm")

    def test_account_that_meta_blocks_waits_instead_of_failing_message_by_message(self):
        for code in (368, 131031, 131042):
            with self.subTest(code):
                self.sent.write({"state": "sent", "error_code": 0})
                self.fail(code)
                self.assertEqual(self.sent.state, "failed")
                self.assertTrue(self.account.is_stopped)
                self.assertEqual(self.account.stop_reason, self.sent.error_reason)
                calls = len(self.graph.sent())
                self.reply(self.conversation(), "Waits")
                self.send()
                self.assertEqual(len(self.graph.sent()), calls)
                self.account.action_resume_sending()
                self.send()
                self.assertEqual(len(self.graph.sent()), calls + 1)

    def test_trouble_of_one_customer_stops_nobody(self):
        self.fail(131026)
        self.assertFalse(self.account.is_stopped)
