"""Checks of interactive messages: reply buttons, lists, links, requests."""

from .graph_errors import GraphError, missing
from .graph_values import object_value, objects_value, one_of, required_text, text_value

BODY_LIMIT, LIST_BODY_LIMIT, LINE_LIMIT = 1024, 4096, 60
BUTTONS_LIMIT, ROWS_LIMIT, SECTIONS_LIMIT = 3, 10, 10
LABEL_LIMIT, TITLE_LIMIT, DESCRIPTION_LIMIT = 20, 24, 72
BUTTON_ID_LIMIT, ROW_ID_LIMIT = 256, 200
WITHOUT_OPTIONS = ("cta_url", "location_request_message", "request_contact_info", "flow")


def check_interactive(content: dict) -> None:
    """Refuse what breaks Meta's limits (Meta Cloud API: interactive messages)."""
    kind = required_text(content, "type", "interactive['type']")
    one_of("interactive['type']", kind, ("button", "list", *WITHOUT_OPTIONS))
    body = object_value(content, "body", "interactive['body']")
    limit = LIST_BODY_LIMIT if kind == "list" else BODY_LIMIT
    required_text(body, "text", "interactive['body']['text']", limit)
    if content.get("footer") is not None:
        footer = object_value(content, "footer", "interactive['footer']")
        required_text(footer, "text", "interactive['footer']['text']", LINE_LIMIT)
    action = object_value(content, "action", "interactive['action']")
    if kind == "button":
        _check_buttons(action)
    elif kind == "list":
        _check_rows(action)
    else:
        required_text(action, "name", "interactive['action']['name']")


def _check_buttons(action: dict) -> None:
    buttons = objects_value(action, "buttons")
    _count("buttons", buttons, BUTTONS_LIMIT)
    replies = [object_value(button, "reply", "buttons['reply']") for button in buttons]
    for reply in replies:
        required_text(reply, "title", "buttons['reply']['title']", LABEL_LIMIT)
        required_text(reply, "id", "buttons['reply']['id']", BUTTON_ID_LIMIT)
    for key in ("id", "title"):
        _unique(f"buttons['reply']['{key}']", [reply[key] for reply in replies])


def _check_rows(action: dict) -> None:
    required_text(action, "button", "action['button']", LABEL_LIMIT)
    sections = objects_value(action, "sections")
    _count("sections", sections, SECTIONS_LIMIT)
    for section in sections:
        if len(sections) > 1 and not text_value(section, "title"):
            raise missing("sections['title']")
    rows = [row for section in sections for row in objects_value(section, "rows")]
    _count("rows", rows, ROWS_LIMIT)
    for row in rows:
        required_text(row, "id", "rows['id']", ROW_ID_LIMIT)
        required_text(row, "title", "rows['title']", TITLE_LIMIT)
        if text_value(row, "description"):
            required_text(row, "description", "rows['description']", DESCRIPTION_LIMIT)
    _unique("rows['id']", [row["id"] for row in rows])


def _count(name: str, found: list, limit: int) -> None:
    if not 1 <= len(found) <= limit:
        raise GraphError(131009, f"Param {name} must have 1 to {limit} elements.")


def _unique(name: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise GraphError(131009, f"Param {name} must be unique.")
