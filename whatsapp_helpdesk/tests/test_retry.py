from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestRetry(WhatsappCase):
    """Failed and doubtful messages in the hands of a person."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()
        self.reply(self.chat)
        self.original = self.our_messages(self.chat)

    def let_it_fail(self, code=131026, details="Receiver is incapable"):
        self.graph.fail_next(code, details=details)
        self.send()
        self.assertEqual(self.original.state, "failed")

    def lose_the_answer(self):
        self.graph.answer_next(0)
        self.send()
        self.assertEqual(self.original.state, "unconfirmed")

    def retry(self, user=None):
        self.original.with_user(user or self.agent).action_retry()
        return self.original.superseded_by_id

    def shown_state(self):
        return self.shown(self.original)["wa_state"]

    def test_failure_is_shown_with_reason_and_advice(self):
        self.let_it_fail()
        error = self.shown(self.original)["wa_error"]
        self.assertEqual((error["code"], error["details"]), (131026, "Receiver is incapable"))
        self.assertIn("not on WhatsApp", error["message"])
        self.assertIn("another way", error["hint"])
        self.assertEqual(self.shown_state(), "failed")

    def test_failed_message_is_sent_again_once_however_often_it_is_pressed(self):
        self.let_it_fail()
        repetition = self.retry()
        self.assertEqual(self.retry(self.colleague), repetition)
        self.assertEqual(self.shown_state(), "queued")
        self.send()
        self.assertEqual((self.original.state, repetition.state), ("failed", "sent"))
        self.assertEqual(len(self.graph.sent()), 2)
        self.assertNotEqual(*[p["biz_opaque_callback_data"] for p in self.graph.sent()])
        self.assertEqual(repetition.mail_message_id, self.original.mail_message_id)
        self.assertEqual(self.shown_state(), "sent")

    def test_repetition_sends_the_same(self):
        self.reply(self.chat, "Look", attachment_ids=self.attach().ids)
        self.send()
        self.original = self.our_messages(self.chat)[-1]
        self.receive(statuses=[self.status(self.original, "failed")])
        self.retry()
        self.send()
        images = [payload["image"] for payload in self.graph.sent() if "image" in payload]
        self.assertEqual(images[0], images[1])
        self.assertEqual(self.graph.count("/media"), 1)

    def test_late_delivery_of_the_original_cancels_the_waiting_repetition(self):
        self.let_it_fail()
        self.original.wamid = "wamid.FIRST"
        repetition = self.retry()
        self.receive(statuses=[self.status(self.original, "delivered")])
        self.assertEqual((self.original.state, repetition.state), ("delivered", "cancelled"))
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)
        self.assertEqual(self.shown_state(), "delivered")

    def test_doubtful_message_that_arrived_after_all_cancels_the_waiting_repetition(self):
        self.lose_the_answer()
        repetition = self.retry()
        self.assertEqual(self.original.state, "cancelled")
        status = self.status(
            self.original, "sent", id="wamid.X", biz_opaque_callback_data=self.original.uuid
        )
        self.receive(statuses=[status])
        self.assertEqual((self.original.state, repetition.state), ("sent", "cancelled"))
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)
        self.assertEqual(self.shown_state(), "sent")

    def test_only_failed_and_doubtful_messages_are_repeated(self):
        with self.assertRaises(UserError):
            self.retry()
        self.send()
        with self.assertRaises(UserError):
            self.retry()

    def test_repetition_needs_an_open_window(self):
        self.let_it_fail()
        self.chat.window_expires_at = False
        with self.assertRaises(UserError):
            self.retry()

    def test_outsiders_cannot_repeat_or_cancel(self):
        self.let_it_fail()
        for user in (self.outsider, self.employee):
            for action in ("action_retry", "action_cancel"):
                with self.subTest(user.login, action=action), self.assertRaises(AccessError):
                    getattr(self.original.with_user(user), action)()
        self.assertFalse(self.original.superseded_by_id)

    def test_cancelled_message_does_not_leave(self):
        self.original.with_user(self.agent).action_cancel()
        self.send()
        self.assertEqual((self.original.state, self.graph.calls), ("cancelled", []))
        self.assertEqual(self.shown_state(), "cancelled")

    def test_sent_message_cannot_be_cancelled(self):
        self.send()
        self.original.with_user(self.agent).action_cancel()
        self.assertEqual(self.original.state, "sent")

    def test_failure_counts_until_it_is_repeated(self):
        self.let_it_fail()
        self.assertEqual(self.number.failed_count, 1)
        self.retry()
        self.number.invalidate_recordset()
        self.assertEqual((self.number.failed_count, self.number.queued_count), (0, 1))
