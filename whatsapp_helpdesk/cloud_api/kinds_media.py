"""Messages with a file."""

from collections.abc import Callable
from typing import Any

from .contents import Content, Media, Unknown
from .lenient import mapping, text, uid

MEDIA_KINDS = ("audio", "document", "image", "sticker", "video")


def media(kind: str) -> Callable[[dict[str, Any]], Content]:
    """Return the reader of messages with a file of ``kind``."""

    def read(message: dict[str, Any]) -> Content:
        content = media_of(kind, mapping(message.get(kind)))
        if content.media_uid or content.url:
            return content
        return Unknown(f"{kind} without an id or address")

    return read


def media_of(kind: str, part: dict[str, Any]) -> Media:
    """Return what is told of a file, which may be nothing but its kind."""
    return Media(
        kind=kind,
        media_uid=uid(part.get("id")),
        mime_type=text(part.get("mime_type")),
        sha256=text(part.get("sha256")),
        caption=text(part.get("caption")),
        filename=text(part.get("filename")),
        url=text(part.get("url")),
        voice=part.get("voice") is True,
        animated=part.get("animated") is True,
    )
