from datetime import timedelta

from odoo import fields
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase

BLOCKED = {"block_users": {"added_users": [{"input": CUSTOMER, "wa_id": CUSTOMER}]}}
UNBLOCKED = {"block_users": {"removed_users": [{"input": CUSTOMER, "wa_id": CUSTOMER}]}}


@tagged("post_install", "-at_install")
class TestBlocking(WhatsappCase):
    """Keeping a customer from writing to a number, and letting them in again."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()
        self.mine = self.chat.with_user(self.supervisor)

    def refused(self, code, details=""):
        error = {"code": code, "message": "refused", "error_data": {"details": details}}
        failed = {"failed_users": [{"input": CUSTOMER, "errors": [error]}]}
        return {"block_users": failed, "error": {"code": 139100, "message": "failed"}}

    def block(self):
        self.graph.answer_next(200, BLOCKED, path="/block_users")
        self.mine.action_block()

    def notes(self):
        messages = self.chat.discuss_channel_id.message_ids
        return messages.filtered(lambda m: m.subtype_id == self.env.ref("mail.mt_note"))

    def test_blocking_and_unblocking(self):
        self.block()
        method, path, payload = self.graph.calls[-1]
        self.assertEqual((method, path), ("POST", "/v26.0/2000000001/block_users"))
        self.assertEqual(payload["block_users"], [{"user": f"+{CUSTOMER}"}])
        self.assertTrue(self.chat.is_blocked)
        self.assertTrue(self.chat.contact_id.is_blocked)
        (note,) = self.notes()
        self.assertIn("Blocked", note.body)
        self.assertEqual(note.author_id, self.supervisor.partner_id)
        self.graph.answer_next(200, UNBLOCKED, path="/block_users")
        self.mine.action_unblock()
        self.assertEqual(self.graph.calls[-1][0], "DELETE")
        self.assertFalse(self.chat.is_blocked)
        self.assertFalse(self.chat.contact_id.is_blocked)
        self.assertEqual(len(self.notes()), 2)
        self.assertFalse(self.graph.sent())
        log = self.env["wa.access.log"].search([("conversation_id", "=", self.chat.id)], order="id")
        self.assertEqual(log.mapped("action"), ["blocked", "unblocked"])
        self.assertEqual(log.user_id, self.supervisor)

    def test_what_is_so_already_asks_nobody(self):
        self.mine.action_unblock()
        self.assertFalse(self.graph.calls)
        self.block()
        self.mine.action_block()
        self.assertEqual(self.graph.count("/block_users"), 1)

    def test_a_blocked_customer_gets_no_message_but_notes_are_possible(self):
        self.block()
        with self.assertRaisesRegex(UserError, "blocked"):
            self.reply(self.chat)
        self.chat.discuss_channel_id.with_user(self.agent).sudo().message_post(
            body="He was rude", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertFalse(self.our_messages(self.chat))

    def test_only_supervisors_and_managers_of_the_conversation(self):
        for user, may in (
            (self.agent, False),
            (self.outsider, False),
            (self.employee, False),
            (self.supervisor, True),
            (self.manager, True),
        ):
            with self.subTest(user.login):
                if may:
                    self.graph.answer_next(200, BLOCKED, path="/block_users")
                self.assertEqual(self.can(self.chat.with_user(user).action_block), may)
                self.assertEqual(self.can(self.chat.with_user(user).action_unblock), may)
        self.assertEqual(self.graph.count("/block_users"), 2)
        with self.assertRaises(AccessError):
            self.chat.contact_id.with_user(self.manager).write({"blocked_channel_ids": [(5,)]})

    def test_only_who_wrote_within_a_day(self):
        self.chat.last_inbound_at = fields.Datetime.now() - timedelta(hours=25)
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.mine.action_block()
        self.assertFalse(self.graph.calls)

    def test_reasons_of_meta_in_words(self):
        for answer, words in (
            (self.refused(131047), "24 hours"),
            (self.refused(139102), "24 hours"),
            (self.refused(139103, "Internal trouble"), "Internal trouble"),
            ({"error": {"code": 135002, "message": "Block list changed"}}, "Block list changed"),
        ):
            with self.subTest(words):
                self.graph.answer_next(400, answer, path="/block_users")
                with self.assertRaisesRegex(UserError, words):
                    self.mine.action_block()
                self.assertFalse(self.chat.is_blocked)
                self.assertFalse(self.notes())

    def test_a_customer_who_was_blocked_elsewhere(self):
        self.graph.answer_next(400, self.refused(139101), path="/block_users")
        self.mine.action_block()
        self.assertTrue(self.chat.is_blocked)

    def test_a_refused_message_tells_that_the_customer_is_blocked(self):
        self.reply(self.chat)
        self.graph.fail_next(130403, details="You have blocked this user")
        self.send()
        self.assertEqual(self.our_messages(self.chat).state, "failed")
        self.assertTrue(self.chat.is_blocked)

    def test_a_block_is_of_one_number(self):
        self.receive(self.message(), number=self.other_number)
        self.block()
        other = self.conversation(number=self.other_number)
        self.assertFalse(other.is_blocked)
        self.assertEqual(self.chat.contact_id.blocked_channel_ids, self.number)
        self.reply(other, user=self.outsider)

    def test_browsers_know(self):
        self.block()
        data = Store().add(self.chat).get_result()["wa.conversation"][0]
        self.assertTrue(data["is_blocked"])

    def test_a_customer_without_a_number_is_blocked_by_user_id(self):
        message = {k: v for k, v in self.message().items() if k != "from"}
        self.receive(message | {"from_user_id": "EG.77"})
        chat = self.env["wa.conversation"].search([("contact_id.bsuid", "=", "EG.77")])
        self.graph.answer_next(200, BLOCKED, path="/block_users")
        chat.with_user(self.supervisor).action_block()
        self.assertEqual(self.graph.calls[-1][2]["block_users"], [{"user_id": "EG.77"}])
