"""What the chat shows besides the text of a message, as JSON for the database and the browser."""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from .contents import (
    CallPermission,
    Contacts,
    Content,
    Form,
    Location,
    Media,
    Order,
    Reply,
    System,
    Unknown,
    Unsupported,
)


def as_json(content: Content) -> dict[str, Any] | None:
    """Return an object with the ``kind`` of ``content`` and its parts, None when text says all."""
    writer = _WRITERS.get(type(content))
    return writer(content) if writer else None


def order_totals(order: Order) -> dict[str, Decimal]:
    """Return the sum of an order's items per currency, in the order of the items."""
    totals: dict[str, Decimal] = {}
    for item in order.items:
        amount = item.quantity * item.price
        totals[item.currency] = totals.get(item.currency, Decimal(0)) + amount
    return totals


def _media(content: Media) -> dict[str, Any] | None:
    if content.kind == "audio":
        return {"kind": "audio", "voice": content.voice}
    if content.kind == "sticker":
        return {"kind": "sticker", "animated": content.animated}
    return None


def _contacts(content: Contacts) -> dict[str, Any]:
    cards = [_lists(asdict(card)) for card in content.cards]
    return {"kind": "contacts", "requested": content.requested, "cards": cards}


def _lists(card: dict[str, Any]) -> dict[str, Any]:
    return {key: list(part) if isinstance(part, tuple) else part for key, part in card.items()}


def _form(content: Form) -> dict[str, Any]:
    return {"kind": "form", "name": content.name, "answers": [list(row) for row in content.answers]}


def _order(content: Order) -> dict[str, Any]:
    return {
        "kind": "order",
        "catalog_uid": content.catalog_uid,
        "note": content.note,
        "items": [
            {
                "retailer_uid": item.retailer_uid,
                "quantity": float(item.quantity),
                "price": float(item.price),
                "currency": item.currency,
            }
            for item in content.items
        ],
        "totals": [
            {"currency": currency, "amount": float(amount)}
            for currency, amount in order_totals(content).items()
        ],
    }


def _system(content: System) -> dict[str, Any]:
    return {
        "kind": "system",
        "change": content.change,
        "text": content.text,
        "new_wa_id": content.new_wa_id,
    }


def _plain(kind: str) -> Callable[[Any], dict[str, Any]]:
    return lambda content: {"kind": kind, **asdict(content)}


_WRITERS: dict[type, Callable[[Any], dict[str, Any] | None]] = {
    CallPermission: _plain("call_permission"),
    Contacts: _contacts,
    Form: _form,
    Location: _plain("location"),
    Media: _media,
    Order: _order,
    Reply: _plain("reply"),
    System: _system,
    Unknown: _plain("unknown"),
    Unsupported: _plain("unsupported"),
}
