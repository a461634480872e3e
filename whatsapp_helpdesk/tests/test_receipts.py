from datetime import timedelta

from odoo import fields
from odoo.addons.whatsapp_helpdesk.work import receipts
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestReceipts(WhatsappCase):
    """Blue ticks and "typing" on the customer's phone: once, by those who answer."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("one"), self.message("two"))
        self.chat = self.conversation()
        self.newest = self.chat.wa_message_ids.sorted("id")[-1]

    def mark_read(self, user=None):
        self.chat.with_user(user or self.agent).action_mark_read()

    def type(self, user=None):
        self.chat.with_user(user or self.agent).action_typing()

    def told(self):
        """Send what is due and return what Meta was told since the last time."""
        self.graph.calls.clear()
        self._run(receipts)
        return self.graph.sent()

    def receipt(self, **changes):
        return {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": self.newest.wamid,
        } | changes

    def test_newest_message_is_marked_as_read(self):
        self.mark_read()
        self.assertFalse(self.graph.calls)
        self.assertEqual(self.told(), [self.receipt()])

    def test_once_however_many_look(self):
        self.mark_read()
        self.mark_read(self.colleague)
        self.assertEqual(len(self.told()), 1)
        self.mark_read()
        self.assertFalse(self.told())

    def test_next_message_is_another_receipt(self):
        self.mark_read()
        self.told()
        self.receive(self.message("three"))
        self.mark_read()
        (call,) = self.told()
        self.assertNotEqual(call["message_id"], self.newest.wamid)

    def test_typing_is_shown_at_most_every_twenty_seconds(self):
        typing = self.receipt(typing_indicator={"type": "text"})
        self.type()
        self.type(self.colleague)
        self.assertEqual(self.told(), [typing])
        self.type()
        self.assertFalse(self.told())
        receipt = self.env["wa.receipt"].search([("conversation_id", "=", self.chat.id)])
        receipt.typing_at -= timedelta(seconds=30)
        self.type()
        self.assertEqual(self.told(), [typing])

    def test_typing_marks_as_read(self):
        self.type()
        self.told()
        self.mark_read()
        self.assertFalse(self.told())

    def test_switch_of_the_number(self):
        self.number.send_read_receipts = False
        self.mark_read()
        self.type()
        self.assertFalse(self.told())

    def test_no_typing_when_the_window_is_closed(self):
        self.chat.window_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.type()
        self.assertFalse(self.told())
        self.mark_read()
        self.assertEqual(self.told(), [self.receipt()])

    def test_what_meta_no_longer_takes_is_not_sent(self):
        self.chat.wa_message_ids.sent_at = fields.Datetime.now() - timedelta(days=31)
        self.mark_read()
        self.assertFalse(self.told())

    def test_trouble_is_nobodys_trouble(self):
        for trouble in (0, 500):
            self.receive(self.message())
            self.mark_read()
            self.graph.answer_next(trouble)
            self.assertEqual(len(self.told()), 1)
            self.assertFalse(self.told())
        self.receive(self.message())
        self.mark_read()
        self.account.access_token = "broken token with spaces"
        with mute_logger("odoo.addons.whatsapp_helpdesk.work.receipts"):
            self.assertFalse(self.told())

    def test_stopped_number_is_left_in_peace(self):
        self.number._stop_sending("refused")
        self.mark_read()
        self.assertFalse(self.told())

    def test_only_those_who_may_answer(self):
        """Others look on: nothing happens, and nothing is refused, whatever their browser asks."""
        for user, is_told in (
            (self.outsider, False),
            (self.employee, False),
            (self.colleague, True),
        ):
            for act in (self.mark_read, self.type):
                with self.subTest(user.login, act=act.__name__):
                    act(user)
                    self.assertEqual(bool(self.env["wa.receipt"].search([])), is_told)

    def test_over_http(self):
        for user, calls in ((self.outsider, 0), (self.agent, 1)):
            for method in ("action_mark_read", "action_typing"):
                with self.subTest(user.login, method=method):
                    self.call(user, self.chat, method)
            self.assertEqual(len(self.told()), calls)

    def test_nobody_reads_or_writes_the_notes_directly(self):
        self.mark_read()
        noted = self.env["wa.receipt"].search([])
        for user in (self.agent, self.manager):
            with self.subTest(user.login):
                self.assertFalse(self.found_by(user, noted))
