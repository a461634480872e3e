"""Webhooks about templates: what they mean, in every shape."""

from datetime import datetime, timezone

import pytest
from cloud_api.account_news import read_news
from cloud_api.events import AccountEvent
from cloud_api.parse import parse_webhook
from cloud_api.templates.model import STATUSES
from cloud_api.templates.news import NEWS_FIELDS, ShownButton, TemplateNews, read_template_news

SAMPLE = {"template_uid": "1111", "name": "order_update", "language": "en_US"}
STATUS = "message_template_status_update"
AT = datetime.fromtimestamp(1790000000, timezone.utc)


@pytest.mark.parametrize(
    ("name", "news"),
    [
        (
            f"{STATUS}__approved",
            {
                "kind": "status",
                "event": "APPROVED",
                "status": "approved",
                "category": "utility",
            },
        ),
        (
            f"{STATUS}__rejected",
            {
                "kind": "status",
                "severity": "danger",
                "event": "REJECTED",
                "status": "rejected",
                "reason": "INVALID_FORMAT",
                "rejection": "Variables at the end",
                "recommendation": "Add text after the last variable",
                "category": "marketing",
            },
        ),
        (
            f"{STATUS}__paused",
            {
                "kind": "status",
                "severity": "danger",
                "event": "PAUSED",
                "status": "paused",
                "pause": "FIRST_PAUSE",
                "description": "Low quality",
            },
        ),
        (
            "message_template_quality_update__yellow",
            {
                "kind": "quality",
                "severity": "warning",
                "quality": "yellow",
                "previous_quality": "green",
            },
        ),
        (
            "message_template_components_update__body",
            {
                "kind": "components",
                "header": "header",
                "body": "body",
                "footer": "footer",
                "buttons": (ShownButton("url", "Go", "https://example.com"),),
                "needs_sync": True,
            },
        ),
        (
            "template_category_update__announced",
            {
                "kind": "category",
                "severity": "warning",
                "category": "utility",
                "correct_category": "marketing",
                "changes_at": AT,
            },
        ),
        (
            "template_category_update__done",
            {
                "kind": "category",
                "severity": "warning",
                "category": "marketing",
                "previous_category": "utility",
            },
        ),
        (
            "template_correct_category_detection__marketing",
            {
                "kind": "category",
                "severity": "warning",
                "category": "utility",
                "correct_category": "marketing",
            },
        ),
    ],
)
def test_what_the_samples_mean(sample, name, news):
    (event,) = parse_webhook(sample(f"field_{name}"))
    assert isinstance(event, AccountEvent)
    assert read_template_news(event.field, event.value) == TemplateNews(**SAMPLE, **news)


def test_changes_of_category_are_announced_or_done():
    field = "template_category_update"
    announced = read_template_news(
        field, {"new_category": "UTILITY", "correct_category": "MARKETING"}
    )
    done = read_template_news(field, {"new_category": "MARKETING", "previous_category": "UTILITY"})
    assert (announced.is_announcement, done.is_announcement) == (True, False)


@pytest.mark.parametrize(
    ("value", "status", "severity"),
    [
        ({"event": "PENDING"}, "pending", "info"),
        ({"event": "IN_APPEAL"}, "in_appeal", "info"),
        ({"event": "REINSTATED"}, "approved", "info"),
        ({"event": "UNPAUSED"}, "approved", "info"),
        ({"event": "APPROVED", "other_info": {"title": "UNPAUSE"}}, "approved", "info"),
        ({"event": "DISABLED", "disable_info": {"disable_date": 1790000000}}, "disabled", "danger"),
        ({"event": "LIMIT_EXCEEDED"}, "limit_exceeded", "danger"),
        ({"event": "PENDING_DELETION"}, "pending_deletion", "warning"),
        ({"event": "DELETED"}, "deleted", "warning"),
        ({"event": "ARCHIVED"}, "archived", "warning"),
        *(
            ({"event": event}, "", "warning")
            for event in ("FLAGGED", "LOCKED", "UNARCHIVED", "HIBERNATING", "", None, 5)
        ),
    ],
)
def test_what_happened_to_the_status(value, status, severity):
    news = read_template_news(STATUS, value)
    assert (news.status, news.severity) == (status, severity)
    assert news.needs_sync is not bool(status)
    assert status in (*STATUSES, "")


def test_dates_of_both_spellings():
    for written, told in ((1790000000, "2026-09-21"), ("Sep 21, 2026", "Sep 21, 2026"), (None, "")):
        value = {"event": "DISABLED", "disable_info": {"disable_date": written}}
        assert read_template_news(STATUS, value).disable_date == told


@pytest.mark.parametrize("field", sorted(NEWS_FIELDS))
def test_any_shape_is_read(field):
    odd = (None, [], {}, 5, "x", ["x"], [None], {"a": 1}, True, 1e300)
    keys = (
        "event",
        "message_template_id",
        "message_template_language",
        "message_template_buttons",
        "other_info",
        "rejection_info",
        "disable_info",
        "new_quality_score",
        "new_category",
        "category_update_timestamp",
        "reason",
    )
    for value in odd:
        for key in keys:
            assert read_template_news(field, {key: value}).kind
    assert read_template_news(field, {}).name == ""


def test_every_news_is_of_the_account_or_of_a_template():
    assert read_template_news("account_update", {"event": "ACCOUNT_DELETED"}) is None
    assert all(read_news(field, {}) is None for field in NEWS_FIELDS)
