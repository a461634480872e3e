"""News of what the business sent: messages, payments, calls.

Source: Meta Cloud API: status webhooks.
"""

from typing import Any

from .events import CallUpdate, Event, StatusUpdate
from .identities import ContactBook, of_recipient
from .lenient import identifier, moment, notices, scalars, text
from .parse_items import Reader
from .place import Place


def status_reader(contacts: ContactBook) -> Reader:
    """Return the reader of statuses; those of calls and payments have a type, messages none."""

    def read(status: dict[str, Any], place: Place) -> Event:
        wamid, word = identifier(status.get("id")), identifier(status.get("status"))
        if not wamid:
            return place.unhandled("statuses: no usable id", status)
        if not word:
            return place.unhandled("no status", status)
        kind = identifier(status.get("type"))
        if kind == "call":
            return _call_status(wamid, word, status, contacts, place)
        if kind == "payment":
            return place.unhandled("payments in the chat are not supported", status)
        if kind not in ("", "message"):
            return place.unhandled(f"status of type {kind!r}", status)
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

    return read


def _call_status(
    call_uid: str, word: str, status: dict[str, Any], contacts: ContactBook, place: Place
) -> CallUpdate:
    """Read how a call of the business fares: only those have statuses."""
    return CallUpdate(
        call_uid=call_uid,
        happened=word.lower(),
        occurred_at=moment(status.get("timestamp")),
        from_customer=False,
        customer=contacts.complete(of_recipient(status)),
        answered=word.lower() == "accepted",
        notices=notices(status.get("errors")),
        **place.common(status),
    )
