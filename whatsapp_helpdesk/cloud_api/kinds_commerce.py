"""Carts sent from the catalogue."""

from decimal import Decimal
from typing import Any

from .contents import Content, Order, OrderItem, Unknown
from .lenient import decimal, mapping, objects, text, uid

_ZERO = Decimal(0)
_LARGEST = Decimal(10) ** 12


def order(message: dict[str, Any]) -> Content:
    """Read a cart; a line without an id stays, so that somebody can ask what it was."""
    part = mapping(message.get("order"))
    note, items = text(part.get("text")), tuple(map(_item, objects(part.get("product_items"))))
    if not (items or note):
        return Unknown("order without items")
    return Order(catalog_uid=uid(part.get("catalog_id")), note=note, items=items)


def _item(item: dict[str, Any]) -> OrderItem:
    return OrderItem(
        retailer_uid=uid(item.get("product_retailer_id")),
        quantity=_amount(item.get("quantity")),
        price=_amount(item.get("item_price")),
        currency=text(item.get("currency")).strip().upper()[:3],
    )


def _amount(value: Any) -> Decimal:
    """Return a quantity or price, 0 for what is none: a cart has no negative lines."""
    number = decimal(value)
    return number if number is not None and _ZERO < number <= _LARGEST else _ZERO
