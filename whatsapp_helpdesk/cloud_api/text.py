"""Text that PostgreSQL, XML and JSON columns can hold, whatever a customer's phone sent."""

import re
from typing import Any

_FORBIDDEN_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MAX_DEPTH = 64


def clean(text: str) -> str:
    """Remove NUL and the other control characters that XML forbids (tab and line ends stay).

    Lone surrogates and the two non-characters U+FFFE and U+FFFF become U+FFFD.
    """
    if text.isprintable():  # most are, and asking is far quicker than searching twice
        return text
    return _NOT_CHARACTERS.sub("\ufffd", _FORBIDDEN_CONTROLS.sub("", text))


def clean_json(value: Any, depth: int = _MAX_DEPTH) -> Any:
    """Copy decoded JSON with every string cleaned, cut below ``depth`` levels of nesting.

    A JSON column refuses NUL and lone surrogates even when they are escaped, and encoding what is
    nested very deep would exhaust the stack.
    """
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, (dict, list)):
        return value
    if not depth:
        return "(nested too deep)"
    if isinstance(value, list):
        return [clean_json(item, depth - 1) for item in value]
    return {clean(key): clean_json(item, depth - 1) for key, item in value.items()}
