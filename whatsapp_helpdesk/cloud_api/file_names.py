"""Names of customers' files: theirs made harmless, ours where they have none."""

import mimetypes
import re
import unicodedata
from datetime import datetime

MAX_BYTES = 200
"""Of a name in UTF-8; most file systems take 255."""

_EXTENSIONS = {
    "application/octet-stream": "",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "text/vcard": ".vcf",
    "video/3gpp": ".3gp",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}
_KNOWN_TYPES = mimetypes.MimeTypes()
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_SEPARATORS = re.compile(r"[/\\]")
# Invisible characters that letters of some languages and emoji need.
_JOINERS = "\u200c\u200d"


def extension_of(mime_type: str) -> str:
    """Return the usual extension of a media type, with its dot; '' when there is none."""
    plain_type = mime_type.partition(";")[0].strip().lower()
    if plain_type in _EXTENSIONS:
        return _EXTENSIONS[plain_type]
    return _KNOWN_TYPES.guess_extension(plain_type) or ""


def safe_name(name: str, mime_type: str) -> str:
    """Return a stranger's file name without anything that could mislead a program or a reader.

    Letters of all languages stay. What goes: folders, control characters, characters that turn
    the writing direction (``photo\\u202egpj.exe``), and names that Windows keeps for devices.

    :param name: as it was announced
    :param mime_type: gives the extension that is missing
    :return: '' when nothing is left
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if not _is_hidden(char))
    cleaned = " ".join(_FORBIDDEN.sub("_", visible).split()).strip(". ")
    if not cleaned:
        return ""
    if _RESERVED.match(cleaned):
        cleaned = f"_{cleaned}"
    found = _EXTENSION.search(cleaned)
    extension = found.group() if found else extension_of(mime_type)
    stem = cleaned[: found.start()] if found else cleaned
    return _shorten(stem, MAX_BYTES - len(extension)) + extension


def name_for(kind: str, sent_at: datetime, mime_type: str) -> str:
    """Return a name for a file without one: ``voice note 2026-11-22 10.31.ogg``.

    :param kind: what it is
    :param sent_at: in the time zone of those who will read it
    """
    return f"{kind} {sent_at:%Y-%m-%d %H.%M}{extension_of(mime_type)}"


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS


def _shorten(text: str, max_bytes: int) -> str:
    return text.encode()[:max_bytes].decode(errors="ignore").rstrip(". ")
