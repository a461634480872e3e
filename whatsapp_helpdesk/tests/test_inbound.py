from contextlib import contextmanager

from lxml import html

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CUSTOMER, WhatsappCase

OTHER_CUSTOMER = "4915112345678"
LINK_ATTRIBUTES = {"href", "rel", "target"}


@tagged("post_install", "-at_install")
class TestInbound(WhatsappCase):
    def chat_messages(self, sender=CUSTOMER):
        """Return the messages as Discuss shows them, newest first."""
        return self.conversation(sender).discuss_channel_id.message_ids

    @contextmanager
    def refusing(self, wamid):
        """Let PostgreSQL itself refuse one message."""
        self.env.cr.execute(
            """
            CREATE FUNCTION refuse_wamid() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.wamid = TG_ARGV[0] THEN RAISE EXCEPTION 'poison'; END IF;
                RETURN NEW;
            END $$
            """
        )
        self.env.cr.execute(
            "CREATE TRIGGER refuse_wamid BEFORE INSERT ON wa_message "
            "FOR EACH ROW EXECUTE FUNCTION refuse_wamid(%s)",
            [wamid],
        )
        with mute_logger("odoo.sql_db", "odoo.addons.whatsapp_helpdesk.models.wa_inbound"):
            yield
        self.env.cr.execute("DROP TRIGGER refuse_wamid ON wa_message")

    def test_message_becomes_a_conversation(self):
        self.receive(self.message("Is the *blue* sofa there?"), names={CUSTOMER: "Mona"})
        conversation = self.conversation()
        self.assertEqual(conversation.name, "Mona")
        self.assertEqual(conversation.state, "open")
        self.assertFalse(conversation.user_id)
        self.assertEqual(conversation.partner_id.phone, f"+{CUSTOMER}")
        self.assertEqual(conversation.team_id, self.sales)
        self.assertEqual(conversation.unanswered_count, 1)
        self.assertEqual(conversation.last_message_preview, "Is the blue sofa there?")
        self.assertEqual(conversation.window_state, "open")
        message = self.chat_messages()
        self.assertEqual(message.message_type, "whatsapp_message")
        self.assertEqual(message.author_id, conversation.partner_id)
        self.assertIn("<strong>blue</strong>", message.body)
        self.assertFalse(conversation.discuss_channel_id.channel_member_ids)
        self.assertEqual(self.env["wa.webhook.event"].search([]).state, "done")

    def test_first_messages_at_once_are_one_conversation(self):
        for number in range(8):
            response = self.post_webhook(self.webhook(self.message(f"Message {number}")))
            self.assertEqual(response.status_code, 200)
        self.drain()
        contact = self.env["wa.contact"].search([("wa_id", "=", CUSTOMER)])
        self.assertEqual(len(contact), 1)
        self.assertEqual(len(contact.conversation_ids), 1)
        self.assertEqual(len(contact.conversation_ids.wa_message_ids), 8)
        self.assertEqual(contact.conversation_ids.unanswered_count, 8)
        partner = self.env["res.partner"].search([("phone_sanitized", "=", f"+{CUSTOMER}")])
        self.assertEqual(partner, contact.partner_id)

    def test_two_senders_in_one_body_are_two_authors(self):
        self.receive(
            self.message("mine"),
            self.message("yours", sender=OTHER_CUSTOMER),
            names={CUSTOMER: "Mona", OTHER_CUSTOMER: "Jonas"},
        )
        for sender, name, text in ((CUSTOMER, "Mona", "mine"), (OTHER_CUSTOMER, "Jonas", "yours")):
            message = self.chat_messages(sender)
            self.assertEqual(message.author_id.name, name)
            self.assertIn(text, message.body)

    def test_poison_item_fails_alone_and_can_be_replayed(self):
        messages = [self.message(f"number {number}") for number in range(10)]
        with self.refusing(messages[4]["id"]):
            self.receive(*messages)
        event = self.env["wa.webhook.event"].search([])
        conversation = self.conversation()
        self.assertEqual(len(conversation.wa_message_ids), 9)
        self.assertEqual(len(self.chat_messages()), 9)
        self.assertEqual(conversation.unanswered_count, 9)
        self.assertEqual(event.state, "failed")
        self.assertIn("messages[4]", event.error)
        self.assertIn("poison", event.error)
        event.with_user(self.manager).action_replay()
        self.drain()
        self.assertEqual(event.state, "done")
        self.assertFalse(event.error)
        self.assertEqual(len(self.chat_messages()), 10)
        self.assertEqual(conversation.unanswered_count, 10)

    def test_poison_item_does_not_hold_up_other_events(self):
        poison = self.message("poison")
        with self.refusing(poison["id"]):
            for message in (poison, self.message("other", sender=OTHER_CUSTOMER)):
                self.post_webhook(self.webhook(message))
            self.drain()
        self.assertEqual(
            self.env["wa.webhook.event"].search([]).sorted("id").mapped("state"), ["failed", "done"]
        )
        self.assertIn("other", self.chat_messages(OTHER_CUSTOMER).body)

    def test_hostile_names_and_texts_are_kept_but_have_no_effect(self):
        for case, (text, kept) in {
            "markup": ("<script>alert(1)</script><b>x</b>", "&lt;script&gt;alert(1)"),
            "attribute": ('"><img src=x onerror=alert(1)>', "&lt;img src=x onerror"),
            "link": ("javascript:alert(1) http://a.b/\"onclick='x'", "javascript:alert(1)"),
            "NUL": ("a\0b", "ab"),
            "lone surrogates": ("a\ud83d b", "a\ufffd b"),
            "right to left": ("\u202eabc\u200f", "\u202eabc\u200f"),
            "very long": ("ن" * 65_000, "ن" * 65_000),
            "template": ("{{ object }} %(name)s ${x}", "{{ object }} %(name)s ${x}"),
        }.items():
            with self.subTest(case):
                self.receive(self.message(text), names={CUSTOMER: text})
                message = self.chat_messages()[0]
                self.assertIn(kept, message.body)
                elements = list(html.fragment_fromstring(message.body, "div").iter())
                self.assertLessEqual({element.tag for element in elements}, {"div", "p", "a"})
                self.assertFalse({name for e in elements for name in e.keys()} - LINK_ATTRIBUTES)
                self.assertEqual(self.env["wa.webhook.event"].search([])[0].state, "done")

    def test_profile_name_becomes_plain_text_of_the_customer(self):
        name = "<script>alert(1)</script>\0 \u202e" + "x" * 1000
        self.receive(self.message(), names={CUSTOMER: name})
        conversation = self.conversation()
        self.assertEqual(conversation.name, name.replace("\0", ""))
        self.assertEqual(conversation.partner_id.name, conversation.name)
        self.assertEqual(conversation.discuss_channel_id.name, conversation.name)

    def test_batch_is_ordered_by_whatsapp_time(self):
        self.receive(
            self.message("third", timestamp="1790000003"),
            self.message("first", timestamp="1790000001"),
            self.message("second", timestamp="1790000002"),
        )
        texts = [str(body.striptags()) for body in self.chat_messages().mapped("body")]
        self.assertEqual(texts, ["third", "second", "first"])
        self.assertEqual(self.conversation().last_message_preview, "third")

    def test_late_message_is_not_the_newest(self):
        self.receive(self.message("news", timestamp="1790000100"))
        before = self.conversation().window_expires_at
        self.receive(self.message("late", timestamp="1790000000"))
        conversation = self.conversation()
        self.assertEqual(conversation.last_message_preview, "news")
        self.assertEqual(conversation.window_expires_at, before)
        self.assertEqual(conversation.unanswered_count, 2)

    def test_time_from_the_future_does_not_open_the_window_for_longer(self):
        self.receive(self.message(timestamp="4000000000"))
        conversation = self.conversation()
        self.assertLessEqual(conversation.last_inbound_at, fields.Datetime.now())
        self.assertEqual(conversation.window_state, "open")

    def test_quoted_message_is_the_parent(self):
        original = self.message("Which colour?")
        self.receive(original)
        self.receive(self.message("Blue", context={"id": original["id"], "from": "1"}))
        answer, question = self.conversation().wa_message_ids
        self.assertEqual(answer.reply_to_id, question)
        self.assertEqual(answer.mail_message_id.parent_id, question.mail_message_id)

    def test_quote_of_an_earlier_message_in_the_same_body(self):
        original = self.message("Which colour?")
        self.receive(original, self.message("Blue", context={"id": original["id"]}))
        answer, question = self.conversation().wa_message_ids
        self.assertEqual(answer.reply_to_id, question)

    def test_quote_of_another_customers_message_is_not_followed(self):
        secret = self.message("secret", sender=OTHER_CUSTOMER)
        self.receive(secret)
        for wamid in (secret["id"], "wamid.unknown"):
            self.receive(self.message("Tell me", context={"id": wamid}))
            message = self.conversation().wa_message_ids[0]
            self.assertFalse(message.reply_to_id)
            self.assertFalse(message.mail_message_id.parent_id)

    def test_group_messages_and_messages_without_sender_are_ignored(self):
        nobody = self.message()
        del nobody["from"]
        for case, message in {
            "group": self.message(group_id="120363"),
            "no sender": nobody,
            "empty sender": self.message(sender=""),
        }.items():
            with self.subTest(case):
                payload = self.webhook(message)
                payload["entry"][0]["changes"][0]["value"]["contacts"] = []
                self.post_webhook(payload)
                self.drain()
                self.assertEqual(self.env["wa.webhook.event"].search([])[0].state, "ignored")
        self.assertFalse(self.env["wa.conversation"].search([]))
