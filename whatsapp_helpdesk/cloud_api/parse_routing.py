"""Chats that several responders share, and what customers decided about marketing.

Source: Meta Cloud API: standby, messaging_handovers and user_preferences webhooks.
"""

from collections.abc import Iterator
from typing import Any

from .events import Event, Handover, Identity, Preference
from .identities import ContactBook, of_user
from .lenient import identifier, mapping, moment, text, uid
from .parse_coexistence import echo_reader
from .parse_items import ENVELOPE, read_members
from .parse_messages import NO_EFFECT, message_reader
from .parse_statuses import status_reader
from .place import Place

_HANDOVERS = ("control_passed", "control_taken")


def standby_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield copies of what happens in threads that another responder owns."""
    for key, part in value.items():
        if key == "standby" and isinstance(part, dict) and not part.keys() <= ENVELOPE:
            # Contacts may stand beside the copies instead of among them.
            inner = {"contacts": value.get("contacts")} | part
            yield from _copies(inner, place.below(key))
        else:
            yield from read_members({key: part}, place, {})


def _copies(value: dict[str, Any], place: Place) -> Iterator[Event]:
    contacts = ContactBook(value.get("contacts"))
    readers = {
        "messages": message_reader(contacts, value.get("messages"), standby=True),
        "message_echoes": echo_reader(contacts, standby=True),
        "statuses": status_reader(contacts),
    }
    return read_members(value, place, readers, NO_EFFECT)


def handover(value: dict[str, Any], change: Any, place: Place) -> Event:
    """Read that a thread passed from one responder to another."""
    kind = identifier(value.get("type"))
    if kind not in _HANDOVERS:
        return place.unhandled(f"handover of type {kind!r}", change)
    sender, detail = mapping(value.get("sender")), mapping(value.get(kind))
    common = place.common(change)
    common["phone_number_uid"] = place.phone_number_uid or uid(
        mapping(value.get("recipient")).get("phone_number_id")
    )
    return Handover(
        kind=kind,
        customer=_customer(sender, ContactBook(value.get("contacts"))),
        previous_role=identifier(detail.get("previous_owner_role")).lower(),
        new_role=identifier(detail.get("new_owner_role")).lower(),
        occurred_at=moment(value.get("timestamp")),
        **common,
    )


def _customer(sender: dict[str, Any], contacts: ContactBook) -> Identity:
    found = of_user(sender, "phone_number")
    return contacts.complete(found if found.wa_id or found.bsuid else of_user(sender))


def preferences_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield what customers decided about marketing messages."""
    contacts = ContactBook(value.get("contacts"))

    def read(preference: dict[str, Any], place: Place) -> Event:
        customer = of_user(preference)
        decision = identifier(preference.get("value")).lower()
        if not (customer.bsuid or customer.wa_id) or not decision:
            return place.unhandled("preference without a person or a decision", preference)
        return Preference(
            customer=contacts.complete(customer),
            category=identifier(preference.get("category")),
            value=decision,
            detail=text(preference.get("detail")),
            occurred_at=moment(preference.get("timestamp")),
            **place.common(preference),
        )

    return read_members(value, place, {"user_preferences": read})
