"""What may still be done with a template that Meta has."""

from datetime import datetime, timedelta, timezone

import pytest
from cloud_api.templates.editing import (
    EditAllowance,
    can_delete,
    edit_allowance,
    name_free_at,
    paused_until,
)
from cloud_api.templates.model import STATUSES

NOW = datetime(2026, 11, 22, 12, 0)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_an_approved_template_is_edited_once_a_day():
    assert edit_allowance("approved", [], NOW) == EditAllowance(left=10)
    assert edit_allowance("approved", [NOW - 2 * DAY], NOW) == EditAllowance(left=9)
    edited = [NOW - 23 * HOUR, NOW - 5 * DAY]
    found = edit_allowance("approved", edited, NOW)
    assert found == EditAllowance("day", NOW + HOUR, 8)
    assert not found.is_allowed
    assert edit_allowance("approved", edited, NOW + HOUR).is_allowed


def test_and_ten_times_a_month():
    edited = [NOW - n * 2 * DAY for n in range(1, 11)]
    found = edit_allowance("approved", reversed(edited), NOW)
    assert found == EditAllowance("month", NOW + 10 * DAY, 0)
    assert edit_allowance("approved", edited[:9], NOW) == EditAllowance(left=1)
    assert edit_allowance("approved", edited, NOW + 10 * DAY) == EditAllowance(left=1)
    more = edit_allowance("approved", [*edited, NOW - 3 * DAY], NOW)
    assert more.allowed_at == NOW + 12 * DAY  # the second of eleven has to be old


@pytest.mark.parametrize("status", ["rejected", "paused"])
def test_others_as_often_as_wished(status):
    edited = [NOW - n * HOUR for n in range(20)]
    assert edit_allowance(status, edited, NOW) == EditAllowance()


@pytest.mark.parametrize("status", sorted({*STATUSES} - {"approved", "rejected", "paused"}))
def test_or_not_at_all(status):
    assert edit_allowance(status, [], NOW) == EditAllowance("status")


def test_times_with_a_zone():
    now = NOW.replace(tzinfo=timezone.utc)
    assert edit_allowance("approved", [now - HOUR], now).allowed_at == now + 23 * HOUR


def test_deleting():
    assert [status for status in STATUSES if not can_delete(status)] == [
        "disabled",
        "pending_deletion",
        "deleted",
    ]
    assert name_free_at(NOW, was_approved=True) == NOW + 30 * DAY
    assert name_free_at(NOW, was_approved=False) == NOW


def test_pauses():
    assert paused_until("FIRST_PAUSE", NOW) == NOW + 3 * HOUR
    assert paused_until("SECOND_PAUSE", NOW) == NOW + 6 * HOUR
    assert paused_until("RATE_LIMITING_PAUSE", NOW) is None
