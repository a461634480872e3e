"""What may still be done with a template that Meta has. Source: Meta Cloud API: template limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

EDITABLE = ("approved", "rejected", "paused")
EDITS_PER_DAY, DAY = 1, timedelta(hours=24)
EDITS_PER_MONTH, MONTH = 10, timedelta(days=30)

NAME_BLOCKED_FOR = timedelta(days=30)
"""How long the name of a deleted template cannot be used again, if it was approved once."""

DELIVERED_FOR = timedelta(days=30)
"""How long messages that were sent before the template was deleted are still delivered."""

_PAUSES = {"FIRST_PAUSE": timedelta(hours=3), "SECOND_PAUSE": timedelta(hours=6)}


@dataclass(frozen=True, slots=True)
class EditAllowance:
    """Whether a template may be edited now.

    :param reason: '' when it may; ``status``, ``day`` (once in 24 hours) or ``month`` (ten times in
        30 days) when not
    :param allowed_at: when it may again, None when time alone does not help
    :param left: edits left in 30 days, None when they are not counted
    """

    reason: str = ""
    allowed_at: datetime | None = None
    left: int | None = None

    @property
    def is_allowed(self) -> bool:
        return not self.reason


def edit_allowance(status: str, edited_at: Iterable[datetime], now: datetime) -> EditAllowance:
    """Tell whether a template may be edited.

    :param status: one of `model.STATUSES`; rejected and paused templates have no limits
    :param edited_at: when it was edited before, in any order
    :param now: of the same kind as ``edited_at``, aware or naive
    """
    if status not in EDITABLE:
        return EditAllowance("status")
    if status != "approved":
        return EditAllowance()
    recent = sorted(moment for moment in edited_at if moment > now - MONTH)
    left = max(EDITS_PER_MONTH - len(recent), 0)
    if not left:
        return EditAllowance("month", recent[-EDITS_PER_MONTH] + MONTH, 0)
    if recent and recent[-1] > now - DAY:
        return EditAllowance("day", recent[-1] + DAY, left)
    return EditAllowance(left=left)


def can_delete(status: str) -> bool:
    """Tell whether Meta deletes a template of this status."""
    return status not in ("disabled", "pending_deletion", "deleted")


def name_free_at(deleted_at: datetime, was_approved: bool) -> datetime:
    """Return when the name of a deleted template may be used again."""
    return deleted_at + NAME_BLOCKED_FOR if was_approved else deleted_at


def paused_until(pause: str, paused_at: datetime) -> datetime | None:
    """Return when a pause ends by itself, None when Meta does not say.

    :param pause: `news.TemplateNews.pause`, Meta's title such as ``FIRST_PAUSE``
    """
    duration = _PAUSES.get(pause)
    return paused_at + duration if duration else None
