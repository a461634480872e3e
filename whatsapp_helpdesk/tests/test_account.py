from odoo.addons.whatsapp_helpdesk.const import WEBHOOK_ROUTE
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestAccount(WhatsappCase):
    """Setting up the connection to Meta."""

    def setUp(self):
        super().setUp()
        self.own_account = self.account.with_user(self.env.ref("base.user_admin"))

    def test_checking_the_connection_tells_of_the_numbers(self):
        known = {
            "id": self.number.phone_number_uid,
            "display_phone_number": "+1 555-000-1111",
            "quality_rating": "GREEN",
        }
        self.graph.answer_next(200, {"data": [known, {"id": "9"}]}, path="/phone_numbers")
        answer = self.own_account.action_check_connection()
        self.assertIn("+1 555-000-1111", answer["params"]["message"])
        self.assertEqual(self.number.display_phone_number, "+1 555-000-1111")
        self.assertEqual(self.number.quality_rating, "GREEN")
        self.assertEqual(self.other_number.quality_rating, "UNKNOWN")

    def test_subscribing_asks_meta_once(self):
        self.graph.answer_next(200, {"success": True}, path="/subscribed_apps")
        self.own_account.action_subscribe_webhooks()
        ((method, path, _payload),) = self.graph.calls
        self.assertEqual(method, "POST")
        self.assertTrue(path.endswith(f"/{self.account.waba_uid}/subscribed_apps"))

    def test_trouble_is_told_in_words_without_the_token(self):
        for message in ("Malformed access token EAAtesttoken", ""):
            with self.subTest(message):
                self.graph.fail_next(190, status=401, message=message, path="/phone_numbers")
                with self.assertRaises(UserError) as caught:
                    self.own_account.action_check_connection()
                self.assertNotIn("EAAtesttoken", str(caught.exception))
                self.assertIn("Meta answered", str(caught.exception))

    def test_agents_cannot_use_the_connection(self):
        for action in ("action_check_connection", "action_subscribe_webhooks"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(self.account.with_user(self.agent), action)()
        self.assertFalse(self.graph.calls)

    def test_callback_address_is_the_webhook(self):
        self.assertEqual(
            self.own_account.webhook_url,
            f"{self.account.get_base_url()}{WEBHOOK_ROUTE}/test-key",
        )

    def test_new_accounts_get_secrets_that_cannot_be_guessed(self):
        values = {"name": "New", "waba_uid": "1"}
        first, second = self.env["wa.account"].create([values, values])
        for name in ("webhook_key", "verify_token"):
            self.assertGreater(len(first[name]), 20)
            self.assertNotEqual(first[name], second[name])

    def test_copied_account_shares_no_secret(self):
        copy = self.account.copy({"waba_uid": "1000000009"})
        self.assertFalse(copy.app_secret)
        self.assertFalse(copy.access_token)
        self.assertNotEqual(copy.webhook_key, self.account.webhook_key)
        self.assertNotEqual(copy.verify_token, self.account.verify_token)

    def test_changed_credentials_hold_at_once(self):
        payload = self.webhook(self.message())
        self.assertEqual(self.post_webhook(payload, key="new-key").status_code, 404)
        self.account.webhook_key = "new-key"
        self.assertEqual(self.post_webhook(payload).status_code, 404)
        self.assertEqual(self.post_webhook(payload, key="new-key").status_code, 200)
