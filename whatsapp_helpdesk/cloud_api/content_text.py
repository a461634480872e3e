"""The text of any message: to read, to search, to mail. Data only, so it needs no translation."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from .content_json import order_totals
from .contents import (
    ContactCard,
    Contacts,
    Content,
    Edit,
    Form,
    Location,
    Media,
    Order,
    OrderItem,
    Reaction,
    Reply,
    System,
    Text,
)

_MAP = "https://maps.google.com/?q="


def text_of(content: Content) -> str:
    """Return the text of ``content`` in WhatsApp's markup, '' when there is none."""
    writer = _WRITERS.get(type(content))
    return writer(content) if writer else ""


def map_address(latitude: float, longitude: float) -> str:
    """Return the address of a map that shows a position given in degrees."""
    return f"{_MAP}{_degrees(latitude)},{_degrees(longitude)}"


def _degrees(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _location(content: Location) -> str:
    position = map_address(content.latitude, content.longitude)
    return _joined([content.name, content.address, position])


def _contacts(content: Contacts) -> str:
    return _joined(map(_card, content.cards), "\n\n")


def _card(card: ContactCard) -> str:
    numbers = [phone.number for phone in card.phones]
    return _joined([card.name, card.organisation, *numbers, *card.emails])


def _form(content: Form) -> str:
    return "\n".join(f"{label}: {value}" if label else value for label, value in content.answers)


def _order(content: Order) -> str:
    totals = [f"= {_money(amount, unit)}" for unit, amount in order_totals(content).items()]
    return _joined([content.note, *map(_order_line, content.items), *totals])


def _order_line(item: OrderItem) -> str:
    price = _money(item.price, item.currency)
    return f"{_number(item.quantity)} × {item.retailer_uid or '?'} ({price})"


def _money(amount: Decimal, currency: str) -> str:
    return f"{_number(amount)} {currency}".strip()


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _joined(parts: Iterable[str], separator: str = "\n") -> str:
    return separator.join(filter(None, parts))


_WRITERS: dict[type, Callable[[Any], str]] = {
    Contacts: _contacts,
    Edit: lambda content: text_of(content.content),
    Form: _form,
    Location: _location,
    Media: lambda content: content.caption,
    Order: _order,
    Reaction: lambda content: content.emoji,
    Reply: lambda content: _joined([content.title, content.description]),
    System: lambda content: content.text,
    Text: lambda content: content.body,
}
