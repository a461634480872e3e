"""Calls: they ring, they end, and what became of those that the business made.

Source: Meta Cloud API: calls webhooks.
"""

from collections.abc import Iterator
from typing import Any

from .events import CallUpdate, Event
from .identities import ContactBook, of_addressee, of_sender
from .lenient import identifier, integer, moment, notices
from .parse_items import Reader, read_members
from .parse_statuses import status_reader
from .place import Place

_LONGEST_CALL = 7 * 24 * 3600  # seconds; longer ones are nonsense


def calls_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield what a value of the field ``calls`` tells.

    Errors that stand beside a single call are about that call.
    """
    contacts = ContactBook(value.get("contacts"))
    calls = value.get("calls")
    is_alone = isinstance(calls, list) and len(calls) == 1 and isinstance(calls[0], dict)
    beside = value.get("errors") if is_alone and notices(value.get("errors")) else None
    if beside:
        value = {key: part for key, part in value.items() if key != "errors"}
    readers = {"calls": _call_reader(contacts, beside), "statuses": status_reader(contacts)}
    return read_members(value, place, readers)


def _call_reader(contacts: ContactBook, errors: Any) -> Reader:
    def read(call: dict[str, Any], place: Place) -> Event:
        call_uid, happened = identifier(call.get("id")), identifier(call.get("event")).lower()
        if not call_uid:
            return place.unhandled("calls: no usable id", call)
        if not happened:
            return place.unhandled("call to which nothing happened", call)
        from_customer = identifier(call.get("direction")).upper() != "BUSINESS_INITIATED"
        seconds = _seconds(call)
        return CallUpdate(
            call_uid=call_uid,
            happened=happened,
            occurred_at=moment(call.get("timestamp")),
            from_customer=from_customer,
            customer=contacts.complete(of_sender(call) if from_customer else of_addressee(call)),
            answered=seconds > 0 or moment(call.get("start_time")) is not None,
            seconds=seconds,
            notices=notices(errors) + notices(call.get("errors")),
            **place.common(call),
        )

    return read


def _seconds(call: dict[str, Any]) -> int:
    start, end = moment(call.get("start_time")), moment(call.get("end_time"))
    told = integer(call.get("duration"))
    found = told or (int((end - start).total_seconds()) if start and end else 0)
    return found if 0 <= found <= _LONGEST_CALL else 0
