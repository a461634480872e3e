"""Which of WhatsApp's kinds of media a file is sent as. Source: Meta Cloud API: supported media."""

from . import limits

_OTHER_NAMES = {
    "application/ogg": "audio/ogg",
    "audio/3gpp": "video/3gpp",
    "audio/m4a": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/opus": "audio/ogg",
    "audio/x-aac": "audio/aac",
    "audio/x-m4a": "audio/mp4",
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "video/x-m4v": "video/mp4",
}
_UNKNOWN_TYPE = "application/octet-stream"
_SHOWN_IN_CHAT = (
    ("image", limits.IMAGE_TYPES, limits.IMAGE_BYTES),
    ("video", limits.VIDEO_TYPES, limits.VIDEO_BYTES),
    ("audio", limits.AUDIO_TYPES, limits.AUDIO_BYTES),
)
_CARRIES_CAPTION = ("image", "video", "document")


def kind_for(mime_type: str, size: int, *, is_voice: bool = False, is_sticker: bool = False) -> str:
    """Return the kind of message that takes a file.

    What WhatsApp would not show in the chat, because of its type or its size, goes as a document.

    :param mime_type: of the file
    :param size: in bytes
    :param is_voice: recorded in the chat; it becomes WhatsApp's own format before it leaves
    :param is_sticker: somebody chose to send a webp picture as a sticker
    """
    plain_type = normal_type(mime_type)
    if is_voice:
        return "audio"
    if is_sticker and plain_type in limits.STICKER_TYPES:
        return "sticker"
    for kind, types, max_bytes in _SHOWN_IN_CHAT:
        if plain_type in types and size <= max_bytes:
            return kind
    return "document"


def is_too_large_to_show(mime_type: str, size: int) -> bool:
    """Tell whether only its size makes a picture, a video or a sound a document."""
    plain_type = normal_type(mime_type)
    return any(plain_type in types and size > limit for _kind, types, limit in _SHOWN_IN_CHAT)


def normal_type(mime_type: str) -> str:
    """Return a media type in the spelling that Meta knows, without parameters."""
    plain_type = (mime_type or "").partition(";")[0].strip().lower()
    return _OTHER_NAMES.get(plain_type, plain_type) or _UNKNOWN_TYPE


def carries_caption(kind: str) -> bool:
    """Tell whether a message of this kind may have a text of its own."""
    return kind in _CARRIES_CAPTION


def short_name(name: str, maximum: int = limits.FILE_NAME) -> str:
    """Return a file name that Meta takes: a long one keeps its beginning and its extension."""
    name = " ".join(name.split())
    if limits.text_length(name) <= maximum:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = f"…{dot}{extension}" if stem and len(extension) <= 10 else "…"
    kept = stem or name
    while limits.text_length(kept + tail) > maximum:
        kept = kept[:-1]
    return kept + tail
