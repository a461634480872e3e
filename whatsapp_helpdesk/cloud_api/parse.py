"""Webhook bodies to events. Total: whatever Meta sends becomes an event, never an exception.

Source: Meta Cloud API: webhooks, messages webhook reference.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .events import (
    Context,
    ErrorReport,
    Event,
    Identity,
    InboundMessage,
    StatusUpdate,
    UnhandledEvent,
)
from .identities import Contacts, of_recipient, of_sender
from .kinds import read_content
from .lenient import identifier, mapping, moment, notices, scalars, text, uid, wa_id

_OBJECT = "whatsapp_business_account"
_ENVELOPE = frozenset({"messaging_product", "metadata", "contacts"})
_MAX_INTEGER_DIGITS = 18


class MalformedWebhook(ValueError):
    """The body is not a JSON object, so there is nothing to keep but the body itself."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the body we are, and what that says about routing."""

    path: str = ""
    account_uid: str = ""
    field: str = ""
    phone_number_uid: str = ""

    def below(self, path: str) -> "_Place":
        return _Place(f"{self.path}.{path}", self.account_uid, self.field, self.phone_number_uid)

    def unhandled(self, reason: str, raw: Any) -> UnhandledEvent:
        return UnhandledEvent(reason=reason, **self.common(raw))

    def common(self, raw: Any) -> dict[str, Any]:
        return {
            "path": self.path,
            "account_uid": self.account_uid,
            "field": self.field,
            "phone_number_uid": self.phone_number_uid,
            "raw": raw,
        }


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
        payload = json.loads(
            body, parse_constant=_no_number, parse_float=_finite, parse_int=_bounded
        )
    except ValueError as error:
        raise MalformedWebhook(f"The webhook body is not JSON: {error}") from error
    if not isinstance(payload, dict):
        raise MalformedWebhook("The webhook body is JSON but not an object.")
    return payload


def _no_number(_name: str) -> None:
    """NaN and Infinity are not JSON; a JSON column would refuse them."""


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _bounded(digits: str) -> int | str:
    """A number that no column could hold stays text (and converting it would take long)."""
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else digits


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
        yield from _changes(entry, _Place(f"entry[{index}]", uid(mapping(entry).get("id"))))


def _changes(entry: Any, place: _Place) -> Iterator[Event]:
    changes = mapping(entry).get("changes")
    if not isinstance(changes, list) or not changes:
        yield place.unhandled("entry without changes", entry)
        return
    for index, change in enumerate(changes):
        yield from _change(change, place.below(f"changes[{index}]"))


def _change(change: Any, place: _Place) -> Iterator[Event]:
    field, value = text(mapping(change).get("field")), mapping(change).get("value")
    phone_number_uid = uid(mapping(mapping(value).get("metadata")).get("phone_number_id"))
    place = _Place(place.path, place.account_uid, field, phone_number_uid)
    if field != "messages":
        yield place.unhandled(f"field {field!r}", change)
    elif not isinstance(value, dict):
        yield place.unhandled("value is not an object", change)
    elif value.keys() <= _ENVELOPE:
        yield place.unhandled("nothing but the envelope", change)
    else:
        yield from _value(value, place.below("value"))


def _value(value: dict[str, Any], place: _Place) -> Iterator[Event]:
    contacts = Contacts(value.get("contacts"))
    for key, part in value.items():
        if key in _ENVELOPE:
            continue
        below = place.below(text(key))
        if key in ("messages", "statuses") and isinstance(part, list):
            yield from _items(key, part, contacts, below)
        elif key == "errors" and (found := notices(part)):
            yield ErrorReport(notices=found, **below.common(part))
        else:
            yield below.unhandled(f"unexpected {text(key)!r}", part)


def _items(key: str, items: list[Any], contacts: Contacts, place: _Place) -> Iterator[Event]:
    alone = contacts.only() if len(items) == 1 else Identity()
    for index, item in enumerate(items):
        here = _Place(
            f"{place.path}[{index}]", place.account_uid, place.field, place.phone_number_uid
        )
        wamid = identifier(mapping(item).get("id"))
        if not wamid:
            yield here.unhandled(f"{key}: no usable id", item)
        elif key == "messages":
            yield _message(wamid, item, contacts, alone, here)
        else:
            yield _status(wamid, item, contacts, here)
    if not items:
        yield place.unhandled(f"no {key}", items)


def _message(
    wamid: str, message: dict[str, Any], contacts: Contacts, alone: Identity, place: _Place
) -> InboundMessage:
    message_type = identifier(message.get("type")) or "unknown"
    sender = of_sender(message)
    return InboundMessage(
        wamid=wamid,
        sent_at=moment(message.get("timestamp")),
        type=message_type,
        sender=contacts.complete(sender) if sender.bsuid or sender.wa_id else alone,
        context=_context(mapping(message.get("context"))),
        content=read_content(message_type, message),
        notices=notices(message.get("errors")),
        group_uid=identifier(message.get("group_id")),
        **place.common(message),
    )


def _context(context: dict[str, Any]) -> Context:
    return Context(
        wamid=identifier(context.get("id")),
        sender_wa_id=wa_id(context.get("from")),
        forwarded=context.get("forwarded") is True,
        frequently_forwarded=context.get("frequently_forwarded") is True,
    )


def _status(wamid: str, status: dict[str, Any], contacts: Contacts, place: _Place) -> Event:
    word = identifier(status.get("status"))
    # Payments and calls report under the same key with a type; ordinary messages have none.
    other_type = identifier(status.get("type"))
    if other_type not in ("", "message") or not word:
        return place.unhandled(f"status of type {other_type!r}" if word else "no status", status)
    return StatusUpdate(
        wamid=wamid,
        status=word,
        occurred_at=moment(status.get("timestamp")),
        recipient=contacts.complete(of_recipient(status)),
        callback_data=text(status.get("biz_opaque_callback_data")),
        notices=notices(status.get("errors")),
        pricing=scalars(status.get("pricing")),
        **place.common(status),
    )
