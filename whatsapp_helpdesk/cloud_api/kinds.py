"""Content of messages, one function and one row of a table per kind.

To add a kind: write its reader in the file of its subject, add a row to `_READERS`, add a sample
file per variant. Source: Meta Cloud API: messages webhook reference.
"""

from collections.abc import Callable
from typing import Any

from .contents import Content, Edit, Text, Unknown, Unsupported
from .kinds_cards import contacts
from .kinds_changes import reaction, revoke, system, unsupported
from .kinds_commerce import order
from .kinds_interactive import button, interactive
from .kinds_media import MEDIA_KINDS, media, media_of
from .kinds_place import location
from .lenient import identifier, mapping, notices, text


def read_content(message_type: str, message: dict[str, Any]) -> Content:
    """Return the content of ``message``; `Unknown` for a kind or shape that we do not read.

    What cannot be read because WhatsApp reports an error instead keeps that error: a file its kind,
    anything else becomes `Unsupported`.
    """
    reader = _READERS.get(message_type)
    content = reader(message) if reader else Unknown(_why_unknown(message_type, message))
    errors = notices(message.get("errors"))
    if not errors or not isinstance(content, Unknown):
        return content
    if message_type in MEDIA_KINDS:
        return media_of(message_type, mapping(message.get(message_type)))
    return Unsupported(message_type, errors[0].code, errors[0].details or errors[0].title)


def _text(message: dict[str, Any]) -> Content:
    body = mapping(message.get("text")).get("body")
    return Text(text(body)) if isinstance(body, str) else Unknown("text without a body")


def _edit(message: dict[str, Any]) -> Content:
    edit = mapping(message.get("edit"))
    wamid = identifier(edit.get("original_message_id"))
    if not wamid:
        return Unknown("edit of no message")
    inner = mapping(edit.get("message"))
    kind = identifier(inner.get("type"))
    if kind in _NOT_EDITABLE:
        return Unknown(f"edit: {kind}")
    content = read_content(kind, inner)
    if isinstance(content, Unknown) and kind in MEDIA_KINDS and isinstance(inner.get(kind), dict):
        content = media_of(kind, inner[kind])  # the file stays, so only its caption may be told
    if isinstance(content, Unknown):
        return Unknown(f"edit: {content.reason or 'no content'}")
    return Edit(wamid, content)


def _why_unknown(message_type: str, message: dict[str, Any]) -> str:
    detail = text(mapping(message.get(message_type)).get("type"))
    return f"{message_type}: {detail}" if detail else message_type


_NOT_EDITABLE = frozenset({"edit", "reaction", "revoke", "system"})

_READERS: dict[str, Callable[[dict[str, Any]], Content]] = {
    **{kind: media(kind) for kind in MEDIA_KINDS},
    "button": button,
    "contacts": contacts,
    "edit": _edit,
    "errors": unsupported,
    "interactive": interactive,
    "location": location,
    "media_placeholder": lambda _message: Unsupported("media_placeholder"),
    "order": order,
    "reaction": reaction,
    "revoke": revoke,
    "system": system,
    "text": _text,
    "unsupported": unsupported,
}
