"""Who wrote a message or got a status, put together from what a webhook discloses.

A phone number may be absent since 2026, so the business-scoped user id (BSUID) comes first.
Source: Meta Cloud API: business-scoped user ids.
"""

from typing import Any

from .events import Identity
from .lenient import identifier, mapping, text, wa_id


class ContactBook:
    """The ``contacts`` array of one webhook value, found by id and never by position."""

    def __init__(self, contacts: Any) -> None:
        entries = contacts if isinstance(contacts, list) else []
        self._all = [_of_contact(entry) for entry in entries if isinstance(entry, dict)]
        self._by_bsuid = {found.bsuid: found for found in self._all if found.bsuid}
        self._by_wa_id = {found.wa_id: found for found in self._all if found.wa_id}

    def complete(self, known: Identity) -> Identity:
        """Return ``known`` with what the contact of the same user adds to it."""
        contact = self._by_bsuid.get(known.bsuid) or self._by_wa_id.get(known.wa_id)
        if contact is None or _contradict(known, contact):
            return known
        return Identity(
            bsuid=known.bsuid or contact.bsuid,
            parent_bsuid=known.parent_bsuid or contact.parent_bsuid,
            wa_id=known.wa_id or contact.wa_id,
            username=contact.username or known.username,
            profile_name=contact.profile_name,
        )

    def only(self) -> Identity:
        """Return the single contact, for the single message that carries no id at all."""
        return self._all[0] if len(self._all) == 1 else Identity()


def of_sender(message: dict[str, Any]) -> Identity:
    """Return what an inbound message itself says about its author."""
    return Identity(
        bsuid=identifier(message.get("from_user_id")),
        parent_bsuid=identifier(message.get("from_parent_user_id")),
        wa_id=wa_id(message.get("from")),
    )


def of_addressee(message: dict[str, Any]) -> Identity:
    """Return to whom a message of the business went."""
    return Identity(
        bsuid=identifier(message.get("to_user_id")) or identifier(message.get("recipient")),
        parent_bsuid=identifier(message.get("to_parent_user_id")),
        wa_id=wa_id(message.get("to")),
    )


def of_user(part: dict[str, Any], phone: str = "wa_id") -> Identity:
    """Return whom an object describes that names the user itself.

    :param phone: key of the phone number, which differs from field to field
    """
    return Identity(
        bsuid=identifier(part.get("user_id")),
        parent_bsuid=identifier(part.get("parent_user_id")),
        wa_id=wa_id(part.get(phone)),
        username=identifier(part.get("username")).removeprefix("@"),
    )


def of_recipient(status: dict[str, Any]) -> Identity:
    """Return what a status says about the customer; in a group, about the participant."""
    if status.get("recipient_type") == "group":
        return Identity(
            bsuid=identifier(status.get("recipient_participant_user_id")),
            wa_id=wa_id(status.get("recipient_participant_id")),
        )
    return Identity(
        bsuid=identifier(status.get("recipient_user_id")),
        parent_bsuid=identifier(status.get("recipient_parent_user_id"))
        or identifier(status.get("parent_recipient_user_id")),
        wa_id=wa_id(status.get("recipient_id")),
    )


def _of_contact(contact: dict[str, Any]) -> Identity:
    profile = mapping(contact.get("profile"))
    return Identity(
        bsuid=identifier(contact.get("user_id")),
        parent_bsuid=identifier(contact.get("parent_user_id")),
        wa_id=wa_id(contact.get("wa_id")),
        username=identifier(profile.get("username")).removeprefix("@"),
        profile_name=text(profile.get("name")).strip(),
    )


def _contradict(known: Identity, contact: Identity) -> bool:
    """A phone number can pass to another person; then the BSUIDs differ and tell them apart."""
    return bool(known.bsuid and contact.bsuid and known.bsuid != contact.bsuid)
