"""Answers of a form (flow) as rows that people can read.

Source: Meta Cloud API: flow responses. The answers come as a string that holds JSON, whose shape
is the form's own; strings that hold none, and objects instead of strings, were seen as well.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from .lenient import decode_json
from .text import clean

MOST_ANSWERS = 100
LONGEST_LABEL = 200
LONGEST_ANSWER = 4000
_DEEPEST = 8

# Meta's own form editor names fields screen_0_First_name_1.
_OF_EDITOR = re.compile(r"screen_\d+_(.+)_\d+")
_INTERNAL = frozenset({"flow_token"})


def answers_of(response: Any) -> tuple[tuple[str, str], ...]:
    """Return (label, value) in the order of ``response``; () when there is nothing to read.

    Nested values get dotted labels (``address.city``), lists of plain values become one value. What
    is no JSON is one answer without a label. Long forms are cut; the webhook keeps the whole.
    """
    if isinstance(response, str):
        response = _decoded(response)
    if isinstance(response, dict):
        response = {key: value for key, value in response.items() if key not in _INTERNAL}
    rows = ((_label(path), _value(value)) for path, value in _leaves(response, ()))
    return tuple(islice(((label, value) for label, value in rows if value), MOST_ANSWERS))


def _decoded(response: str) -> Any:
    try:
        return decode_json(response)
    except (ValueError, RecursionError):
        return response


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and len(path) < _DEEPEST:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and len(path) < _DEEPEST and not all(map(_is_plain, value)):
        for number, item in enumerate(value, start=1):
            yield from _leaves(item, (*path, str(number)))
    else:
        yield path, value


def _is_plain(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _label(path: tuple[str, ...]) -> str:
    return ".".join(_readable(part) for part in path)[:LONGEST_LABEL]


def _readable(key: str) -> str:
    match = _OF_EDITOR.fullmatch(key)
    return clean(match[1].replace("_", " ") if match else key)


def _value(value: Any) -> str:
    if isinstance(value, list) and all(map(_is_plain, value)):
        return ", ".join(filter(None, map(_plain, value)))[:LONGEST_ANSWER]
    return _plain(value)[:LONGEST_ANSWER]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return clean(value).strip()
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        return "…"
    return json.dumps(value)
