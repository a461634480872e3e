"""A message on one line, for lists and notifications."""

from typing import Any

_EMOJI = {
    "audio": "🎧",
    "contacts": "👤",
    "document": "📄",
    "form": "📋",
    "image": "📷",
    "location": "📍",
    "order": "🛒",
    "sticker": "🖼️",
    "video": "🎥",
}


def preview_of(message_type: str, text: str, content: dict[str, Any] | None) -> str:
    """Return a message as one line that needs no translation.

    :param message_type: Meta's word
    :param text: what the message says, on one line
    :param content: as in `content_json.as_json`
    :return: words with an emoji that tells the kind, or ``[kind]`` for the browser to name
    """
    content = content or {}
    kind = _kind(content) or message_type
    words = _words(content, text)
    if not words:
        return f"[{kind}]"
    return " ".join(filter(None, (_EMOJI.get(kind), words)))


def _kind(content: dict[str, Any]) -> str:
    kind = content.get("kind", "")
    if kind == "audio" and content.get("voice"):
        return "voice"
    if kind == "call" and content.get("from_customer") and content.get("status") == "missed":
        return "call_missed"
    return kind


def _words(content: dict[str, Any], text: str) -> str:
    match content.get("kind"):
        case "location":
            found = content.get("name") or content.get("address") or ""
        case "contacts":
            names = (card.get("name") or card.get("organisation") for card in content["cards"])
            found = ", ".join(filter(None, names))
        case "order":
            found = content.get("note") or ""
        case "form":
            found = content.get("name") or ""
        case "call" | "call_permission" | "system" | "unknown" | "unsupported":
            found = ""
        case _:
            found = text
    return " ".join(found.split())
