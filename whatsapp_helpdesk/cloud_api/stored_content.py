"""Places and contact cards as the database keeps them, read back for sending.

The shapes are those that `content_json` writes for what customers send.
"""

from typing import Any

from .contents import CardPhone, ContactCard, Contacts, Location
from .errors import InvalidRequest
from .lenient import mapping, text


def location(data: Any) -> Location:
    """Read a stored place.

    :raises InvalidRequest: when it has no position
    """
    place = mapping(data)
    try:
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidRequest("The place has no position.", limit="location") from error
    return Location(latitude, longitude, text(place.get("name")), text(place.get("address")))


def contacts(data: Any) -> Contacts:
    """Read stored contact cards; what has not the right shape is left out."""
    return Contacts(tuple(_card(mapping(card)) for card in _list(mapping(data).get("cards"))))


def _card(card: dict[str, Any]) -> ContactCard:
    phones = (mapping(phone) for phone in _list(card.get("phones")))
    return ContactCard(
        name=text(card.get("name")),
        phones=tuple(
            CardPhone(text(p.get("number")), text(p.get("wa_id")), text(p.get("type")))
            for p in phones
        ),
        emails=_texts(card.get("emails")),
        organisation=text(card.get("organisation")),
        title=text(card.get("title")),
        urls=_texts(card.get("urls")),
        addresses=_texts(card.get("addresses")),
        birthday=text(card.get("birthday")),
    )


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(found for item in _list(value) if (found := text(item)))
