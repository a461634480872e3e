"""Bodies of messages with buttons, lists and requests.

Source: Meta Cloud API: interactive messages.
"""

from collections.abc import Callable
from typing import Any

from .interactive import (
    ContactRequest,
    Interactive,
    InteractiveHeader,
    LinkButton,
    ListMessage,
    LocationRequest,
    Product,
    ProductList,
    ReplyButtons,
)
from .interactive_checks import InteractiveError, find_problems
from .payloads import Recipient, message
from .text import clean


def interactive_message(
    recipient: Recipient, content: Interactive, *, reply_to: str = "", callback_data: str = ""
) -> dict[str, Any]:
    """Build an interactive message.

    :param reply_to: wamid of the message that is quoted
    :raises InteractiveError: when a limit is broken
    """
    problems = find_problems(content)
    if problems:
        raise InteractiveError(problems)
    built = interactive_content(content)
    return message(recipient, "interactive", built, reply_to=reply_to, callback_data=callback_data)


def interactive_content(content: Interactive) -> dict[str, Any]:
    """Build the content of an interactive message without checking it."""
    kind, action = _ACTIONS[type(content)](content)
    built: dict[str, Any] = {"type": kind}
    if header := getattr(content, "header", None):
        built["header"] = _header(header)
    for part in ("body", "footer"):
        if text := clean(getattr(content, part, "")):
            built[part] = {"text": text}
    return built | {"action": action}


def _header(header: InteractiveHeader | str) -> dict[str, Any]:
    if isinstance(header, str):
        header = InteractiveHeader("text", header)
    if header.kind == "text":
        return {"type": "text", "text": clean(header.text)}
    file = {"id": header.media_uid}
    if header.kind == "document" and header.filename:
        file["filename"] = clean(header.filename)
    return {"type": header.kind, header.kind: file}


def _reply_buttons(content: ReplyButtons) -> tuple[str, dict[str, Any]]:
    buttons = [
        {"type": "reply", "reply": {"id": button.reply_id, "title": clean(button.title)}}
        for button in content.buttons
    ]
    return "button", {"buttons": buttons}


def _list(content: ListMessage) -> tuple[str, dict[str, Any]]:
    sections = [
        _titled(section.title, {"rows": [_row(row) for row in section.rows]})
        for section in content.sections
    ]
    return "list", {"button": clean(content.button), "sections": sections}


def _row(row: Any) -> dict[str, str]:
    description = {"description": clean(row.description)} if row.description else {}
    return {"id": row.row_id, "title": clean(row.title), **description}


def _link_button(content: LinkButton) -> tuple[str, dict[str, Any]]:
    parameters = {"display_text": clean(content.label), "url": content.url.strip()}
    return "cta_url", {"name": "cta_url", "parameters": parameters}


def _product(content: Product) -> tuple[str, dict[str, Any]]:
    return "product", {
        "catalog_id": content.catalog_uid,
        "product_retailer_id": content.retailer_uid,
    }


def _product_list(content: ProductList) -> tuple[str, dict[str, Any]]:
    sections = [
        _titled(
            section.title,
            {"product_items": [{"product_retailer_id": uid} for uid in section.retailer_uids]},
        )
        for section in content.sections
    ]
    return "product_list", {"catalog_id": content.catalog_uid, "sections": sections}


def _titled(title: str, section: dict[str, Any]) -> dict[str, Any]:
    return {"title": clean(title), **section} if title else section


_ACTIONS: dict[type, Callable[[Any], tuple[str, dict[str, Any]]]] = {
    ContactRequest: lambda _content: ("request_contact_info", {"name": "request_contact_info"}),
    LinkButton: _link_button,
    ListMessage: _list,
    LocationRequest: lambda _content: ("location_request_message", {"name": "send_location"}),
    Product: _product,
    ProductList: _product_list,
    ReplyButtons: _reply_buttons,
}
