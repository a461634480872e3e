"""Webhook bodies to events. Total: whatever Meta sends becomes an event, never an exception.

The envelope is read here, the value of each field by its row in `parse_fields`.
Source: Meta Cloud API: webhooks.
"""

from collections.abc import Iterator
from typing import Any

from .events import Event, UnhandledEvent
from .lenient import decode_json, mapping, text, uid
from .parse_fields import read_field
from .place import Place

_OBJECT = "whatsapp_business_account"


class MalformedWebhook(ValueError):
    """The body is not a JSON object, so there is nothing to keep but the body itself."""


def parse_webhook(body: bytes) -> list[Event]:
    """Return everything that a webhook body tells, in its order; at least one event.

    Every message, status and group of errors is its own event. What this version does not
    understand (fields, kinds, shapes) is an `UnhandledEvent` and does not touch its neighbours.

    :raises MalformedWebhook: when the body is not a JSON object
    """
    try:
        payload = _decode(body)
    except RecursionError:
        raw = body.decode("utf-8", "replace")
        return [UnhandledEvent(reason="nested too deep to be read", raw=raw)]
    return list(_entries(payload)) or [UnhandledEvent(reason="no entry", raw=payload)]


def _decode(body: bytes) -> dict[str, Any]:
    try:
        payload = decode_json(body)
    except ValueError as error:
        raise MalformedWebhook(f"The webhook body is not JSON: {error}") from error
    if not isinstance(payload, dict):
        raise MalformedWebhook("The webhook body is JSON but not an object.")
    return payload


def _entries(payload: dict[str, Any]) -> Iterator[Event]:
    kind = payload.get("object", _OBJECT)
    if kind != _OBJECT:
        yield UnhandledEvent(reason=f"object {text(kind)!r}", path="object", raw=payload)
        return
    entries = payload.get("entry")
    if not isinstance(entries, list):
        yield UnhandledEvent(reason="entry is not a list", path="entry", raw=payload)
        return
    for index, entry in enumerate(entries):
        part = mapping(entry)
        place = Place(f"entry[{index}]", uid(part.get("id")), entry_time=part.get("time"))
        yield from _changes(entry, place)


def _changes(entry: Any, place: Place) -> Iterator[Event]:
    changes = mapping(entry).get("changes")
    if not isinstance(changes, list) or not changes:
        yield place.unhandled("entry without changes", entry)
        return
    for index, change in enumerate(changes):
        yield from _change(change, place.below(f"changes[{index}]"))


def _change(change: Any, place: Place) -> Iterator[Event]:
    part = mapping(change)
    value = part.get("value")
    yield from read_field(value, change, place.of_field(text(part.get("field")), value))
