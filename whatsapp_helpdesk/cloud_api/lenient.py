"""Reading decoded JSON that may have any shape: what does not fit is simply absent."""

import math
from datetime import datetime, timezone
from typing import Any

from .events import ApiNotice
from .phones import digits
from .text import clean

# Longer identifiers are not Meta's and would not fit into a PostgreSQL index.
_MAX_IDENTIFIER = 512
_MAX_PHONE_DIGITS = 32
_FIRST_SECOND = 1230768000  # 2009-01-01, before WhatsApp
_LAST_SECOND = 4102444800  # 2100-01-01; milliseconds are far beyond
_MAX_INTEGER = 2**31


def mapping(value: Any) -> dict[str, Any]:
    """Return ``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """Return a string that can be stored, '' for anything that is not a string."""
    return clean(value) if isinstance(value, str) else ""


def identifier(value: Any) -> str:
    """Return an id of Meta's as text, '' when it is none that can be used as a key."""
    found = text(value).strip()
    return found if len(found) <= _MAX_IDENTIFIER else ""


def uid(value: Any) -> str:
    """Return an id that Meta writes as text here and as a number there."""
    return str(integer(value)) if _is_number(value) else identifier(value)


def wa_id(value: Any) -> str:
    """Return the digits of a phone identity, '' when absent or absurd."""
    found = digits(text(value))
    return found if len(found) <= _MAX_PHONE_DIGITS else ""


def integer(value: Any) -> int:
    """Return a whole number given as number or ASCII text, 0 when it is neither."""
    if _is_number(value) and math.isfinite(value):
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return 0


def moment(value: Any) -> datetime | None:
    """Return unix seconds (Meta sends them as text) as UTC; None when that makes no sense."""
    seconds = integer(value)
    if not _FIRST_SECOND <= seconds < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, timezone.utc)


def notices(value: Any) -> tuple[ApiNotice, ...]:
    """Return the errors of an ``errors`` array; entries that are no objects are left out."""
    entries = value if isinstance(value, list) else []
    return tuple(_notice(entry) for entry in entries if isinstance(entry, dict))


def _notice(entry: dict[str, Any]) -> ApiNotice:
    title, message = text(entry.get("title")), text(entry.get("message"))
    details = text(mapping(entry.get("error_data")).get("details"))
    code = integer(entry.get("code"))
    return ApiNotice(
        code=code if abs(code) < _MAX_INTEGER else 0,
        title=title or message,
        details=details or (message if message != title else ""),
    )


def scalars(value: Any) -> dict[str, Any]:
    """Return the plain values of an object, cleaned; nested ones are left out."""
    return {
        clean(key): text(item) if isinstance(item, str) else item
        for key, item in mapping(value).items()
        if isinstance(item, (str, int, float, bool))
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
