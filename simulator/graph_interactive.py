"""Checks of interactive messages: reply buttons, lists, links, requests, products, carousels."""

from collections.abc import Callable

from .graph_errors import GraphError, invalid, missing
from .graph_values import at_most, object_value, objects_value, one_of, required_text, text_value

BODY_LIMIT, LIST_BODY_LIMIT, LINE_LIMIT, CARD_BODY_LIMIT = 1024, 4096, 60, 160
BUTTONS_LIMIT, ROWS_LIMIT, SECTIONS_LIMIT, PRODUCTS_LIMIT = 3, 10, 10, 30
LABEL_LIMIT, TITLE_LIMIT, DESCRIPTION_LIMIT = 20, 24, 72
BUTTON_ID_LIMIT, ROW_ID_LIMIT = 256, 200
MOST_CARDS = 10
HEADERS = {
    "button": ("text", "image", "video", "document"),
    "cta_url": ("text", "image", "video", "document"),
    "flow": ("text", "image", "video", "document"),
    "list": ("text",),
    "product_list": ("text",),
}
# What `action.name` must say.
NAMES = {
    "cta_url": "cta_url",
    "location_request_message": "send_location",
    "request_contact_info": "request_contact_info",
    "flow": "flow",
    "catalog_message": "catalog_message",
}
WITHOUT_BODY = ("product",)


def check_interactive(content: dict, check_media: Callable[[str, dict], None]) -> None:
    """Refuse what breaks Meta's limits (Meta Cloud API: interactive messages).

    :param check_media: of the file of a header: its kind and its object
    """
    kind = required_text(content, "type", "interactive['type']")
    one_of("interactive['type']", kind, ACTIONS)
    _check_header(kind, content, check_media)
    if kind not in WITHOUT_BODY or content.get("body") is not None:
        body = object_value(content, "body", "interactive['body']")
        limit = LIST_BODY_LIMIT if kind == "list" else BODY_LIMIT
        required_text(body, "text", "interactive['body']['text']", limit)
    if content.get("footer") is not None:
        footer = object_value(content, "footer", "interactive['footer']")
        required_text(footer, "text", "interactive['footer']['text']", LINE_LIMIT)
    action = object_value(content, "action", "interactive['action']")
    if kind in NAMES:
        name = required_text(action, "name", "interactive['action']['name']")
        one_of("interactive['action']['name']", name, (NAMES[kind],))
    if kind == "carousel":
        _check_cards(action, check_media)
    else:
        ACTIONS[kind](action)


def _check_header(kind: str, content: dict, check_media: Callable[[str, dict], None]) -> None:
    if content.get("header") is None:
        if kind == "product_list":
            raise missing("interactive['header']")
        return
    if kind not in HEADERS:
        raise invalid(f"Param interactive['header'] is not allowed for type {kind}.")
    header = object_value(content, "header", "interactive['header']")
    given = required_text(header, "type", "interactive['header']['type']")
    one_of("interactive['header']['type']", given, HEADERS[kind])
    if given == "text":
        required_text(header, "text", "interactive['header']['text']", LINE_LIMIT)
    else:
        file = object_value(header, given, f"interactive['header']['{given}']")
        check_media(given, file)


def _check_buttons(action: dict) -> None:
    buttons = objects_value(action, "buttons")
    _count("buttons", buttons, BUTTONS_LIMIT)
    for button in buttons:
        one_of("buttons['type']", text_value(button, "type"), ("reply",))
    replies = [object_value(button, "reply", "buttons['reply']") for button in buttons]
    for reply in replies:
        required_text(reply, "title", "buttons['reply']['title']", LABEL_LIMIT)
        required_text(reply, "id", "buttons['reply']['id']", BUTTON_ID_LIMIT)
    for key in ("id", "title"):
        _unique(f"buttons['reply']['{key}']", [reply[key] for reply in replies])


def _check_rows(action: dict) -> None:
    required_text(action, "button", "action['button']", LABEL_LIMIT)
    sections = _sections(action)
    rows = [row for section in sections for row in objects_value(section, "rows")]
    _count("rows", rows, ROWS_LIMIT)
    for row in rows:
        required_text(row, "id", "rows['id']", ROW_ID_LIMIT)
        required_text(row, "title", "rows['title']", TITLE_LIMIT)
        at_most("rows['description']", text_value(row, "description"), DESCRIPTION_LIMIT)
    _unique("rows['id']", [row["id"] for row in rows])


def _sections(action: dict) -> list[dict]:
    sections = objects_value(action, "sections")
    _count("sections", sections, SECTIONS_LIMIT)
    for section in sections:
        at_most("sections['title']", text_value(section, "title"), TITLE_LIMIT)
        if len(sections) > 1 and not text_value(section, "title"):
            raise missing("sections['title']")
    return sections


def _check_link(action: dict) -> None:
    parameters = object_value(action, "parameters", "action['parameters']")
    required_text(parameters, "display_text", "parameters['display_text']", LABEL_LIMIT)
    url = required_text(parameters, "url", "parameters['url']")
    if not url.startswith(("http://", "https://")):
        raise GraphError(131009, "Param parameters['url'] is not a valid URL.")


def _check_flow(action: dict) -> None:
    parameters = object_value(action, "parameters", "action['parameters']")
    required_text(parameters, "flow_cta", "parameters['flow_cta']", LABEL_LIMIT)
    if not any(text_value(parameters, key) for key in ("flow_id", "flow_name")):
        raise missing("parameters['flow_id']")


def _check_product(action: dict) -> None:
    for key in ("catalog_id", "product_retailer_id"):
        required_text(action, key, f"action['{key}']")


def _check_product_list(action: dict) -> None:
    required_text(action, "catalog_id", "action['catalog_id']")
    sections = _sections(action)
    items = [item for section in sections for item in objects_value(section, "product_items")]
    _count("product_items", items, PRODUCTS_LIMIT)
    for item in items:
        required_text(item, "product_retailer_id", "product_items['product_retailer_id']")


def _nothing_more(action: dict) -> None:
    """The name of the action is all there is to check."""


def _check_cards(action: dict, check_media: Callable[[str, dict], None]) -> None:
    cards = objects_value(action, "cards")
    if not 2 <= len(cards) <= MOST_CARDS:
        raise GraphError(131009, f"Param cards must have 2 to {MOST_CARDS} elements.")
    shapes = set()
    for card in cards:
        kind = required_text(card, "type", "cards['type']")
        one_of("cards['type']", kind, ("cta_url", "button"))
        header = object_value(card, "header", "cards['header']")
        given = required_text(header, "type", "cards['header']['type']")
        one_of("cards['header']['type']", given, ("image", "video"))
        check_media(given, object_value(header, given, f"cards['header']['{given}']"))
        if card.get("body") is not None:
            body = object_value(card, "body", "cards['body']")
            required_text(body, "text", "cards['body']['text']", CARD_BODY_LIMIT)
        ACTIONS[kind](object_value(card, "action", "cards['action']"))
        shapes.add((kind, given, "body" in card))
    if len(shapes) > 1:
        raise GraphError(131009, "All cards must have the same header type, body and buttons.")


ACTIONS: dict[str, Callable] = {
    "button": _check_buttons,
    "list": _check_rows,
    "cta_url": _check_link,
    "location_request_message": _nothing_more,
    "request_contact_info": _nothing_more,
    "flow": _check_flow,
    "product": _check_product,
    "product_list": _check_product_list,
    "catalog_message": _nothing_more,
    "carousel": _check_cards,
}


def check_products(content: dict, catalog: dict) -> None:
    """Refuse products of a catalogue that is not connected, and unknown ones.

    :param catalog: connected to the account, empty when none is
    """
    action = content["action"]
    if content["type"] not in ("product", "product_list", "catalog_message"):
        return
    if not catalog or action.get("catalog_id", catalog["id"]) != catalog["id"]:
        raise GraphError(131009, "The catalogue is not connected to this WhatsApp account.")
    known = {product["retailer_id"] for product in catalog.get("products", [])}
    asked = {item["product_retailer_id"] for item in products_of(action)}
    if not asked <= known:
        raise GraphError(131009, f"Products not found in the catalogue: {sorted(asked - known)}.")


def products_of(action: dict) -> list[dict]:
    """Return ``{"product_retailer_id"}`` for every product that an action shows."""
    if "product_retailer_id" in action:
        return [action]
    return [
        item for section in action.get("sections", []) for item in section.get("product_items", [])
    ]


def _count(name: str, found: list, limit: int) -> None:
    if not 1 <= len(found) <= limit:
        raise GraphError(131009, f"Param {name} must have 1 to {limit} elements.")


def _unique(name: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise GraphError(131009, f"Param {name} must be unique.")
