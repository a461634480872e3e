"""Graph's answers about one business number, as data."""

from dataclasses import dataclass
from typing import Any

from .events import ApiNotice
from .lenient import mapping, notices, text, uid


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


def _user(row: dict[str, Any]) -> str:
    return uid(row.get("wa_id")) or uid(row.get("user_id")) or text(row.get("input"))


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
