from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestInbound(WhatsappCase):
    def test_message_becomes_a_conversation(self):
        self.receive(self.message("Is the *blue* sofa there?"), names={CUSTOMER: "Mona"})
        conversation = self.conversation()
        self.assertEqual(conversation.name, "Mona")
        self.assertEqual(conversation.partner_id.phone, f"+{CUSTOMER}")
        self.assertEqual(conversation.team_id, self.sales)
        self.assertEqual(conversation.unanswered_count, 1)
        message = conversation.discuss_channel_id.message_ids
        self.assertEqual(message.message_type, "whatsapp_message")
        self.assertIn("<strong>blue</strong>", message.body)
        self.assertFalse(conversation.discuss_channel_id.channel_member_ids)
        self.assertEqual(self.env["wa.webhook.event"].search([]).state, "done")
