"""Contact cards, as JSON or as a vCard."""

from datetime import date
from typing import Any

from .contents import CardPhone, ContactCard, Contacts, Content, Unknown
from .lenient import mapping, objects, text, wa_id, web_address
from .vcard import read_vcard

_REQUESTS = frozenset({"contact_request", "request_contact_info"})
_NAME_PARTS = ("prefix", "first_name", "middle_name", "last_name", "suffix")
_ADDRESS_PARTS = ("street", "zip", "city", "state", "country")


def contacts(message: dict[str, Any]) -> Content:
    """Read contact cards; the customer's own, when it was asked for, is marked as such."""
    entries = objects(message.get("contacts"))
    if not entries:
        return Unknown("contacts without a card")
    origins = {_origin(message), *map(_origin, entries)}
    return Contacts(
        cards=tuple(_card(entry) for entry in entries), requested=bool(origins & _REQUESTS)
    )


def _origin(part: dict[str, Any]) -> str:
    return text(part.get("origin"))


def _card(entry: dict[str, Any]) -> ContactCard:
    written = read_vcard(text(entry.get("vcard")))
    organisation = mapping(entry.get("org"))
    phones = tuple(found for part in objects(entry.get("phones")) if (found := _phone(part)))
    return ContactCard(
        name=_name(mapping(entry.get("name"))) or written.name,
        phones=phones or written.phones,
        emails=_texts(entry.get("emails"), "email") or written.emails,
        organisation=text(organisation.get("company")).strip() or written.organisation,
        title=text(organisation.get("title")).strip() or written.title,
        urls=tuple(
            filter(None, (web_address(part.get("url")) for part in objects(entry.get("urls"))))
        )
        or written.urls,
        addresses=tuple(filter(None, map(_address, objects(entry.get("addresses")))))
        or written.addresses,
        birthday=_day(entry.get("birthday")) or written.birthday,
    )


def _name(part: dict[str, Any]) -> str:
    whole = text(part.get("formatted_name")).strip()
    return whole or " ".join(filter(None, (text(part.get(key)).strip() for key in _NAME_PARTS)))


def _phone(part: dict[str, Any]) -> CardPhone | None:
    number, user = text(part.get("phone")).strip(), wa_id(part.get("wa_id"))
    if not (number or user):
        return None
    return CardPhone(number=number or f"+{user}", wa_id=user, type=text(part.get("type")))


def _texts(parts: Any, key: str) -> tuple[str, ...]:
    return tuple(filter(None, (text(part.get(key)).strip() for part in objects(parts))))


def _address(part: dict[str, Any]) -> str:
    return ", ".join(filter(None, (text(part.get(key)).strip() for key in _ADDRESS_PARTS)))


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(text(value)).isoformat()
    except ValueError:
        return ""
