"""The file of a business message: its own, or that of the header of a template or of buttons."""

from .graph_kinds import MEDIA_KINDS
from .world import Message


def attached(message: Message) -> tuple[str, dict]:
    """Return the kind of the file and the object with its ``id`` or ``link``; empty without."""
    content = message.payload[message.type]
    if message.type in MEDIA_KINDS:
        return message.type, content
    if message.type not in ("template", "interactive"):
        return "", {}
    header = (message.shown if message.type == "template" else content).get("header") or {}
    return _file_of(header)


def _file_of(header: dict) -> tuple[str, dict]:
    kind = header.get("type", "")
    return (kind, header[kind]) if kind in MEDIA_KINDS else ("", {})


def files_of_cards(message: Message) -> list[tuple[str, dict]]:
    """Return the files of all cards of a carousel."""
    if message.type == "template":
        cards = message.shown.get("cards") or []
    elif message.type == "interactive":
        cards = message.payload["interactive"].get("action", {}).get("cards") or []
    else:
        return []
    return [file for file in (_file_of(card.get("header") or {}) for card in cards) if file[0]]
