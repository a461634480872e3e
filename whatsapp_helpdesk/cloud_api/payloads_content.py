"""Bodies of messages with a place or contact cards. Source: Meta Cloud API: messages reference."""

from typing import Any

from . import limits
from .contents import CardPhone, ContactCard, Location
from .errors import InvalidRequest
from .payloads import Recipient, message
from .text import clean


def location_message(
    recipient: Recipient, location: Location, *, reply_to: str = "", callback_data: str = ""
) -> dict[str, Any]:
    """Build a message with a place; ``location.url`` is not sent, WhatsApp has no room for it.

    :raises InvalidRequest: when there is no such place on earth
    """
    content = location_json(location)
    return message(recipient, "location", content, reply_to=reply_to, callback_data=callback_data)


def location_json(location: Location) -> dict[str, str]:
    """Build the place of a message or of a template's header.

    :raises InvalidRequest: when there is no such place on earth
    """
    if not (abs(location.latitude) <= 90 and abs(location.longitude) <= 180):
        raise InvalidRequest(
            "Latitudes go from -90 to 90 degrees, longitudes from -180 to 180.", limit="location"
        )
    name, address = clean(location.name).strip(), clean(location.address).strip()
    content = {
        "latitude": _degrees(location.latitude),
        "longitude": _degrees(location.longitude),
        # Phones show an address only below a name.
        "name": name or address,
        "address": address if name else "",
    }
    return {key: value for key, value in content.items() if value}


def contacts_message(
    recipient: Recipient,
    cards: tuple[ContactCard, ...],
    *,
    reply_to: str = "",
    callback_data: str = "",
) -> dict[str, Any]:
    """Build a message with contact cards.

    :raises InvalidRequest: for no card, more than 257, or a card without a name
    """
    if not cards:
        raise InvalidRequest("There is no contact to send: choose one.", limit="cards")
    if len(cards) > limits.CONTACT_CARDS:
        raise InvalidRequest(
            f"{len(cards)} contacts are too many, WhatsApp takes {limits.CONTACT_CARDS}.",
            limit="CONTACT_CARDS",
            maximum=limits.CONTACT_CARDS,
            actual=len(cards),
        )
    content = [_card(card) for card in cards]
    return message(recipient, "contacts", content, reply_to=reply_to, callback_data=callback_data)


def _card(card: ContactCard) -> dict[str, Any]:
    name = clean(card.name).strip()
    if not name:
        raise InvalidRequest("A contact card needs a name.", limit="name")
    organisation = {"company": clean(card.organisation), "title": clean(card.title)}
    data = {
        "name": _name(name),
        "phones": [_phone(phone) for phone in card.phones if phone.number],
        "emails": [{"email": clean(email), "type": "WORK"} for email in card.emails if email],
        "org": {key: value for key, value in organisation.items() if value},
        "urls": [{"url": clean(url), "type": "WORK"} for url in card.urls if url],
        "addresses": [
            {"street": clean(address), "type": "WORK"} for address in card.addresses if address
        ],
        "birthday": card.birthday,
    }
    return {key: value for key, value in data.items() if value}


def _name(name: str) -> dict[str, str]:
    """Meta wants the whole name and at least one part of it."""
    first, _space, last = name.partition(" ")
    parts = {"formatted_name": name, "first_name": first, "last_name": last.strip()}
    return {key: value for key, value in parts.items() if value}


def _phone(phone: CardPhone) -> dict[str, str]:
    data = {
        "phone": clean(phone.number),
        "type": clean(phone.type) or "CELL",
        "wa_id": phone.wa_id,  # makes the card offer a chat
    }
    return {key: value for key, value in data.items() if value}


def _degrees(value: float) -> str:
    """Seven decimals are a centimetre; Meta's examples have strings."""
    return f"{value:.7f}".rstrip("0").rstrip(".")
