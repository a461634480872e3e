"""What a file really is, by its first bytes: the announced media type comes from a stranger.

Source: Meta Cloud API: media (supported types); the formats' own signatures.
"""

import codecs
import re

OCTETS = "application/octet-stream"
PLAIN_TEXT = "text/plain"

_HEAD = 4096
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"ADIF", "audio/aac"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_BRANDS = {
    b"qt": "video/quicktime",
    b"3g": "video/3gpp",
    b"M4A": "audio/mp4",
    b"M4B": "audio/mp4",
    b"hei": "image/heic",
    b"hev": "image/heic",
    b"mif": "image/heic",
    b"avi": "image/avif",
}
_VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_MARKUP = (
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), "image/svg+xml"),
    (
        re.compile(
            rb"<(?:!doctype html|html|head|body|script|iframe|object|embed|img|style|meta|form)\b",
            re.IGNORECASE,
        ),
        "text/html",
    ),
    (re.compile(rb"^\s*<\?xml", re.IGNORECASE), "text/xml"),
)
# Families in one container: there the announced type says more than the bytes.
_CONTAINED = {
    "application/zip": re.compile(
        r"application/(?:vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|epub\+zip"
        r"|vnd\.ms-(?:excel|word|powerpoint)\.|vnd\.android\.package-archive)"
    ),
    "application/x-ole-storage": re.compile(
        r"application/(?:msword|vnd\.ms-(?:excel|powerpoint|outlook|project))$"
    ),
    "video/mp4": re.compile(r"video/3gpp$"),
    PLAIN_TEXT: re.compile(r"text/(?:csv|calendar|vcard|x-vcard|markdown|rtf)$"),
}
_INERT = re.compile(
    r"application/(?:vnd\.|x-7z|x-rar|x-tar|gzip|rtf|msword|postscript|json)[\w.+-]*"
)
_OPUS_HEAD = b"OpusHead"
_CHANNELS_OFFSET = len(_OPUS_HEAD) + 1


def media_type(content: bytes) -> str:
    """Return the media type that the bytes show, '' when they show none.

    :param content: the file, or enough of its beginning; an MP4 may name its tracks at its end
    """
    head = content[:_HEAD]
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _iso_media(content)
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head else "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if re.search(rb"V_(?:VP|AV|MPEG)", head) else "audio/webm"
    return _audio_frame(head) or _text(head)


def stored_type(content: bytes, announced: str) -> str:
    """Return the media type under which a stranger's file may be stored and served.

    It is what the bytes are, and never one that a browser would run as a page or a script.

    :param announced: what the sender says; believed where the bytes leave it open
    """
    claimed = announced.partition(";")[0].strip().lower()
    found = media_type(content)
    inside = _CONTAINED.get(found)
    if inside and inside.match(claimed):
        return claimed
    if found in ("text/html", "text/xml", "image/svg+xml"):
        return PLAIN_TEXT
    if found in ("application/x-msdownload", "application/x-executable"):
        return OCTETS
    if found:
        return found
    is_harmless = _INERT.fullmatch(claimed) and "xml" not in claimed and "html" not in claimed
    return claimed if is_harmless else OCTETS


def is_voice_note(content: bytes) -> bool:
    """Tell whether WhatsApp shows the file as a voice note: Opus in Ogg with one channel."""
    head = content[:_HEAD]
    start = head.find(_OPUS_HEAD)
    if not head.startswith(b"OggS") or start < 0:
        return False
    return head[start + _CHANNELS_OFFSET : start + _CHANNELS_OFFSET + 1] == b"\x01"


def is_animated_webp(content: bytes) -> bool:
    """Tell whether a WebP picture moves (flag in its extended header)."""
    is_extended = content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X"
    return is_extended and len(content) > 20 and bool(content[20] & 0x02)


def _iso_media(content: bytes) -> str:
    brand = content[8:12]
    for start, found in _BRANDS.items():
        if brand.startswith(start):
            return found
    return "video/mp4" if _VIDEO_TRACK.search(content) else "audio/mp4"


def _audio_frame(head: bytes) -> str:
    """Recognise MPEG audio and AAC that start with a frame, without any header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    layer = head[1] >> 1 & 0x03
    if layer == 0:
        return "audio/aac" if head[1] & 0xF0 == 0xF0 else ""
    has_rate = head[2] >> 4 != 0x0F and head[2] >> 2 & 0x03 != 0x03
    return "audio/mpeg" if has_rate and head[1] >> 3 & 0x03 != 0x01 else ""


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, found in _MARKUP:
        if pattern.search(start):
            return found
    return PLAIN_TEXT if start and _is_readable(start) else ""


def _is_readable(head: bytes) -> bool:
    """Tell whether this is UTF-8 text; a character may be cut off at the end."""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
