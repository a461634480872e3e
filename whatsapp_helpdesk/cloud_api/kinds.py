"""Content of inbound messages, one function and one row of the table per kind.

To add a kind: write ``_<kind>(message)``, add a row to `_READERS`, add a sample file per variant.
Source: Meta Cloud API: messages webhook reference.
"""

from collections.abc import Callable
from typing import Any

from .events import Content, Media, Text, Unknown
from .lenient import mapping, text, uid


def read_content(message_type: str, message: dict[str, Any]) -> Content:
    """Return the content of ``message``; `Unknown` for a kind or shape that we do not read."""
    reader = _READERS.get(message_type)
    return reader(message) if reader else Unknown(_why_unknown(message_type, message))


def _text(message: dict[str, Any]) -> Content:
    body = mapping(message.get("text")).get("body")
    return Text(text(body)) if isinstance(body, str) else Unknown("text without a body")


def _image(message: dict[str, Any]) -> Content:
    return _media("image", message)


def _media(kind: str, message: dict[str, Any]) -> Content:
    media = mapping(message.get(kind))
    media_uid, url = uid(media.get("id")), text(media.get("url"))
    if not (media_uid or url):
        return Unknown(f"{kind} without an id or address")
    return Media(
        kind=kind,
        media_uid=media_uid,
        mime_type=text(media.get("mime_type")),
        sha256=text(media.get("sha256")),
        caption=text(media.get("caption")),
        filename=text(media.get("filename")),
        url=url,
        voice=media.get("voice") is True,
        animated=media.get("animated") is True,
    )


def _why_unknown(message_type: str, message: dict[str, Any]) -> str:
    detail = text(mapping(message.get(message_type)).get("type"))
    return f"{message_type}: {detail}" if detail else message_type


_READERS: dict[str, Callable[[dict[str, Any]], Content]] = {
    "image": _image,
    "text": _text,
}
