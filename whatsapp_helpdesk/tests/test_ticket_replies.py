from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_links import LinkCase


@tagged("post_install", "-at_install")
class TestTicketReplies(LinkCase):
    """An answer on a ticket goes out by WhatsApp once, and by mail to nobody who got it there."""

    def setUp(self):
        super().setUp()
        self.customer.email = "customer@example.com"
        self.chat._link(self.ticket)
        self.ticket.channel_id = self.env.ref("whatsapp_helpdesk.helpdesk_ticket_channel_whatsapp")

    def answer(self, body="We send a new <b>leg</b>", user=None, **values):
        """Answer on the ticket over HTTP, as the composer of the chatter does it."""
        post_data = {
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "wa_send": True,
        }
        return self.rpc(
            user or self.agent,
            "/mail/message/post",
            thread_model="helpdesk.ticket",
            thread_id=self.ticket.id,
            post_data=post_data | values,
        )

    def test_the_answer_is_on_the_phone_in_the_chat_and_on_the_ticket(self):
        answer = self.answer(partner_ids=self.customer.ids)
        message = self.env["mail.message"].browse(answer["message_id"])
        self.assertEqual((message.model, message.res_id), ("helpdesk.ticket", self.ticket.id))
        self.assertEqual(message.wa_copy_id.model, "discuss.channel")
        self.assertEqual(self.our_messages(self.chat)._source(), self.ticket)
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["text"]["body"], "We send a new *leg*")
        self.assertEqual(message._wa_copy_state(), "sent")
        self.assertEqual(len(self.ticket.message_ids.filtered(lambda m: "leg" in m.body)), 1)
        self.assertEqual(self.chat.user_id, self.agent)

    def test_the_customer_gets_no_mail_of_it_but_others_do(self):
        follower = self.env["res.partner"].create({"name": "Hotel", "email": "hotel@example.com"})
        self.ticket.message_subscribe((self.customer | follower).ids)
        message = self.env["mail.message"].browse(
            self.answer(partner_ids=self.customer.ids)["message_id"]
        )
        self.assertEqual(
            message.notification_ids.res_partner_id & self.customer, self.env["res.partner"]
        )
        self.assertIn(follower, message.notification_ids.res_partner_id)

    def test_without_the_choice_nothing_leaves(self):
        self.ticket.message_subscribe(self.customer.ids)
        answer = self.answer(wa_send=False)
        message = self.env["mail.message"].browse(answer["message_id"])
        self.assertFalse(message._wa_copy_state())
        self.assertIn(self.customer, message.notification_ids.res_partner_id)
        self.answer(subtype_xmlid="mail.mt_note")
        self.assertFalse(self.our_messages(self.chat))

    def test_files_go_along(self):
        file = self.attach(
            res_model="mail.compose.message", res_id=0, name="plan.png", user=self.agent
        )
        ticket = self.ticket.with_user(self.agent)
        ticket.message_post(
            body=Markup("<p>The plan</p>"),
            attachment_ids=file.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            wa_send=True,
        )
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual((sent["type"], sent["image"]["caption"]), ("image", "The plan"))
        self.assertEqual(self.our_messages(self.chat).attachment_id.res_model, "discuss.channel")
        self.assertEqual(file.res_model, "helpdesk.ticket")

    def test_a_closed_window_and_a_missing_chat_are_explained_before(self):
        ticket = self.ticket.with_user(self.agent)
        self.assertEqual(
            ticket.get_wa_reply(), {"can_send": True, "is_default": True, "reason": ""}
        )
        self.ticket.channel_id = False
        self.assertFalse(ticket.get_wa_reply()["is_default"])
        self.chat.window_expires_at = fields.Datetime.now()
        self.assertFalse(ticket.get_wa_reply()["can_send"])
        self.assertIn("window", ticket.get_wa_reply()["reason"])
        before = self.ticket.message_ids
        with self.assertRaisesRegex(UserError, "window"):
            ticket.message_post(
                body="Hello",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                wa_send=True,
            )
        self.assertEqual(self.ticket.message_ids, before)

    def test_who_may_not_answer_in_the_chat_does_not_from_the_ticket(self):
        self.ticket.user_id = self.helper
        self.assertFalse(self.ticket.with_user(self.helper).get_wa_reply()["can_send"])
        self.assertIsNone(self.answer(user=self.helper))
        self.assertFalse(self.our_messages(self.chat))
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.colleague).get_wa_reply()


@tagged("post_install", "-at_install")
class TestTicketsAndChats(LinkCase):
    """Tickets and chats close and reopen together, as the team wants it."""

    def setUp(self):
        super().setUp()
        stages = self.ticket.team_id._get_applicable_stages()
        self.closed = stages.filtered("closed")[:1]
        self.chat._link(self.ticket)

    def close_ticket(self, ticket=None, user=None):
        (ticket or self.ticket).with_user(user or self.agent).stage_id = self.closed

    def test_without_the_settings_each_closes_alone(self):
        self.close_ticket()
        self.assertEqual(self.chat.state, "open")
        self.ticket.stage_id = (self.ticket.team_id._get_applicable_stages() - self.closed)[:1]
        self.chat.with_user(self.agent).action_close()
        self.assertFalse(self.ticket.closed)

    def test_the_last_ticket_closes_the_chat(self):
        self.sales.write({"ticket_closes_chat": True, "chat_closes_ticket": True})
        other = self.ticket.copy({"stage_id": self.ticket.stage_id.id})
        self.chat._link(other)
        self.close_ticket()
        self.assertEqual(self.chat.state, "open")
        self.close_ticket(other)
        self.assertEqual(self.chat.state, "closed")
        self.assertIn(other.number, self.chat_notes())

    def test_the_last_chat_closes_the_ticket(self):
        self.sales.write({"ticket_closes_chat": True, "chat_closes_ticket": True})
        self.chat.with_user(self.colleague).action_close()
        self.assertTrue(self.ticket.closed)
        self.assertTrue(self.ticket.closed_date)
        self.assertIn("chat was closed", self.notes(self.ticket))

    def test_who_may_not_write_the_ticket_does_not_close_the_chat_by_it(self):
        self.sales.ticket_closes_chat = True
        self.ticket.with_user(self.employee).sudo().stage_id = self.closed
        self.assertTrue(self.ticket.closed)
        self.assertEqual(self.chat.state, "open")

    def test_a_new_message_is_noted_or_reopens(self):
        for reopens in (False, True):
            with self.subTest(reopens=reopens):
                self.sales.write({"chat_closes_ticket": True, "reopens_ticket": reopens})
                self.chat.action_close()
                self.assertTrue(self.ticket.closed)
                self.receive(self.message("It broke again"))
                self.assertEqual(self.chat.state, "open")
                self.assertEqual(self.ticket.closed, not reopens)
                self.assertIn("wrote again", self.notes(self.ticket))
        self.assertFalse(self.ticket.closed_date)

    def test_later_messages_belong_to_the_ticket(self):
        self.receive(self.message("One more thing"))
        link = self.chat.link_ids.with_user(self.helper)
        self.assertIn("One more thing", link.get_stretch()["messages"][-1]["body"])
