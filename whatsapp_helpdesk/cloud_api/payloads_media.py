"""Bodies of messages with an uploaded file. Source: Meta Cloud API: messages reference, media."""

from typing import Any

from . import limits, media_kinds
from .errors import InvalidRequest
from .payloads import Recipient, message
from .text import clean


def media_message(
    recipient: Recipient,
    kind: str,
    media_uid: str,
    *,
    caption: str = "",
    filename: str = "",
    is_voice: bool = False,
    reply_to: str = "",
    callback_data: str = "",
) -> dict[str, Any]:
    """Build a message with a file that was uploaded before.

    :param kind: ``audio``, ``document``, ``image``, ``sticker`` or ``video``
    :param media_uid: id that the upload returned, valid for 30 days
    :param caption: at most 1024 characters; sounds and stickers have none
    :param filename: shown on a document; a long one is shortened
    :param is_voice: show a sound as recorded in the chat; it must be ogg with opus
    :raises InvalidRequest: when a limit is broken or there is no media
    """
    if not media_uid:
        raise InvalidRequest("The file was not uploaded yet: upload it first.", limit="media_uid")
    caption = clean(caption).strip()
    if caption and not media_kinds.carries_caption(kind):
        raise InvalidRequest(f"WhatsApp shows no text with this kind: {kind}.", limit="CAPTION")
    limits.check_text(caption, "CAPTION", limits.CAPTION)
    content: dict[str, Any] = {"id": media_uid}
    if caption:
        content["caption"] = caption
    if kind == "document" and (name := media_kinds.short_name(clean(filename))):
        content["filename"] = name
    if kind == "audio" and is_voice:
        content["voice"] = True
    return message(recipient, kind, content, reply_to=reply_to, callback_data=callback_data)


def with_card_files(content: dict[str, Any], media_uids: dict[int, str]) -> dict[str, Any]:
    """Return the content of a template message with the ids of the files of its cards.

    :param media_uids: by the number of the card, from 0
    """
    components = []
    for component in content.get("components", []):
        if component["type"] == "carousel":
            cards = [
                with_header_file(card, media_uids[card["card_index"]])
                if card["card_index"] in media_uids
                else card
                for card in component["cards"]
            ]
            component = component | {"cards": cards}
        components.append(component)
    return content | {"components": components}


def with_header_file(content: dict[str, Any], media_uid: str) -> dict[str, Any]:
    """Return the content of a template message with the id of the file in its header."""
    components = []
    for component in content.get("components", []):
        parameters = component.get("parameters", [])
        if component["type"] == "header" and parameters:
            kind = parameters[0]["type"]
            file = parameters[0][kind] | {"id": media_uid}
            component = component | {"parameters": [parameters[0] | {kind: file}]}
        components.append(component)
    return content | {"components": components}
