import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WhatsappCase

INSERT = "mail.record/insert"


@tagged("post_install", "-at_install")
class TestTicks(WhatsappCase):
    """What open chats hear when something becomes of our messages."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()

    def told(self, action):
        """Return what an action tells the chat of its messages, in one event at most."""
        self.env.cr.precommit.run()
        bus = self.env["bus.bus"].sudo()
        last = bus._bus_last_id()
        action()
        self.env.cr.precommit.run()
        channel = json.dumps(["discuss.channel", self.chat.discuss_channel_id.id])
        rows = bus.search([("id", ">", last)]).filtered(
            lambda row: json.dumps(json.loads(row.channel)[1:]) == channel
        )
        events = [json.loads(row.message) for row in rows]
        inserts = [event["payload"] for event in events if event["type"] == INSERT]
        told = [payload["mail.message"] for payload in inserts if "mail.message" in payload]
        self.assertLessEqual(len(told), 1)
        return told[0] if told else []

    def test_news_of_one_message_are_its_state_and_its_error(self):
        self.reply(self.chat)
        self.send()
        message = self.our_messages(self.chat)
        error = {"code": 131026, "title": "Message undeliverable"}
        (shown,) = self.told(
            lambda: self.receive(statuses=[self.status(message, "failed", errors=[error])])
        )
        self.assertEqual(shown.keys(), {"id", "wa_state", "wa_error"})
        self.assertEqual((shown["id"], shown["wa_state"]), (message.mail_message_id.id, "failed"))
        self.assertEqual(shown["wa_error"]["code"], 131026)
        (shown,) = self.told(lambda: self.receive(statuses=[self.status(message, "read")]))
        self.assertEqual((shown["wa_state"], shown["wa_error"]), ("read", False))

    def test_news_that_change_nothing_are_not_told(self):
        self.reply(self.chat)
        self.send()
        status = self.status(self.our_messages(self.chat), "delivered")
        self.receive(statuses=[status])
        self.assertFalse(
            self.told(lambda: self.receive(statuses=[status, status | {"status": "sent"}]))
        )

    def test_news_of_one_of_several_files_show_whose_they_are(self):
        files = [self.attach(name=f"{number}.png") for number in range(2)]
        self.reply(self.chat, "", attachment_ids=[file.id for file in files])
        self.send()
        first, second = self.our_messages(self.chat)
        (shown,) = self.told(lambda: self.receive(statuses=[self.status(second, "failed")]))
        self.assertEqual((shown["wa_message_id"], shown["wa_state"]), (second.id, "failed"))
        self.assertEqual(
            [(part["id"], part["state"]) for part in shown["wa_parts"]],
            [(first.id, "sent"), (second.id, "failed")],
        )

    def test_news_of_what_was_sent_again_show_which_message_counts(self):
        self.reply(self.chat)
        self.send()
        original = self.our_messages(self.chat)
        self.receive(statuses=[self.status(original, "failed")])
        original.with_user(self.agent).action_retry()
        repetition = self.our_messages(self.chat) - original
        (shown,) = self.told(self.send)
        self.assertEqual((shown["wa_message_id"], shown["wa_state"]), (repetition.id, "sent"))

    @mute_logger("odoo.addons.whatsapp_helpdesk.work.voice")
    def test_recording_that_leaves_as_a_sound_is_shown_as_one(self):
        file = self.attach(b"ID3 no real sound", "Voice.mp3", mimetype="audio/mpeg")
        file.sudo()._set_voice_metadata()
        self.reply(self.chat, "", attachment_ids=file.ids)
        (shown,) = self.told(self.send)
        self.assertEqual(shown["wa_state"], "sent")
        self.assertEqual(shown["wa_content"], {"kind": "audio", "voice": False})
