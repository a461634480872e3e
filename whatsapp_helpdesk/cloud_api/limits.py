"""Meta's limits, by name. Source: Meta Cloud API: messages and media reference.

Meta does not say whether it counts code points or UTF-16 units; we count UTF-16 units, the larger
number, which is also what a browser's composer counts.
"""

from dataclasses import dataclass

from .errors import InvalidRequest

TEXT_BODY = 4096
CAPTION = 1024
CALLBACK_DATA = 512
CALLBACK_URL = 200
CONTACT_CARDS = 257
FILE_NAME = 240
REACTION = 32  # one emoji: the longest sequences have about 20 units
TEXT_PARTS = 10  # ours: nobody reads more messages in one go

INTERACTIVE_BODY = 1024
INTERACTIVE_HEADER = 60
INTERACTIVE_FOOTER = 60
REPLY_BUTTONS = 3
REPLY_TITLE = 20
REPLY_ID = 256
LIST_BODY = 4096
LIST_BUTTON = 20
LIST_SECTIONS = 10
LIST_ROWS = 10  # in all sections together
SECTION_TITLE = 24
ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200
LINK_LABEL = 20
LINK_URL = 2000
PRODUCTS = 30
PRODUCT_SECTIONS = 10

MEGABYTE = 1024 * 1024
WEBHOOK_BYTES = 4 * MEGABYTE  # Meta promises at most 3 MB
INBOUND_MEDIA_BYTES = 100 * MEGABYTE
IMAGE_BYTES = 5 * MEGABYTE
AUDIO_BYTES = 16 * MEGABYTE
VIDEO_BYTES = 16 * MEGABYTE
DOCUMENT_BYTES = 100 * MEGABYTE
STICKER_BYTES = 100 * 1024
ANIMATED_STICKER_BYTES = 500 * 1024

IMAGE_TYPES = ("image/jpeg", "image/png")
AUDIO_TYPES = ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")
VIDEO_TYPES = ("video/mp4", "video/3gpp")
STICKER_TYPES = ("image/webp",)


@dataclass(frozen=True, slots=True)
class _MediaRule:
    types: tuple[str, ...]  # empty: any
    limit: str
    max_bytes: int


_MEDIA_RULES = {
    "audio": _MediaRule(AUDIO_TYPES, "AUDIO_BYTES", AUDIO_BYTES),
    "document": _MediaRule((), "DOCUMENT_BYTES", DOCUMENT_BYTES),
    "image": _MediaRule(IMAGE_TYPES, "IMAGE_BYTES", IMAGE_BYTES),
    "sticker": _MediaRule(STICKER_TYPES, "STICKER_BYTES", STICKER_BYTES),
    "animated_sticker": _MediaRule(STICKER_TYPES, "ANIMATED_STICKER_BYTES", ANIMATED_STICKER_BYTES),
    "video": _MediaRule(VIDEO_TYPES, "VIDEO_BYTES", VIDEO_BYTES),
}


def text_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def check_text(text: str, limit: str, maximum: int) -> None:
    """Raise `InvalidRequest` when ``text`` is longer than ``maximum`` UTF-16 units.

    :param limit: name of the constant, for whoever words the error for a person
    """
    length = text_length(text)
    if length > maximum:
        raise InvalidRequest(
            f"The text has {length} characters, WhatsApp takes {maximum}: shorten it.",
            limit=limit,
            maximum=maximum,
            actual=length,
        )


def check_media(kind: str, mime_type: str, size: int, *, is_animated: bool = False) -> None:
    """Raise `InvalidRequest` when WhatsApp would refuse the file.

    :param kind: ``audio``, ``document``, ``image``, ``sticker`` or ``video``
    :param mime_type: parameters such as ``; codecs=opus`` do not matter
    :param size: in bytes
    :param is_animated: a sticker that moves may be larger
    """
    rule = _MEDIA_RULES.get(f"animated_{kind}" if is_animated else kind)
    if rule is None:
        raise InvalidRequest(f"WhatsApp has no media of kind {kind!r}.", limit="kind")
    plain_type = mime_type.partition(";")[0].strip().lower()
    if not plain_type or (rule.types and plain_type not in rule.types):
        allowed = ", ".join(rule.types) or "a media type"
        raise InvalidRequest(
            f"WhatsApp takes no {plain_type or 'untyped file'} as {kind}; it takes {allowed}.",
            limit=f"{kind.upper()}_TYPES",
        )
    if size <= 0:
        raise InvalidRequest("The file is empty.", limit=rule.limit, maximum=rule.max_bytes)
    if size > rule.max_bytes:
        raise InvalidRequest(
            f"The file has {size} bytes, WhatsApp takes {rule.max_bytes} for a {kind}.",
            limit=rule.limit,
            maximum=rule.max_bytes,
            actual=size,
        )
