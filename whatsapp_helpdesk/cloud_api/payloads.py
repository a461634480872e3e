"""Bodies of ``POST /<phone number id>/messages``, checked against Meta's limits before they leave.

Here are text, reactions and receipts; files are in `payloads_media`, places and contact cards in
`payloads_content`. Source: Meta Cloud API: messages reference.
"""

from dataclasses import dataclass
from typing import Any

from . import limits, phones
from .errors import InvalidRequest
from .text import clean


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to write to: by phone number (international) when known, else by BSUID."""

    phone: str = ""
    bsuid: str = ""


def text_message(
    recipient: Recipient,
    body: str,
    *,
    preview_url: bool = True,
    reply_to: str = "",
    callback_data: str = "",
) -> dict[str, Any]:
    """Build a text message.

    :param body: in WhatsApp's markup, at most 4096 characters
    :param preview_url: let WhatsApp show a preview of the first link
    :param reply_to: wamid of the message that is quoted
    :param callback_data: comes back in every status of this message, at most 512 characters
    :raises InvalidRequest: when a limit is broken
    """
    body = clean(body)
    if not body.strip():
        raise InvalidRequest("The message is empty: write something.", limit="TEXT_BODY")
    limits.check_text(body, "TEXT_BODY", limits.TEXT_BODY)
    content = {"body": body, "preview_url": preview_url}
    return message(recipient, "text", content, reply_to=reply_to, callback_data=callback_data)


def reaction_message(
    recipient: Recipient, wamid: str, emoji: str, *, callback_data: str = ""
) -> dict[str, Any]:
    """Build a reaction, which replaces our earlier one to the same message.

    :param wamid: of the message reacted to, at most 30 days old
    :param emoji: one emoji; '' takes the earlier reaction back
    :raises InvalidRequest: when a limit is broken or there is no message
    """
    if not wamid:
        raise InvalidRequest(
            "The message reacted to has not reached WhatsApp: wait until it was sent.",
            limit="wamid",
        )
    emoji = clean(emoji).strip()
    limits.check_text(emoji, "REACTION", limits.REACTION)
    content = {"message_id": wamid, "emoji": emoji}
    return message(recipient, "reaction", content, callback_data=callback_data)


def read_receipt(wamid: str, *, typing: bool = False) -> dict[str, Any]:
    """Build the call that marks ``wamid`` and all before it as read.

    :param typing: also show "typing" on the phone, until our answer or for 25 seconds
    """
    if not wamid:
        raise InvalidRequest("There is no message to mark as read.", limit="wamid")
    payload: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid,
    }
    if typing:
        payload["typing_indicator"] = {"type": "text"}
    return payload


def message(
    recipient: Recipient,
    kind: str,
    content: Any,
    *,
    reply_to: str = "",
    callback_data: str = "",
) -> dict[str, Any]:
    """Put the content of one kind of message into the envelope that all kinds share.

    :raises InvalidRequest: when there is nobody to send to, or the callback data are too long
    """
    limits.check_text(callback_data, "CALLBACK_DATA", limits.CALLBACK_DATA)
    payload = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_address(recipient),
        "type": kind,
        kind: content,
    }
    if reply_to:
        payload["context"] = {"message_id": reply_to}
    if callback_data:
        payload["biz_opaque_callback_data"] = callback_data
    return payload


def _address(recipient: Recipient) -> dict[str, str]:
    """Without ``+`` Meta would put the business's own country code in front of the number."""
    if phone := phones.to_e164(recipient.phone):
        return {"to": phone}
    if recipient.bsuid:
        return {"recipient": recipient.bsuid}
    raise InvalidRequest("The customer has neither phone number nor user id.", limit="recipient")
