from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestOutbound(WhatsappCase):
    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()

    def test_reply_reaches_the_customer(self):
        self.reply(self.chat, "<p>It <b>is</b>.</p>")
        message = self.our_messages(self.chat)
        self.assertEqual(message.state, "queued")
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(payload["to"], f"+{CUSTOMER}")
        self.assertEqual(payload["text"]["body"], "It *is*.")
        self.assertEqual(payload["biz_opaque_callback_data"], message.uuid)
        self.assertEqual(message.state, "sent")
        self.assertEqual(self.chat.user_id, self.agent)
        self.assertEqual(self.chat.state, "in_progress")
