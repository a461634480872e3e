import time

from odoo.tests import tagged

from .common import SECRET, WhatsappCase


@tagged("post_install", "-at_install")
class TestNotices(WhatsappCase):
    """What Meta says of accounts and numbers becomes notices, whatever the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.number.display_phone_number = "+1 555-000-1111"

    def tell(self, field, value, *, waba="1000000001", at=None, **options):
        """Post a webhook about the account and process it; return its row of the journal."""
        payload = {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": waba,
                    "time": at or int(time.time()),
                    "changes": [{"field": field, "value": value}],
                }
            ],
        }
        self.assertEqual(self.post_webhook(payload, **options).status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def notices(self):
        return self.env["wa.notice"].search([])

    def test_every_kind_has_words_and_settles(self):
        for field, value, kind, word in (
            ("account_update", {"event": "VERIFIED_ACCOUNT"}, "account_verified", "verified"),
            (
                "account_update",
                {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "CHANGE_NUMBER"}},
                "disconnected",
                "another number",
            ),
            (
                "account_update",
                {
                    "event": "ACCOUNT_RESTRICTION",
                    "restriction_info": [
                        {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}
                    ],
                },
                "account_restricted",
                "only answer",
            ),
            ("account_review_update", {"decision": "APPROVED"}, "review_approved", "approved"),
            (
                "account_alerts",
                {"entity_type": "BUSINESS", "alert_info": {"alert_type": "PROFILE_PICTURE_LOST"}},
                "picture_lost",
                "Upload",
            ),
            (
                "account_settings_update",
                {"phone_number_settings": {"phone_number_id": "2000000001", "calling": {}}},
                "settings_changed",
                "calling",
            ),
            (
                "phone_number_name_update",
                {
                    "display_phone_number": "15550001111",
                    "decision": "REJECTED",
                    "requested_verified_name": "Best Shop",
                    "rejection_reason": "NAME_FORMAT_UNACCEPTABLE",
                },
                "name_rejected",
                "Best Shop",
            ),
            (
                "security",
                {"display_phone_number": "15550001111", "event": "PIN_CHANGED"},
                "pin_changed",
                "PIN",
            ),
            (
                "business_username_updates",
                {"display_phone_number": "15550001111", "username": "shop", "status": "approved"},
                "username_approved",
                "shop",
            ),
            ("account_update", {"event": "BRAND_NEW", "note": "Hear"}, "other", "BRAND_NEW"),
        ):
            with self.subTest(kind):
                event = self.tell(field, value)
                self.assertEqual(event.state, "done", event.error)
                notice = self.env["wa.notice"].search([("kind", "=", kind)])
                self.assertEqual(notice.field, field)
                self.assertIn(word, f"{notice.title}\n{notice.details}")
                self.assertEqual(notice.account_id, self.account)

    def test_a_number_is_found_by_its_digits_and_by_its_id(self):
        self.tell("security", {"display_phone_number": "15550001111", "event": "PIN_CHANGED"})
        self.assertEqual(self.notices().wa_channel_id, self.number)
        self.tell(
            "account_alerts",
            {
                "entity_type": "PHONE_NUMBER",
                "entity_id": "2000000002",
                "alert_info": {"alert_type": "OBA_APPROVED"},
            },
        )
        self.assertEqual(self.notices().wa_channel_id, self.number | self.other_number)

    def test_an_unknown_number_is_named(self):
        self.tell("security", {"display_phone_number": "15559999999", "event": "PIN_CHANGED"})
        self.assertFalse(self.notices().wa_channel_id)
        self.assertIn("+15559999999", self.notices().details)

    def test_repetition_changes_nothing(self):
        value = {"event": "ACCOUNT_RESTRICTION", "restriction_info": []}
        at = int(time.time())
        self.tell("account_update", value, at=at)
        event = self.tell("account_update", value | {"a_new_key": None}, at=at)
        self.assertEqual(len(self.notices()), 2)
        event.action_replay()
        self.drain()
        self.assertEqual(event.state, "done")
        self.assertEqual(len(self.notices()), 2)

    def test_quality_and_limit_of_a_number(self):
        quality = {"display_phone_number": "15550001111", "event": "FLAGGED"}
        now = int(time.time())
        self.tell("phone_number_quality_update", quality, at=now - 10)
        self.assertEqual(self.number.quality_rating, "RED")
        self.assertEqual(self.other_number.quality_rating, "UNKNOWN")
        self.tell(
            "phone_number_quality_update",
            quality | {"event": "UNFLAGGED", "max_daily_conversations_per_business": "TIER_2K"},
            at=now - 20,
        )
        self.assertEqual(self.number.quality_rating, "RED", "the older news came later")
        self.tell("business_capability_update", {"max_daily_conversations_per_business": -1})
        self.assertEqual(
            (self.number | self.other_number).mapped("messaging_limit"), ["unlimited"] * 2
        )

    def test_urgent_news_alarm_every_manager_once(self):
        self.manager.lang = "en_US"
        value = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}
        event = self.tell("account_update", value)
        notice = self.notices()
        self.assertEqual(notice.severity, "danger")
        activities = notice.activity_ids.filtered(lambda a: a.user_id == self.manager)
        self.assertEqual(activities.mapped("summary"), [notice.title])
        self.assertFalse(notice.activity_ids.filtered(lambda a: a.user_id == self.agent))
        event.action_replay()
        self.drain()
        self.assertEqual(self.notices().activity_ids, notice.activity_ids)
        notice.with_user(self.manager).action_mark_done()
        self.assertTrue(notice.is_done)
        self.assertFalse(notice.activity_ids)

    def test_harmless_news_disturb_nobody(self):
        self.tell("account_update", {"event": "VERIFIED_ACCOUNT"})
        self.assertFalse(self.notices().activity_ids)

    def test_only_the_sender_s_accounts(self):
        stranger = self.env["wa.account"].create(
            {"name": "Other", "waba_uid": "1000000009", "app_secret": "other", "webhook_key": "k9"}
        )
        value = {"event": "VERIFIED_ACCOUNT"}
        event = self.tell("account_update", value, waba="1000000009")
        self.assertEqual(event.state, "ignored")
        self.assertIn("unknown account 1000000009", event.error)
        self.assertFalse(self.notices())
        stranger.app_secret = SECRET
        self.tell("account_update", value | {"again": 1}, waba="1000000009")
        self.assertEqual(self.notices().account_id, stranger)

    def test_partner_events_come_under_the_portfolio(self):
        self.account.portfolio_uid = "777"
        self.tell("account_update", {"event": "PARTNER_ADDED"}, waba="777")
        removed = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": "1000000001"}}
        self.tell("account_update", removed, waba="778")
        self.assertEqual(self.notices().account_id, self.account)
        self.assertEqual(len(self.notices()), 2)

    def test_fields_without_use_are_kept_with_a_reason(self):
        for field, reason in (
            ("message_template_status_update", "names no template"),
            ("flows", "flows"),
            ("payment_configuration_update", "payments"),
            ("partner_solutions", "partners"),
            ("group_lifecycle_update", "groups"),
            ("automatic_events", "conversions"),
            ("template_category_update", "names no template"),
        ):
            with self.subTest(field):
                event = self.tell(field, {"event": "APPROVED", "field": field})
                self.assertEqual(event.state, "ignored")
                self.assertIn(reason, event.error)
        self.assertFalse(self.notices())

    def test_problems_of_a_number_once_a_day(self):
        payload = self.webhook()
        value = payload["entry"][0]["changes"][0]["value"]
        for details in ("Rate limit hit", "Rate limit hit again"):
            value["errors"] = [
                {"code": 130429, "title": "Rate limit", "error_data": {"details": details}}
            ]
            self.post_webhook(payload)
            self.drain()
        notice = self.notices()
        self.assertEqual((notice.kind, notice.wa_channel_id), ("error", self.number))
        self.assertIn("130429", notice.details)

    def test_managers_of_the_company_read_notices(self):
        self.tell("account_update", {"event": "VERIFIED_ACCOUNT"})
        notice = self.notices()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._new_user("stranger", "group_manager")
        stranger.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        for user, found in (
            (self.manager, notice),
            (self.supervisor, notice.browse()),
            (self.agent, notice.browse()),
            (stranger, notice.browse()),
        ):
            with self.subTest(user.login):
                self.assertEqual(self.found_by(user, notice), found)
        self.assertFalse(self.can(lambda: notice.with_user(self.agent).action_mark_done()))
        self.assertFalse(self.can(lambda: notice.with_user(self.manager).write({"kind": "x"})))
