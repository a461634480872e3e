from odoo.addons.whatsapp_helpdesk.const import WORK_AFTER_COMMIT
from odoo.tests import tagged

from .common import PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestCrons(WhatsappCase):
    """Scheduled actions do all the work that the drain after the commit missed."""

    def run_cron(self, name):
        self.env.flush_all()
        self.env.ref(f"whatsapp_helpdesk.ir_cron_wa_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def test_crons_run_every_few_minutes(self):
        daily = self.env.ref("whatsapp_helpdesk.ir_cron_wa_probe")
        daily |= self.env.ref("whatsapp_helpdesk.ir_cron_wa_templates")
        crons = self.env["ir.cron"].search([("name", "=like", "WhatsApp:%")]) - daily
        self.assertGreaterEqual(len(crons), 4)
        for cron in crons:
            with self.subTest(cron.name):
                self.assertTrue(cron.active)
                self.assertEqual(cron.interval_type, "minutes")
                self.assertLessEqual(cron.interval_number, 5)

    def test_message_is_received_answered_and_its_file_fetched_by_crons_alone(self):
        self.env["ir.config_parameter"].set_param(WORK_AFTER_COMMIT, "0")
        self.graph.files["1010"] = PNG
        image = self.message(type="image", image={"id": "1010", "mime_type": "image/png"})
        self.assertEqual(self.post_webhook(self.webhook(image)).status_code, 200)
        self.assertFalse(self.conversation())
        self.run_cron("drain")
        chat = self.conversation()
        self.run_cron("fetch")
        self.assertEqual(chat.discuss_channel_id.message_ids.attachment_ids.raw, PNG)
        self.reply(chat)
        self.run_cron("send")
        self.assertEqual(self.our_messages(chat).state, "sent")
        self.assertEqual(len(self.graph.sent()), 1)
