from odoo.addons.whatsapp_helpdesk.cloud_api.contents import Edit, Reaction, Revoke, Text
from odoo.addons.whatsapp_helpdesk.cloud_api.events import InboundMessage
from odoo.addons.whatsapp_helpdesk.cloud_api.parse import parse_webhook
from odoo.tests import tagged

from .common import SAMPLES, WhatsappCase, load_sample


@tagged("post_install", "-at_install")
class TestSamples(WhatsappCase):
    """Every kind of event that Meta documents goes all the way through the addon."""

    def arrive(self, name):
        """Post a sample and process it; return its row of the journal."""
        response = self.post_webhook(load_sample(name))
        self.assertEqual(response.status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def expected_messages(self, event):
        """Return the messages that a body describes and that are for us."""
        return [
            message
            for message in parse_webhook(event.body.encode())
            if isinstance(message, InboundMessage)
            and not message.group_uid
            and not isinstance(message.content, (Edit, Reaction, Revoke))
            and (message.sender.bsuid or message.sender.wa_id)
        ]

    def test_every_sample_settles_and_shows_its_messages(self):
        names = sorted(path.stem for path in SAMPLES.glob("*.json"))
        self.assertGreater(len(names), 50)
        for name in names:
            with self.subTest(name):
                event = self.arrive(name)
                waits = event.state == "new" and "unknown message" in event.error
                self.assertTrue(waits or event.state in ("done", "ignored"), event.error)
                for expected in self.expected_messages(event):
                    self.assertArrived(expected)

    def assertArrived(self, expected):
        """Check that a message is in a chat, with its kind, its text and all that Meta said."""
        message = self.env["wa.message"].search([("wamid", "=", expected.wamid)])
        self.assertEqual(message.state, "received")
        self.assertEqual(message.message_type, expected.type)
        self.assertEqual(message.raw, expected.raw_json)
        self.assertEqual(
            message.mail_message_id.res_id, message.conversation_id.discuss_channel_id.id
        )
        self.assertTrue(message._preview())
        if isinstance(expected.content, Text):
            self.assertEqual(message.body, expected.content.body)

    def test_image_brings_its_caption_and_orders_its_file(self):
        self.arrive("message_image__with_caption")
        media = self.env["wa.media"].search([])
        self.assertEqual((media.state, media.mime_type), ("pending", "image/jpeg"))
        caption = load_sample("message_image__with_caption")["entry"][0]["changes"][0]["value"][
            "messages"
        ][0]["image"]["caption"]
        self.assertEqual(media.message_id.body, caption)

    def test_only_real_messages_open_the_window(self):
        for name, opens, wants_answer in (
            ("message_text__plain", True, True),
            ("message_sticker__still", True, True),
            ("message_unsupported__poll", False, True),
            ("message_system__user_changed_number", False, False),
        ):
            with self.subTest(name):
                self.env["wa.conversation"].search([]).unlink()
                self.assertEqual(self.arrive(name).state, "done")
                conversation = self.env["wa.conversation"].search([])
                self.assertEqual(bool(conversation.window_expires_at), opens)
                self.assertEqual(bool(conversation.unanswered_count), wants_answer)
