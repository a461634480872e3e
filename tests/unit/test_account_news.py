"""What account webhooks mean: every documented event, and shapes that nobody documented."""

import itertools

import pytest
from cloud_api.account_news import News, messaging_limit, read_news

FIELDS = (
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "business_capability_update",
    "business_status_update",
    "business_username_update",
    "business_username_updates",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
)
KEYS = (
    "alert_info",
    "ban_info",
    "decision",
    "disconnection_info",
    "event",
    "max_daily_conversations_per_business",
    "phone_number_settings",
    "restriction_info",
    "status",
    "violation_info",
    "volume_tier_info",
)
EVENTS = ("ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "PARTNER_REMOVED", "ONBOARDING", "PIN_CHANGED")
ODD_VALUES = (
    None,
    True,
    -1,
    1.5,
    10**17,
    "",
    "x",
    "\x00",
    "\ud800",
    [],
    {},
    [None],
    [{}],
    {"x": []},
)


@pytest.mark.parametrize(
    "event, kind, severity",
    [
        ("ACCOUNT_DELETED", "account_deleted", "danger"),
        ("ACCOUNT_OFFBOARDED", "account_offboarded", "danger"),
        ("ACCOUNT_RECONNECTED", "account_reconnected", "info"),
        ("ACCOUNT_RESTRICTION", "account_restricted", "danger"),
        ("ACCOUNT_VIOLATION", "account_violation", "warning"),
        ("AD_ACCOUNT_LINKED", "ad_account_linked", "info"),
        ("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_price_changed", "info"),
        ("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country_changed", "info"),
        ("MM_LITE_TERMS_SIGNED", "marketing_terms_signed", "info"),
        ("PARTNER_ADDED", "partner_added", "info"),
        ("PARTNER_APP_INSTALLED", "app_installed", "info"),
        ("PARTNER_APP_UNINSTALLED", "app_uninstalled", "danger"),
        ("PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "certification_changed", "info"),
        ("PARTNER_REMOVED", "disconnected", "danger"),
        ("VERIFIED_ACCOUNT", "account_verified", "info"),
        ("VOLUME_BASED_PRICING_TIER_UPDATE", "price_tier", "info"),
        ("INVENTED_TOMORROW", "other", "info"),
        ("DISABLED_UPDATE", "other", "info"),
    ],
)
def test_every_account_event(event, kind, severity):
    news = read_news("account_update", {"event": event})
    assert (news.kind, news.severity) == (kind, severity)


@pytest.mark.parametrize(
    "field, value, expected",
    [
        (
            "account_update",
            {
                "event": "DISABLED_UPDATE",
                "ban_info": {
                    "waba_ban_state": "SCHEDULE_FOR_DISABLE",
                    "waba_ban_date": "April 17, 2026",
                },
            },
            News("ban_scheduled", "danger", {"date": "April 17, 2026"}),
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            News("account_banned", "danger"),
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
            News("ban_lifted", "info"),
        ),
        (
            "account_update",
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [
                    {
                        "restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                        "expiration": 1790000000,
                        "remediation": "Wait",
                    },
                    {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"},
                    "odd",
                ],
            },
            News(
                "account_restricted",
                "danger",
                {
                    "restrictions": "RESTRICTED_BIZ_INITIATED_MESSAGING, "
                    "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
                    "until": "2026-09-21 14:13 UTC",
                    "remediation": "Wait",
                },
            ),
        ),
        (
            "account_update",
            {
                "event": "PARTNER_REMOVED",
                "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"},
            },
            News(
                "disconnected",
                "danger",
                {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"},
            ),
        ),
        (
            "business_capability_update",
            {"max_daily_conversations_per_business": 2000, "max_phone_numbers_per_business": 20},
            News(
                "limit_changed",
                "info",
                {"limit": "2000", "numbers": "20"},
                messaging_limit="2000",
            ),
        ),
        (
            "phone_number_quality_update",
            {"event": "FLAGGED", "current_limit": "TIER_10K"},
            News(
                "quality_low",
                "warning",
                {"limit": "10000"},
                quality="RED",
                messaging_limit="10000",
            ),
        ),
        (
            "phone_number_name_update",
            {"decision": "REJECTED", "requested_verified_name": "Shop", "rejection_reason": None},
            News("name_rejected", "warning", {"name": "Shop"}),
        ),
        ("account_review_update", {"decision": "REJECTED"}, News("review_rejected", "danger")),
        (
            "account_alerts",
            {
                "entity_type": "PHONE_NUMBER",
                "entity_id": 2000000001,
                "alert_info": {
                    "alert_severity": "CRITICAL",
                    "alert_type": "NEW_ALERT",
                    "alert_description": "Look",
                },
            },
            News(
                "alert",
                "danger",
                {"alert": "NEW_ALERT", "description": "Look"},
            ),
        ),
        (
            "account_settings_update",
            {
                "type": "PHONE_NUMBER_SETTINGS",
                "phone_number_settings": {"phone_number_id": "2000000001", "calling": {}},
            },
            News(
                "settings_changed",
                "info",
                {"changed": "calling"},
            ),
        ),
        (
            "security",
            {"event": "PIN_RESET_REQUEST", "requester": "1234"},
            News("pin_reset_requested", "warning", {"requester": "1234"}),
        ),
        (
            "business_username_updates",
            {"username": "shop", "status": "approved"},
            News("username_approved", "info", {"username": "shop"}),
        ),
    ],
)
def test_what_is_said(field, value, expected):
    assert read_news(field, value) == expected


@pytest.mark.parametrize(
    "value, limit",
    [
        ("TIER_250", "250"),
        ("TIER_2K", "2000"),
        ("TIER_100K", "100000"),
        ("TIER_UNLIMITED", "unlimited"),
        (-1, "unlimited"),
        ("-1", "unlimited"),
        (1000, "1000"),
        ("TIER_NOT_SET", ""),
        (None, ""),
        ({}, ""),
    ],
)
def test_messaging_limits(value, limit):
    assert messaging_limit(value) == limit


def test_templates_are_no_news():
    assert read_news("message_template_status_update", {"event": "APPROVED"}) is None


@pytest.mark.parametrize("field", FIELDS)
def test_any_shape_is_news_of_text(field):
    for event, key, odd in itertools.product(EVENTS, KEYS, ODD_VALUES):
        news = read_news(field, {"event": event, key: odd, "note": odd})
        assert news.kind and news.severity in ("info", "warning", "danger")
        assert all(isinstance(fact, str) for fact in news.facts.values())
