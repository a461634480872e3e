"""Messages of customers, and of the business when it wrote them elsewhere.

Source: Meta Cloud API: messages webhook reference.
"""

from collections.abc import Iterator
from typing import Any

from .contents import Content, System
from .events import Context, Event, Identity, InboundMessage, Referral
from .identities import ContactBook, of_sender
from .kinds import read_content
from .lenient import identifier, mapping, moment, notices, text, uid, wa_id, web_address
from .parse_items import Reader, read_members
from .parse_statuses import status_reader
from .place import Place

NO_EFFECT = {
    "conversation_context": "a summary written by Meta's AI is not used",
    "user_actions": "clicks on marketing messages are not used",
}


def messages_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    """Yield what a value of the field ``messages`` tells."""
    contacts = ContactBook(value.get("contacts"))
    readers = {
        "messages": message_reader(contacts, value.get("messages")),
        "statuses": status_reader(contacts),
    }
    return read_members(value, place, readers, NO_EFFECT)


def message_reader(contacts: ContactBook, messages: Any, standby: bool = False) -> Reader:
    """Return the reader of a customer's messages.

    :param messages: all of the list, because one that is alone may borrow the only contact
    :param standby: another responder owns the thread
    """
    is_alone = isinstance(messages, list) and len(messages) == 1
    alone = contacts.only() if is_alone else Identity()

    def read(message: dict[str, Any], place: Place) -> Event:
        common = common_parts(message)
        if not common["wamid"]:
            return place.unhandled("messages: no usable id", message)
        sender = of_sender(message)
        if not (sender.bsuid or sender.wa_id):
            sender = _of_changed_user(message, common["content"]) or alone
        return InboundMessage(
            sender=contacts.complete(sender),
            notices=notices(message.get("errors")),
            group_uid=identifier(message.get("group_id")),
            referral=_referral(mapping(message.get("referral"))),
            standby=standby,
            **common,
            **place.common(message),
        )

    return read


def common_parts(message: dict[str, Any]) -> dict[str, Any]:
    """Return what messages of every origin have in common; the wamid is '' when unusable."""
    message_type = identifier(message.get("type")) or "unknown"
    return {
        "wamid": identifier(message.get("id")),
        "sent_at": moment(message.get("timestamp")),
        "type": message_type,
        "context": _context(mapping(message.get("context"))),
        "content": read_content(message_type, message),
    }


def _of_changed_user(message: dict[str, Any], content: Content) -> Identity | None:
    """News of a changed identity may name its owner only inside, by the identity it had."""
    if not isinstance(content, System):
        return None
    owner = Identity(
        bsuid=content.previous_bsuid,
        parent_bsuid=content.previous_parent_bsuid,
        wa_id=wa_id(mapping(message.get("system")).get("customer")),
    )
    return owner if owner.bsuid or owner.wa_id else None


def _context(context: dict[str, Any]) -> Context:
    return Context(
        wamid=identifier(context.get("id")),
        sender_wa_id=wa_id(context.get("from")),
        forwarded=context.get("forwarded") is True,
        frequently_forwarded=context.get("frequently_forwarded") is True,
    )


def _referral(part: dict[str, Any]) -> Referral | None:
    referral = Referral(
        source_url=web_address(part.get("source_url")),
        source_uid=uid(part.get("source_id")),
        source_type=identifier(part.get("source_type")),
        headline=text(part.get("headline")),
        body=text(part.get("body")),
        media_type=identifier(part.get("media_type")),
        image_url=web_address(part.get("image_url")) or web_address(part.get("thumbnail_url")),
        ctwa_clid=text(part.get("ctwa_clid")),
    )
    return referral if referral != Referral() else None
