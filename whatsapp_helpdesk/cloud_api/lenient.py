"""Reading decoded JSON that may have any shape: what does not fit is simply absent."""

import json
import math
import re
from datetime import datetime, timezone
from decimal import Decimal
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
_MAX_INTEGER_DIGITS = 18

_NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,30})?|\.\d{1,30})(e[+-]?\d{1,2})?", re.ASCII | re.I)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)


def mapping(value: Any) -> dict[str, Any]:
    """Return ``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, [] when it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


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
    """Return the digits of a phone identity, '' when absent or absurd.

    What has letters (a group's address, a BSUID) is no phone identity, whatever digits it has.
    """
    written = text(value)
    found = digits(written)
    has_letters = found != written and any(char.isalpha() for char in written)
    return "" if has_letters or len(found) > _MAX_PHONE_DIGITS else found


def web_address(value: Any) -> str:
    """Return an address of the web, '' for anything else: it becomes a link that people click."""
    found = text(value).strip()
    return found if _WEB_ADDRESS.fullmatch(found) else ""


def integer(value: Any) -> int:
    """Return a whole number given as number or ASCII text, 0 when it is neither."""
    if _is_number(value) and math.isfinite(value):
        return int(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return 0


def decimal(value: Any) -> Decimal | None:
    """Return a number given as number or ASCII text, None when it is neither or not finite."""
    if isinstance(value, bool):
        return None
    written = repr(value) if isinstance(value, (int, float)) else text(value).strip()
    return Decimal(written) if _NUMBER.fullmatch(written) else None


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


def decode_json(body: bytes | str) -> Any:
    """Return decoded JSON whose numbers PostgreSQL can hold: others are None or text.

    :raises ValueError: when ``body`` is not JSON
    :raises RecursionError: when it is nested too deep
    """
    return json.loads(body, parse_constant=_no_number, parse_float=_finite, parse_int=_bounded)


def _no_number(_name: str) -> None:
    """NaN and Infinity are not JSON; a JSON column would refuse them."""


def _finite(written: str) -> float | None:
    number = float(written)
    return number if math.isfinite(number) else None


def _bounded(written: str) -> int | str:
    """A number that no column could hold stays text (and converting it would take long)."""
    return int(written) if len(written) <= _MAX_INTEGER_DIGITS else written


def _notice(entry: dict[str, Any]) -> ApiNotice:
    title, message = text(entry.get("title")), text(entry.get("message"))
    # Older versions write the details beside the title.
    details = text(mapping(entry.get("error_data")).get("details")) or text(entry.get("details"))
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
