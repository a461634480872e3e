import time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestHandover(WhatsappCase):
    """Several responders share a number: who has the thread may answer, the others read."""

    def setUp(self):
        super().setUp()
        self.now = int(time.time()) - 600

    def tell(self, field, value):
        payload = self.webhook()
        change = payload["entry"][0]["changes"][0]
        change["field"] = field
        change["value"] |= value
        self.assertEqual(self.post_webhook(payload).status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def pass_control(self, role, seconds, previous="customer_service"):
        control = {"previous_owner_role": previous, "new_owner_role": role}
        return self.tell(
            "messaging_handovers",
            {
                "sender": {"phone_number": CUSTOMER},
                "recipient": {"phone_number_id": "2000000001"},
                "type": "control_passed",
                "timestamp": str(self.now + seconds),
                "control_passed": control,
            },
        )

    def stand_by(self, seconds, **changes):
        message = self.message(timestamp=str(self.now + seconds), **changes)
        contacts = [{"wa_id": CUSTOMER, "profile": {"name": "Ana"}}]
        return self.tell("standby", {"standby": {"contacts": contacts, "messages": [message]}})

    def notes(self, chat):
        messages = chat.discuss_channel_id.message_ids
        return [m.body for m in messages.filtered(lambda m: m.subtype_id.internal)]

    def test_control_goes_and_comes_back(self):
        self.receive(self.message(timestamp=str(self.now)))
        chat = self.conversation()
        self.assertEqual(self.pass_control("ai_agent", 10).state, "done")
        self.assertEqual(chat.handled_by, "ai_agent")
        with self.assertRaisesRegex(UserError, "AI Agent answers"):
            self.reply(chat)
        self.assertIn("AI Agent", self.notes(chat)[0])
        self.pass_control("customer_service", 20, previous="ai_agent")
        self.assertFalse(chat.handled_by)
        self.reply(chat)
        self.assertEqual(len(self.notes(chat)), 2)

    def test_the_role_of_this_odoo_is_a_setting(self):
        self.receive(self.message(timestamp=str(self.now)))
        self.number.responder_role = "marketing"
        self.pass_control("customer_service", 10)
        self.assertEqual(self.conversation().handled_by, "customer_service")
        self.pass_control("marketing", 20)
        self.assertFalse(self.conversation().handled_by)

    def test_late_and_repeated_news(self):
        self.receive(self.message(timestamp=str(self.now)))
        chat = self.conversation()
        self.pass_control("customer_service", 20, previous="ai_agent")
        self.pass_control("ai_agent", 10)
        self.assertFalse(chat.handled_by, "older than what is known")
        self.pass_control("ai_agent", 30)
        event = self.pass_control("escalation", 40, previous="ai_agent")
        event.action_replay()
        self.drain()
        self.assertEqual(chat.handled_by, "escalation")
        self.assertEqual(len(self.notes(chat)), 2)

    def test_an_invented_role(self):
        self.receive(self.message(timestamp=str(self.now)))
        self.pass_control("robot_overlord", 10)
        with self.assertRaisesRegex(UserError, "Another responder"):
            self.reply(self.conversation())

    def test_copies_for_those_who_have_not_the_thread(self):
        self.assertEqual(self.stand_by(0, body="For the robot").state, "done")
        chat = self.conversation()
        message = chat.wa_message_ids
        self.assertEqual((message.origin, message.body), ("standby", "For the robot"))
        self.assertEqual(chat.unanswered_count, 0)
        self.assertTrue(chat.handled_by)
        self.pass_control("ai_agent", 1)
        self.assertEqual(chat.handled_by, "ai_agent")
        self.stand_by(2)
        self.assertEqual(chat.handled_by, "ai_agent")
        self.receive(self.message("For you", timestamp=str(self.now + 3)))
        self.assertFalse(chat.handled_by, "what comes to us is ours to answer")
        self.assertEqual(chat.unanswered_count, 1)

    def test_what_another_responder_sends(self):
        self.stand_by(0)
        echo = {
            "id": "wamid.ROBOT",
            "timestamp": str(self.now + 1),
            "message": {"to": CUSTOMER, "type": "text", "text": {"body": "I am a robot"}},
        }
        self.tell("standby", {"standby": {"message_echoes": [echo]}})
        message = self.our_messages(self.conversation())
        self.assertEqual((message.origin, message.state), ("standby", "sent"))

    def test_handover_before_the_first_message_waits(self):
        event = self.pass_control("ai_agent", 10)
        self.assertEqual(event.state, "new")
        self.assertFalse(self.conversation())
        self.stand_by(0)
        event.next_attempt_at = False
        self.drain()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.conversation().handled_by, "ai_agent")

    # === PREFERENCES === #

    def prefer(self, value, seconds, **changes):
        preference = {
            "wa_id": CUSTOMER,
            "category": "marketing_messages",
            "value": value,
            "detail": "User requested to stop marketing messages",
            "timestamp": str(self.now + seconds),
        }
        return self.tell("user_preferences", {"user_preferences": [preference | changes]})

    def test_no_marketing_any_more_and_again(self):
        self.receive(self.message(timestamp=str(self.now)))
        chat = self.conversation()
        contact = chat.contact_id
        self.assertEqual(self.prefer("stop", 10).state, "done")
        self.assertTrue(contact.marketing_opt_out)
        self.assertEqual((contact.marketing_opt_out_at.timestamp() - self.now) % 3600, 10)
        self.prefer("resume", 5)
        self.assertTrue(contact.marketing_opt_out, "older than what is known")
        self.prefer("resume", 20)
        self.assertFalse(contact.marketing_opt_out)
        self.assertEqual(len(self.notes(chat)), 2)
        self.assertEqual(chat.unanswered_count, 1)

    def test_somebody_who_never_wrote(self):
        self.prefer("stop", 10)
        contact = self.env["wa.contact"].search([("wa_id", "=", CUSTOMER)])
        self.assertTrue(contact.marketing_opt_out)
        self.assertFalse(contact.partner_id, "not a customer yet")
        self.receive(self.message())
        self.assertTrue(self.conversation().contact_id.marketing_opt_out)
        self.assertTrue(contact.partner_id)

    def test_unknown_preferences_are_kept(self):
        event = self.prefer("stop", 10, category="newsletters")
        self.assertEqual(event.state, "ignored")
        self.assertIn("newsletters", event.error)

    # === ADDRESS BOOK === #

    def sync(self, name="Aunt Ana", action="add", **contact):
        contact = {"full_name": name, "phone_number": CUSTOMER} | contact
        change = {"type": "contact", "contact": contact, "action": action}
        return self.tell("smb_app_state_sync", {"state_sync": [change]})

    def test_the_phone_s_address_book_gives_names(self):
        self.assertEqual(self.sync().state, "done")
        contact = self.env["wa.contact"].search([("wa_id", "=", CUSTOMER)])
        self.assertEqual(contact.profile_name, "Aunt Ana")
        self.assertFalse(contact.partner_id, "who is in an address book need not be a customer")
        self.receive(self.message(), names={CUSTOMER: "Ana"})
        self.assertEqual(contact.partner_id.name, "Ana")
        self.sync("Aunt Ana again")
        self.assertEqual(contact.profile_name, "Ana")

    def test_removal_from_the_phone_deletes_nothing(self):
        self.receive(self.message())
        contact = self.conversation().contact_id
        event = self.sync(action="remove")
        self.assertEqual(event.state, "ignored")
        self.assertIn("kept here", event.error)
        self.assertTrue(contact.exists())
