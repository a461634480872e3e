from odoo.addons.whatsapp_helpdesk.const import WEBHOOK_ROUTE
from odoo.tests import tagged

from .common import SECRET, WhatsappCase


@tagged("post_install", "-at_install")
class TestWebhook(WhatsappCase):
    def journal(self):
        return self.env["wa.webhook.event"].search([])

    def test_signed_event_is_stored_and_acknowledged(self):
        response = self.post_webhook(self.webhook(self.message()))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.journal().mapped("state"), ["new"])
        self.assertNotIn("Set-Cookie", response.headers)

    def test_unsigned_events_are_refused_and_not_stored(self):
        payload = self.webhook(self.message())
        for case, options in {
            "wrong secret": {"secret": "other"},
            "no header": {"headers": {"X-Hub-Signature-256": None}},
            "no hex": {"headers": {"X-Hub-Signature-256": "sha256=zz"}},
        }.items():
            with self.subTest(case):
                self.assertEqual(self.post_webhook(payload, **options).status_code, 403)
                self.assertFalse(self.journal())

    def test_empty_secret_closes_the_webhook(self):
        self.account.app_secret = False
        payload = self.webhook(self.message())
        self.assertEqual(self.post_webhook(payload, secret="").status_code, 403)
        self.assertFalse(self.journal())

    def test_both_secrets_are_accepted_during_rotation(self):
        self.account.write({"app_secret": "new", "app_secret_previous": SECRET})
        self.assertEqual(self.post_webhook(self.webhook(self.message())).status_code, 200)
        response = self.post_webhook(self.webhook(self.message()), secret="new")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(self.journal()), 2)

    def test_handshake(self):
        url = f"{WEBHOOK_ROUTE}/test-key?hub.mode=subscribe&hub.challenge=1158&hub.verify_token="
        right = self.url_open(url + "handshake")
        self.assertEqual((right.status_code, right.text), (200, "1158"))
        self.assertTrue(right.headers["Content-Type"].startswith("text/plain"))
        self.assertEqual(self.url_open(url + "wrong").status_code, 403)
