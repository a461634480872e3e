from datetime import datetime, timedelta, timezone

from odoo import fields
from odoo.addons.whatsapp_helpdesk.work import probe
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import WhatsappCase

SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"]


@tagged("post_install", "-at_install")
class TestHealth(WhatsappCase):
    """What a manager sees of a number, and what the daily question to Meta finds."""

    def setUp(self):
        super().setUp()
        self.health = self.number.with_user(self.manager)
        self.now = fields.Datetime.now()

    def answer(self, channel=None, token=None, **info):
        """Script what Meta says of the token and of a number."""
        channel = channel or self.number
        valid = {"app_id": "900", "is_valid": True, "expires_at": 0, "scopes": SCOPES}
        self.graph.answer_next(200, {"data": valid | (token or {})}, path="/debug_token")
        state = {
            "id": channel.phone_number_uid,
            "status": "CONNECTED",
            "quality_rating": "GREEN",
            "verified_name": "Garden",
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "webhook_configuration": {"application": self.account.webhook_url},
        }
        self.graph.answer_next(200, state | info, path=f"/{channel.phone_number_uid}")

    def check_now(self, token=None, **info):
        self.answer(token=token, **info)
        self.health.action_check_now()
        self.env.invalidate_all()

    def age(self, records, **changes):
        """Set technical columns, such as the time of creation."""
        self.env.flush_all()
        for name, value in changes.items():
            self.env.cr.execute(
                f"UPDATE {records._table} SET {name} = %s WHERE id IN %s",
                [value, tuple(records.ids)],
            )
        self.env.invalidate_all()

    # === THE PAGE === #

    def test_all_is_well(self):
        self.receive(self.message())
        self.reply(self.conversation())
        self.send()
        self.check_now()
        self.assertEqual(self.health.health_state, "ok")
        self.assertEqual(self.health.health_summary, "Everything works.")
        self.assertEqual(self.health.messaging_limit, "2000")
        self.assertEqual(self.health.verified_name, "Garden")
        self.assertTrue(self.health.last_inbound_at)
        self.assertTrue(self.health.last_sent_at)
        self.assertEqual(self.health.lag_seconds, 0)
        self.assertNotIn("text-danger", self.health.health_html)

    def test_what_is_wrong_at_meta(self):
        elsewhere = {"application": "https://elsewhere.example/hook"}
        for info, words in (
            ({"webhook_configuration": elsewhere}, "elsewhere.example"),
            ({"webhook_configuration": {}}, "Nowhere"),
            ({"status": "BANNED"}, "BANNED"),
            ({"quality_rating": "RED"}, "Low"),
            ({"health_status": {"can_send_message": "BLOCKED"}}, "nothing"),
        ):
            with self.subTest(words):
                self.check_now(**info)
                self.assertEqual(self.health.health_state, "danger")
                self.assertIn(words, self.health.health_summary)

    def test_warnings(self):
        self.receive(self.message())
        self.check_now()
        chat = self.conversation()
        self.number.team_id = False
        self.assertEqual(self.health.health_state, "warning")
        self.assertIn("team", self.health.health_summary)
        self.number.team_id = self.sales
        self.reply(chat)
        self.graph.fail_next(131026)
        self.send()
        self.env.invalidate_all()
        self.assertEqual(self.health.failed_today_count, 1)
        self.assertIn("customer cannot be reached: 1", self.health.health_html)
        self.assertEqual(self.health.health_state, "ok")
        self.reply(chat)
        self.graph.fail_next(131009)
        self.send()
        self.env.invalidate_all()
        self.assertEqual(self.health.failed_today_count, 2)
        self.assertIn("message not accepted: 1", self.health.health_summary)
        self.age(self.our_messages(chat), create_date=self.now - timedelta(days=2))
        self.assertEqual(self.health.failed_today_count, 0)

    def test_outbox(self):
        self.receive(self.message())
        self.check_now()
        self.reply(self.conversation())
        self.assertEqual(self.health.waiting_count, 1)
        self.assertEqual(self.health.health_state, "ok")
        self.age(self.our_messages(self.conversation()), create_date=self.now - timedelta(hours=1))
        self.assertEqual(self.health.health_state, "warning")
        self.graph.answer_next(0)
        self.send()
        self.assertEqual(self.health.unconfirmed_count, 1)
        self.assertIn("unconfirmed: 1", self.health.health_summary)

    def test_journal(self):
        self.receive(self.message())
        self.check_now()
        self.post_webhook(self.webhook(self.message()))
        row = self.env["wa.webhook.event"].search([("state", "=", "new")])
        self.age(row, create_date=self.now - timedelta(minutes=10))
        self.assertEqual(self.health.health_state, "danger")
        self.assertGreaterEqual(self.health.lag_seconds, 600)
        self.drain()
        self.assertEqual(self.health.lag_seconds, 0)
        self.post_webhook(b"[1]")
        self.drain()
        self.assertEqual(self.health.journal_failed_count, 1)
        self.assertIn("replay", self.health.health_summary)

    def test_sending_is_stopped(self):
        self.check_now()
        self.account._stop_sending("Token expired")
        self.assertEqual(self.health.health_state, "danger")
        self.assertIn("Token expired", self.health.health_summary)

    def test_a_busy_number_goes_silent(self):
        self.receive(*[self.message() for _number in range(11)])
        self.check_now()
        messages = self.env["wa.message"].search([("direction", "=", "inbound")], order="id")
        week = timedelta(days=7)
        self.age(messages[:5], sent_at=self.now - week - timedelta(hours=1))
        self.age(messages[5:10], sent_at=self.now - 2 * week - timedelta(hours=1))
        self.assertEqual(self.health.health_state, "ok")
        self.age(messages[10:], sent_at=self.now - timedelta(hours=4))
        self.assertEqual(self.health.health_state, "warning")
        self.assertIn("Silent", self.health.health_summary)
        self.age(messages[5:6], sent_at=self.now - timedelta(days=3))
        self.assertEqual(self.health.health_state, "ok")

    def test_cost_does_not_grow(self):
        self.receive(self.message())
        both = self.health | self.other_number.with_user(self.manager)
        both.mapped("health_html")
        for numbers in (self.health, both):
            self.env.invalidate_all()
            # Numbers with their accounts and teams, users and rights, three for the figures
            with self.assertQueryCount(9):
                numbers.mapped("health_html")

    # === THE TOKEN === #

    def test_token_trouble_is_told_once(self):
        for token, words in (
            ({"is_valid": False, "error": {"message": "Session has expired"}}, "has expired"),
            ({"app_id": "901"}, "another app"),
            ({"scopes": SCOPES[:1]}, "whatsapp_business_management"),
            ({"granular_scopes": [{"scope": SCOPES[0], "target_ids": ["5"]}]}, "may not use"),
        ):
            with self.subTest(words):
                self.account.activity_ids.unlink()
                self.check_now(token=token)
                self.assertEqual(self.health.health_state, "danger")
                self.assertIn(words, self.health.health_summary)
                activities = self.account.activity_ids
                self.assertIn(self.manager, activities.user_id)
                self.assertIn(words, activities[0].note)
                self.check_now(token=token)
                self.assertEqual(self.account.activity_ids, activities)
                self.assertFalse(self.account.is_stopped)

    def test_token_that_ends(self):
        for days, level in ((30, "ok"), (10, "danger"), (-1, "danger")):
            with self.subTest(days):
                end = datetime.now(timezone.utc) + timedelta(days=days)
                self.check_now(token={"expires_at": int(end.timestamp())})
                self.assertEqual(self.account._check_token().level, level)
                self.assertEqual(bool(self.account.activity_ids), level != "ok")

    def test_repaired_token_ends_the_task(self):
        self.check_now(token={"is_valid": False})
        self.assertTrue(self.account.activity_ids)
        self.check_now()
        self.assertFalse(self.account.activity_ids)

    def test_meta_cannot_be_asked(self):
        self.graph.fail_next(2, status=503, path="/debug_token")
        self.graph.fail_next(2, status=503, path="/2000000001")
        self.health.action_check_now()
        self.assertEqual(self.health.health_state, "danger")
        self.assertIn("could not be reached", self.account.token_problem)

    def test_the_daily_question(self):
        self.answer()
        self._run(probe)
        self.assertEqual(self.number.meta_status, "CONNECTED")
        self.assertFalse(self.account.token_problem)
        self.assertTrue(self.account.token_checked_at)
        self.assertEqual(self.graph.count("/debug_token"), 1)

    # === REPAIR AND RIGHTS === #

    def test_repairing_where_webhooks_go(self):
        self.check_now(webhook_configuration={"application": "https://elsewhere.example"})
        elsewhere = {"object": "whatsapp_business_account", "callback_url": "https://elsewhere"}
        self.graph.answer_next(200, {"success": True}, path="/subscribed_apps")
        self.graph.answer_next(200, {"data": [elsewhere]}, path="/subscriptions")
        self.graph.answer_next(
            200,
            {"id": "2000000001", "webhook_configuration": {"application": "https://elsewhere"}},
            path="/2000000001",
        )
        self.graph.answer_next(200, {"success": True}, path="/2000000001")
        self.answer()
        self.number.with_user(self.env.ref("base.user_admin")).action_repair_webhooks()
        override = next(p for m, path, p in self.graph.calls if m == "POST" and isinstance(p, dict))
        self.assertEqual(
            override["webhook_configuration"],
            {"override_callback_uri": self.account.webhook_url, "verify_token": "handshake"},
        )

    def test_who_may(self):
        for user in self.agent | self.supervisor:
            number = self.number.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(self.can(number.action_check_now))
                for name in ("health_html", "webhook_target_url"):
                    with self.assertRaises(AccessError):
                        number.read([name])
        self.assertFalse(self.can(self.health.action_repair_webhooks))
        self.assertFalse(self.graph.calls)
        self.assertNotIn("EAAtesttoken", self.health.health_html)
