"""News of earlier messages and of the customer, and what WhatsApp does not hand over."""

from typing import Any

from .contents import Content, Reaction, Revoke, System, Unknown, Unsupported
from .lenient import identifier, mapping, notices, text, wa_id

_LONGEST_EMOJI = 64

_CHANGES = {
    "customer_changed_number": "number",
    "customer_identity_changed": "identity",
    "user_changed_number": "number",
    "user_changed_user_id": "user_id",
}


def reaction(message: dict[str, Any]) -> Content:
    """Read a reaction; one without an emoji takes the earlier one back."""
    part = mapping(message.get("reaction"))
    wamid, emoji = identifier(part.get("message_id")), text(part.get("emoji")).strip()
    if not wamid:
        return Unknown("reaction to no message")
    if len(emoji) > _LONGEST_EMOJI:
        return Unknown("reaction that is no emoji")
    return Reaction(wamid, emoji)


def revoke(message: dict[str, Any]) -> Content:
    """Read that a message was deleted for everybody."""
    wamid = identifier(mapping(message.get("revoke")).get("original_message_id"))
    return Revoke(wamid) if wamid else Unknown("deletion of no message")


def system(message: dict[str, Any]) -> Content:
    """Read news of the customer's account, in today's words and in those of older versions."""
    part = mapping(message.get("system"))
    change = _CHANGES.get(identifier(part.get("type")), "other")
    moved = change in ("number", "user_id")
    return System(
        change=change,
        text=text(part.get("body")).strip(),
        new_wa_id=(wa_id(part.get("wa_id")) or wa_id(part.get("new_wa_id"))) if moved else "",
        new_bsuid=identifier(part.get("user_id")) if moved else "",
        previous_bsuid=identifier(part.get("previous_user_id")),
        new_parent_bsuid=identifier(part.get("parent_user_id")) if moved else "",
        previous_parent_bsuid=identifier(part.get("previous_parent_user_id")),
    )


def unsupported(message: dict[str, Any]) -> Content:
    """Read that the customer sent something which WhatsApp keeps to itself."""
    errors = notices(message.get("errors"))
    what = identifier(mapping(message.get("unsupported")).get("type"))
    if not errors:
        return Unsupported(what)
    return Unsupported(what, errors[0].code, errors[0].details or errors[0].title)
