"""Interactive messages as JSON for the database and the browser, read back for sending."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .errors import InvalidRequest
from .interactive import (
    ContactRequest,
    Interactive,
    InteractiveHeader,
    LinkButton,
    ListMessage,
    ListRow,
    ListSection,
    LocationRequest,
    Product,
    ProductList,
    ProductSection,
    ReplyButton,
    ReplyButtons,
)
from .lenient import mapping, objects, text

_KINDS: dict[type, str] = {
    ContactRequest: "contact_request",
    LinkButton: "cta_url",
    ListMessage: "list",
    LocationRequest: "location_request",
    Product: "product",
    ProductList: "product_list",
    ReplyButtons: "buttons",
}

INTERACTIVE_KINDS = tuple(_KINDS.values())


def as_json(content: Interactive) -> dict[str, Any]:
    """Return ``content`` as an object: its ``kind``, one of `INTERACTIVE_KINDS`, and its parts."""
    return {"kind": _KINDS[type(content)], **_lists(asdict(content))}


def read_interactive(data: Any) -> Interactive:
    """Read what `as_json` wrote; parts of another shape are empty.

    :raises InvalidRequest: when it is no interactive message
    """
    part = mapping(data)
    reader = _READERS.get(text(part.get("kind")))
    if reader is None:
        raise InvalidRequest("This is no message with buttons or a list.", limit="kind")
    return reader(part)


def text_of(content: Interactive, *, with_options: bool = False) -> str:
    """Return the text of ``content`` in WhatsApp's markup, to search and to show.

    :param with_options: also list the words on buttons and rows
    """
    header = getattr(content, "header", None)
    if isinstance(header, InteractiveHeader):
        header = header.text if header.kind == "text" else header.filename
    lines = [header, content.body, getattr(content, "footer", "")]
    if with_options:
        lines += [f"[{option}]" for option in _options(content)]
    return "\n".join(filter(None, lines))


def _options(content: Interactive) -> list[str]:
    if isinstance(content, ReplyButtons):
        return [button.title for button in content.buttons]
    if isinstance(content, ListMessage):
        return [row.title for section in content.sections for row in section.rows]
    return [content.label] if isinstance(content, LinkButton) else []


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def _texts(part: dict[str, Any], *keys: str) -> dict[str, str]:
    return {key: text(part.get(key)) for key in keys}


def _header(part: dict[str, Any]) -> InteractiveHeader | None:
    header = mapping(part.get("header"))
    if not header:
        return None
    return InteractiveHeader(**_texts(header, "kind", "text", "media_uid", "filename"))


def _reply_buttons(part: dict[str, Any]) -> ReplyButtons:
    buttons = (ReplyButton(**_texts(b, "reply_id", "title")) for b in objects(part.get("buttons")))
    return ReplyButtons(
        buttons=tuple(buttons), header=_header(part), **_texts(part, "body", "footer")
    )


def _list(part: dict[str, Any]) -> ListMessage:
    sections = (
        ListSection(
            tuple(
                ListRow(**_texts(row, "row_id", "title", "description"))
                for row in objects(section.get("rows"))
            ),
            text(section.get("title")),
        )
        for section in objects(part.get("sections"))
    )
    return ListMessage(
        sections=tuple(sections), header=_header(part), **_texts(part, "body", "button", "footer")
    )


def _link_button(part: dict[str, Any]) -> LinkButton:
    return LinkButton(header=_header(part), **_texts(part, "body", "label", "url", "footer"))


def _product(part: dict[str, Any]) -> Product:
    return Product(**_texts(part, "catalog_uid", "retailer_uid", "body", "footer"))


def _product_list(part: dict[str, Any]) -> ProductList:
    sections = (
        ProductSection(_strings(section.get("retailer_uids")), text(section.get("title")))
        for section in objects(part.get("sections"))
    )
    texts = _texts(part, "header", "body", "catalog_uid", "footer")
    return ProductList(sections=tuple(sections), **texts)


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(map(text, value)) if isinstance(value, list) else ()


_READERS: dict[str, Callable[[dict[str, Any]], Interactive]] = {
    "contact_request": lambda part: ContactRequest(text(part.get("body"))),
    "cta_url": _link_button,
    "list": _list,
    "location_request": lambda part: LocationRequest(text(part.get("body"))),
    "product": _product,
    "product_list": _product_list,
    "buttons": _reply_buttons,
}
