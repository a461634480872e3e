"""Checks of the content of each kind of message that a business may send."""

from collections.abc import Callable

from .graph_errors import GraphError, invalid, missing
from .graph_interactive import check_interactive
from .graph_values import (
    at_most,
    boolean_value,
    object_value,
    objects_value,
    required_text,
    text_value,
)

TEXT_LIMIT, CAPTION_LIMIT, FILENAME_LIMIT, CARDS_LIMIT = 4096, 1024, 240, 257
NAME_PARTS = ("first_name", "last_name", "middle_name", "suffix", "prefix")


def _check_text(content: dict) -> None:
    required_text(content, "body", "text['body']", TEXT_LIMIT)
    boolean_value(content, "preview_url", "text['preview_url']")


def _check_media(kind: str, *, caption: bool) -> Callable[[dict], None]:
    def check(content: dict) -> None:
        media_uid, link = text_value(content, "id"), text_value(content, "link")
        if media_uid and link:
            raise invalid(f"Param {kind} must have either id or link, not both.")
        if not media_uid and not link:
            raise missing(f"{kind}['id']")
        if link and not link.startswith(("http://", "https://")):
            raise invalid(f"Param {kind}['link'] is not a valid URL.")
        if not caption and content.get("caption"):
            raise invalid(f'Unexpected key "caption" on param "{kind}".')
        at_most(f"{kind}['caption']", text_value(content, "caption"), CAPTION_LIMIT)
        at_most(f"{kind}['filename']", text_value(content, "filename"), FILENAME_LIMIT)
        boolean_value(content, "voice", f"{kind}['voice']")

    return check


def _check_location(content: dict) -> None:
    _degrees(content, "latitude", 90)
    _degrees(content, "longitude", 180)
    for key in ("name", "address"):
        text_value(content, key)


def _degrees(content: dict, key: str, largest: int) -> None:
    value = content.get(key)
    if value is None or value == "":
        raise missing(f"location['{key}']")
    try:
        fits = not isinstance(value, bool) and abs(float(value)) <= largest
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise GraphError(131009, f"Param location['{key}'] must be within ±{largest} degrees.")


def _check_contacts(cards: list) -> None:
    if not all(isinstance(card, dict) for card in cards):
        raise invalid("Param contacts must be an array of objects.")
    if not 1 <= len(cards) <= CARDS_LIMIT:
        raise GraphError(131009, f"Param contacts must have 1 to {CARDS_LIMIT} elements.")
    for card in cards:
        name = object_value(card, "name", "contacts['name']")
        required_text(name, "formatted_name", "contacts['name']['formatted_name']")
        if not any(text_value(name, part) for part in NAME_PARTS):
            raise missing("contacts['name']['first_name']")
        for key in ("phones", "emails", "urls", "addresses"):
            objects_value(card, key)


def _check_reaction(content: dict) -> None:
    required_text(content, "message_id", "reaction['message_id']")
    if not isinstance(content.get("emoji"), str):
        raise missing("reaction['emoji']")
    at_most("reaction['emoji']", content["emoji"], 32)


def _check_template(content: dict) -> None:
    required_text(content, "name", "template['name']")
    language = object_value(content, "language", "template['language']['code']")
    required_text(language, "code", "template['language']['code']")
    for component in objects_value(content, "components"):
        for parameter in objects_value(component, "parameters"):
            text_value(parameter, "text")


def _check_interactive(content: dict) -> None:
    check_interactive(content, lambda kind, file: CHECKS[kind](file))


CHECKS: dict[str, Callable] = {
    "text": _check_text,
    "image": _check_media("image", caption=True),
    "video": _check_media("video", caption=True),
    "audio": _check_media("audio", caption=False),
    "document": _check_media("document", caption=True),
    "sticker": _check_media("sticker", caption=False),
    "location": _check_location,
    "contacts": _check_contacts,
    "reaction": _check_reaction,
    "interactive": _check_interactive,
    "template": _check_template,
}
MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")
