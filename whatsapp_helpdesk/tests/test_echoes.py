import time
from itertools import permutations

from odoo.tests import tagged

from .common import CUSTOMER, PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestEchoes(WhatsappCase):
    """What somebody writes on the business's phone shows up in Odoo as sent by the business."""

    def echo(self, body="From my phone", to=CUSTOMER, **changes):
        return {
            "from": "15550001111",
            "to": to,
            "id": "wamid.ECHO1",
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": body},
        } | changes

    def hear(self, *echoes, standby=False):
        """Post a webhook with echoes and process it; return its row of the journal."""
        payload = self.webhook()
        change = payload["entry"][0]["changes"][0]
        change["field"] = "standby" if standby else "smb_message_echoes"
        part = {"message_echoes": list(echoes)}
        change["value"] |= {"standby": part} if standby else part
        self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def test_an_answer_from_the_phone(self):
        self.receive(self.message("Anybody there?"))
        chat = self.conversation()
        self.assertEqual(chat.unanswered_count, 1)
        self.assertEqual(self.hear(self.echo("Yes, here")).state, "done")
        message = self.our_messages(chat)
        self.assertEqual(
            (message.state, message.origin, message.body), ("sent", "app", "Yes, here")
        )
        self.assertEqual(message.mail_message_id.author_id, self.account.company_id.partner_id)
        self.assertEqual(
            (chat.unanswered_count, chat.waiting_since, chat.last_message_preview),
            (0, False, "Yes, here"),
        )
        self.assertEqual(self.shown(message)["wa_origin"], "app")

    def test_an_echo_is_not_sent_again(self):
        self.receive(self.message())
        self.hear(self.echo())
        self.send()
        self.assertFalse(self.graph.sent())

    def test_repetition_and_our_own_messages_change_nothing(self):
        self.receive(self.message())
        chat = self.conversation()
        self.reply(chat, "Good morning")
        self.send()
        ours = self.our_messages(chat)
        self.hear(self.echo(), self.echo())
        self.hear(self.echo(id=ours.wamid, body="Good morning"), self.echo())
        self.assertEqual(self.our_messages(chat).mapped("origin"), [False, "app"])

    def test_a_late_echo_leaves_what_came_after_it_unanswered(self):
        now = int(time.time())
        for order in permutations(("first", "echo", "second")):
            with self.subTest(order), self.cr.savepoint() as savepoint:
                for step in order:
                    if step == "first":
                        self.receive(self.message("1", id="wamid.1", timestamp=str(now - 30)))
                    elif step == "second":
                        self.receive(self.message("2", id="wamid.2", timestamp=str(now - 10)))
                    else:
                        self.hear(self.echo(timestamp=str(now - 20)))
                chat = self.conversation()
                self.assertEqual(chat.unanswered_count, 1)
                self.assertEqual(chat.waiting_since.timestamp() % 86400, (now - 10) % 86400)
                self.assertEqual(chat.last_message_preview, "2")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_a_new_customer_is_written_to_from_the_phone(self):
        self.hear(self.echo("Your sofa is here", to="4915112345678"))
        chat = self.conversation("4915112345678")
        self.assertEqual(chat.state, "open")
        self.assertFalse(chat.window_expires_at, "only customers open the window")
        self.assertEqual(chat.unanswered_count, 0)

    def test_a_customer_without_a_phone_number(self):
        echo = self.echo()
        del echo["to"]
        self.hear(echo | {"to_user_id": "EG.1234567890"})
        contact = self.env["wa.contact"].search([("bsuid", "=", "EG.1234567890")])
        self.assertEqual(contact.conversation_ids.last_message_preview, "From my phone")

    def test_an_echo_without_a_recipient_is_kept(self):
        echo = self.echo()
        del echo["to"]
        event = self.hear(echo, self.echo(id="wamid.ECHO2"))
        self.assertEqual(event.state, "done")
        self.assertIn("without recipient", event.error)
        self.assertTrue(self.conversation())

    def test_files_are_fetched(self):
        self.graph.files["5001"] = PNG
        self.hear(
            self.echo(
                type="image",
                text=None,
                image={"id": "5001", "mime_type": "image/png", "caption": "See"},
            )
        )
        self.fetch()
        message = self.our_messages(self.conversation())
        self.assertEqual(message.media_ids.state, "done")
        self.assertEqual(message.mail_message_id.attachment_ids.raw, PNG)

    def test_edited_and_deleted_on_the_phone(self):
        self.receive(self.message())
        self.hear(self.echo("Come at 5"), self.echo("Secret", id="wamid.ECHO2"))
        edit = {"original_message_id": "wamid.ECHO1"} | {
            "message": {"type": "text", "text": {"body": "Come at 6"}}
        }
        self.hear(self.echo(id="wamid.EDIT", type="edit", text=None, edit=edit))
        revoke = {"original_message_id": "wamid.ECHO2"}
        self.hear(self.echo(id="wamid.REVOKE", type="revoke", text=None, revoke=revoke))
        edited, revoked = self.our_messages(self.conversation()).filtered("mail_message_id")
        self.assertEqual(edited.body, "Come at 6")
        self.assertTrue(revoked.revoked_at)
        self.assertNotIn("Secret", revoked.mail_message_id.body)

    def test_a_closed_case_goes_on(self):
        self.receive(self.message())
        chat = self.conversation()
        chat.with_user(self.agent).action_close()
        self.hear(self.echo())
        self.assertEqual(self.conversation(), chat)
        self.assertEqual(chat.state, "open")
