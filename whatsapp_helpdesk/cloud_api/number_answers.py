"""Graph's answers about one business number, as data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .events import ApiNotice
from .lenient import mapping, moment, notices, text, uid


@dataclass(frozen=True, slots=True)
class BlockFailure:
    """A customer who could not be blocked or unblocked, and Meta's reason."""

    user: str
    reason: ApiNotice


@dataclass(frozen=True, slots=True)
class BlockResult:
    """Who was blocked or unblocked (WhatsApp ids or what was asked for), and who was not."""

    done: tuple[str, ...]
    failed: tuple[BlockFailure, ...]


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """One step of a sent message, and whether Meta could tell us of it.

    :param status: ``SENT``, ``DELIVERED``, ``READ``, ``FAILED`` or ``DELETED``
    :param webhook_state: ``PENDING``, ``DELIVERED``, ``FAILED`` or ``RETRYING``
    :param at: aware UTC
    """

    wamid: str
    status: str
    webhook_state: str
    at: datetime | None
    webhook_url: str
    error: str


def block_result(answer: dict[str, Any], done_key: str) -> BlockResult:
    """Read ``block_users`` of an answer, whatever its HTTP status."""
    failed = [mapping(row) for row in _rows(answer.get("failed_users"))]
    return BlockResult(
        done=tuple(_user(mapping(row)) for row in _rows(answer.get(done_key))),
        failed=tuple(
            BlockFailure(_user(row), next(iter(notices(row.get("errors"))), ApiNotice(0, "", "")))
            for row in failed
        ),
    )


def delivery_events(rows: list[dict[str, Any]]) -> list[DeliveryEvent]:
    """Read the rows of a message history."""
    return [
        DeliveryEvent(
            wamid=text(row.get("message_id")),
            status=text(event.get("delivery_status")),
            webhook_state=text(event.get("webhook_update_state")),
            at=moment(event.get("timestamp")),
            webhook_url=text(event.get("webhook_uri")),
            error=text(event.get("error_description")),
        )
        for row in rows
        for event in map(mapping, _events(row.get("events")))
    ]


def _events(value: Any) -> list[Any]:
    """Graph writes a nested list as such, or as a page of its own with the list as ``data``."""
    return _rows(mapping(value).get("data")) or _rows(value)


def _user(row: dict[str, Any]) -> str:
    return uid(row.get("wa_id")) or uid(row.get("user_id")) or text(row.get("input"))


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
