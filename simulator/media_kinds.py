"""Files as WhatsApp takes them: which MIME types, sizes and first bytes a kind of message may have.

Meta Cloud API: media, supported types.
"""

MEGABYTE = 1024 * 1024
OGG = "audio/ogg"
WEBP = "image/webp"
IMAGES = dict.fromkeys(("image/jpeg", "image/png"), 5 * MEGABYTE)
AUDIO = dict.fromkeys(
    ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", OGG),
    16 * MEGABYTE,
)
VIDEO = dict.fromkeys(("video/mp4", "video/3gpp"), 16 * MEGABYTE)
STICKER_BYTES, ANIMATED_STICKER_BYTES, STICKER_SIDE = 100 * 1024, 500 * 1024, 512
DOCUMENTS = dict.fromkeys(
    (
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    100 * MEGABYTE,
)
# Bytes by MIME type: what may be uploaded at all.
UPLOAD_LIMITS = IMAGES | AUDIO | VIDEO | DOCUMENTS | {WEBP: ANIMATED_STICKER_BYTES}
# Anything may be sent as a file, a picture too.
LIMITS = {
    "image": IMAGES,
    "audio": AUDIO,
    "video": VIDEO,
    "sticker": {WEBP: ANIMATED_STICKER_BYTES},
    "document": UPLOAD_LIMITS | dict.fromkeys(IMAGES | AUDIO | VIDEO, 100 * MEGABYTE),
}
SIGNATURES = {
    "image/jpeg": (0, (b"\xff\xd8\xff",)),
    "image/png": (0, (b"\x89PNG\r\n\x1a\n",)),
    WEBP: (8, (b"WEBP",)),
    "video/mp4": (4, (b"ftyp",)),
    "video/3gpp": (4, (b"ftyp",)),
    "audio/mp4": (4, (b"ftyp",)),
    "audio/aac": (0, (b"\xff\xf1", b"\xff\xf9")),
    "audio/amr": (0, (b"#!AMR",)),
    "audio/mpeg": (0, (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    OGG: (0, (b"OggS",)),
    "application/pdf": (0, (b"%PDF-",)),
}


def plain_mime(mime_type: str) -> str:
    """Return the type without parameters such as ``codecs=opus``, in lower case."""
    return mime_type.partition(";")[0].strip().lower()


def content_problem(kind: str, content: bytes, mime_type: str, *, voice: bool = False) -> str:
    """Say why these bytes cannot be sent as ``kind`` of message; empty when they can.

    :param voice: sent as a voice note, which must be OGG with one channel of Opus
    """
    mime_type, limits = plain_mime(mime_type), LIMITS[kind]
    if mime_type not in limits:
        return f"Media of type {kind} must be one of {', '.join(limits)}, not {mime_type}."
    if len(content) > limits[mime_type]:
        size = len(content)
        return f"Media of type {kind} may have {limits[mime_type]} bytes, this one has {size}."
    offset, starts = SIGNATURES.get(mime_type, (0, (b"",)))
    if not content[offset:].startswith(starts):
        return f"The content of the file is not {mime_type}."
    if voice and mime_type != OGG:
        return f"A voice message must be {OGG} with the codec OPUS, not {mime_type}."
    if mime_type == OGG:
        return _ogg_problem(content)
    return _sticker_problem(content) if kind == "sticker" else ""


def _ogg_problem(content: bytes) -> str:
    head = content[:512].find(b"OpusHead")
    if head < 0:
        return "Audio in OGG must have the codec OPUS."
    channels = content[head + 9 : head + 10]
    return "" if channels == b"\x01" else "Audio with the codec OPUS must have one channel."


def _sticker_problem(content: bytes) -> str:
    width, height = webp_size(content)
    if (width, height) != (STICKER_SIDE, STICKER_SIDE):
        return f"A sticker must be {STICKER_SIDE} pixels wide and high, not {width} × {height}."
    if not is_animated(content) and len(content) > STICKER_BYTES:
        return f"A still sticker may have {STICKER_BYTES} bytes, this one has {len(content)}."
    return ""


def is_animated(content: bytes) -> bool:
    """Tell whether a WebP picture moves."""
    return content[12:16] == b"VP8X" and bool(content[20:21]) and bool(content[20] & 2)


def webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a WebP picture, zeros when its header is cut off."""
    if len(content) < 30:
        return 0, 0
    if content[12:16] == b"VP8X":
        sides = content[24:27], content[27:30]
        return tuple(int.from_bytes(side, "little") + 1 for side in sides)
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    sides = content[26:28], content[28:30]
    return tuple(int.from_bytes(side, "little") & 0x3FFF for side in sides)
