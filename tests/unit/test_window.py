"""The 24-hour customer service window."""

from datetime import datetime, timedelta, timezone

import pytest
from cloud_api import window

LAST = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
SECOND = timedelta(seconds=1)


def test_it_closes_24_hours_after_the_last_message():
    assert window.expires_at(LAST) == datetime(2026, 11, 22, 10, 0, tzinfo=timezone.utc)
    assert window.expires_at(None) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (LAST, True),
        (LAST + window.CUSTOMER_SERVICE_WINDOW - SECOND, True),
        (LAST + window.CUSTOMER_SERVICE_WINDOW, False),
        (LAST + timedelta(days=400), False),
    ],
)
def test_is_open(now, expected):
    assert window.is_open(LAST, now) is expected


def test_never_open_when_the_customer_never_wrote():
    assert not window.is_open(None, LAST)


def test_a_margin_closes_it_earlier():
    now = LAST + window.CUSTOMER_SERVICE_WINDOW - timedelta(minutes=1)
    assert window.is_open(LAST, now)
    assert not window.is_open(LAST, now, margin=timedelta(minutes=2))


def test_naive_utc_works_as_well():
    naive = LAST.replace(tzinfo=None)
    assert window.is_open(naive, naive + SECOND)


@pytest.mark.parametrize(
    "kind",
    ["text", "image", "audio", "button", "call", "contacts", "interactive", "location", "order"],
)
def test_messages_and_calls_open_it(kind):
    assert window.opens_window(kind)


@pytest.mark.parametrize(
    "kind",
    ["reaction", "system", "unsupported", "edit", "revoke", "errors", "unknown", ""]
    + ["media_placeholder"],
)
def test_other_events_do_not_open_it(kind):
    assert not window.opens_window(kind)


def test_what_nobody_has_to_answer():
    for kind in ("text", "image", "call", "unsupported", "unknown", "poll_from_next_year"):
        assert window.asks_for_answer(kind), kind
    for kind in ("reaction", "system", "edit", "revoke"):
        assert not window.asks_for_answer(kind), kind


@pytest.mark.parametrize(
    ("hours_after", "is_free"),
    [(0, True), (24, True), (24.01, False)],
)
def test_free_entry_point_needs_an_answer_within_a_day(hours_after, is_free):
    answered_at = LAST + timedelta(hours=hours_after)
    ends_at = window.free_entry_ends_at(LAST, answered_at)
    assert ends_at == (answered_at + window.FREE_ENTRY_POINT if is_free else None)


def test_no_free_entry_point_without_an_ad():
    assert window.free_entry_ends_at(None, LAST) is None
