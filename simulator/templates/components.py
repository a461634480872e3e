"""Checks of a template's components when it is created or edited (Meta Cloud API: templates)."""

import re
from collections.abc import Callable

from ..graph_errors import GraphError
from ..graph_values import object_value, objects_value, text_value
from .buttons import check_buttons
from .model import component_of
from .problems import BODY, FOOTER, HEADER, INCOMPLETE, TOO_LONG, not_possible, problem, too_long
from .texts import check_places, check_samples, check_variables

HEADER_LIMIT, BODY_LIMIT, FOOTER_LIMIT = 60, 1024, 60
OFFER_BODY_LIMIT, CARD_BODY_LIMIT, OFFER_LIMIT, MOST_CARDS = 600, 160, 16, 10
MEDIA_FORMATS = ("IMAGE", "VIDEO", "DOCUMENT", "GIF")
FORMATS = ("TEXT", *MEDIA_FORMATS, "LOCATION", "PRODUCT")
EMOJI_OR_MARKUP = re.compile(r"[*_~`\n\U0001F000-\U0001FAFF\u2600-\u27BF]")
# Tells whether a handle names a file for this format of header.
KnowsHandle = Callable[[str, str], bool]


def check_components(
    components: list[dict], category: str, named: bool, knows_handle: KnowsHandle
) -> list[dict]:
    """Return the components in the form in which Meta keeps them.

    :raises GraphError: 100 with Meta's subcode and words
    """
    found = [{**one, "type": text_value(one, "type").upper()} for one in components]
    kinds = [component["type"] for component in found]
    unknown = set(kinds) - set(CHECKS)
    if unknown or len(set(kinds)) != len(kinds):
        raise GraphError(
            100, message=f"(#100) Param type must be one of {{{', '.join(CHECKS)}}}, each once."
        )
    if "BODY" not in kinds:
        raise problem(INCOMPLETE, "The template has no component of type BODY.")
    checked = [
        CHECKS[component["type"]](component, category, named, knows_handle) for component in found
    ]
    _check_combination(checked, category)
    return checked


def _check_combination(components: list[dict], category: str) -> None:
    kinds = {component["type"] for component in components}
    body = component_of(components, "BODY")
    if kinds & {"CAROUSEL", "LIMITED_TIME_OFFER"} and category != "MARKETING":
        raise not_possible("Category", "Carousels and limited-time offers are for MARKETING only.")
    if "CAROUSEL" in kinds and kinds - {"BODY", "CAROUSEL"}:
        raise not_possible("Carousel", "A carousel stands with a body only.")
    if "LIMITED_TIME_OFFER" in kinds:
        too_long("The body", body["text"], OFFER_BODY_LIMIT)
        if "FOOTER" in kinds:
            raise problem(FOOTER, "A limited-time offer has no footer.")
    if category == "AUTHENTICATION" and not ("BUTTONS" in kinds and "HEADER" not in kinds):
        raise problem(INCOMPLETE, "An authentication template has an OTP button and no header.")


def _check_header(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    kind = text_value(component, "format").upper()
    if kind not in FORMATS:
        raise problem(HEADER, f"The format must be one of {', '.join(FORMATS)}.")
    found = {**component, "format": kind}
    if kind == "TEXT":
        text = text_value(component, "text")
        if not text.strip():
            raise problem(
                INCOMPLETE, "A header of format TEXT is missing expected field(s) (text)."
            )
        too_long("The header", text, HEADER_LIMIT)
        names = check_variables(text, named, HEADER)
        if len(names) > 1 or EMOJI_OR_MARKUP.search(re.sub(r"\{\{.*?\}\}", "", text)):
            raise problem(
                HEADER,
                "A header has one variable at most, no line breaks, no formatting and no emoji.",
            )
        check_samples(component, "header_text", names, named)
    elif kind in MEDIA_FORMATS:
        _check_handle(component, kind, knows_handle)
    return found


def _check_handle(component: dict, kind: str, knows_handle: KnowsHandle) -> None:
    example = component.get("example")
    handles = example.get("header_handle") if isinstance(example, dict) else None
    if not isinstance(handles, list) or len(handles) != 1 or not isinstance(handles[0], str):
        raise problem(
            INCOMPLETE,
            f"component of type HEADER is missing expected field(s) (example): a header of format "
            f"{kind} needs a sample in header_handle.",
        )
    if not knows_handle(handles[0], kind):
        raise problem(HEADER, f"The sample is no uploaded file that fits the format {kind}.")


def _check_body(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    if category == "AUTHENTICATION":
        return _code_body(component)
    text = text_value(component, "text")
    if not text.strip():
        raise problem(INCOMPLETE, "component of type BODY is missing expected field(s) (text).")
    too_long("The body", text, BODY_LIMIT)
    names = check_variables(text, named, BODY)
    check_places(text, names)
    check_samples(component, "body_text", names, named)
    return component


def _code_body(component: dict) -> dict:
    if component.get("text"):
        raise problem(BODY, "The text of an authentication template is written by Meta.")
    text = "*{{1}}* is your verification code."
    if component.get("add_security_recommendation") is True:
        text += " For your security, do not share this code."
    return {**component, "text": text}


def _check_footer(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    if category == "AUTHENTICATION":
        minutes = component.get("code_expiration_minutes")
        if not isinstance(minutes, int) or not 1 <= minutes <= 90:
            raise problem(FOOTER, "code_expiration_minutes must be a number from 1 to 90.")
        return {**component, "text": f"This code expires in {minutes} minutes."}
    text = text_value(component, "text")
    if not text.strip():
        raise problem(INCOMPLETE, "component of type FOOTER is missing expected field(s) (text).")
    too_long("The footer", text, FOOTER_LIMIT)
    if "{{" in text or "\n" in text:
        raise problem(FOOTER, "A footer has no variables and no line breaks.")
    return component


def _buttons(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    return check_buttons(component, category)


def _check_offer(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    offer = object_value(component, "limited_time_offer", "limited_time_offer")
    text = text_value(offer, "text")
    if not 1 <= len(text) <= OFFER_LIMIT:
        raise problem(TOO_LONG, f"The text of the offer has 1 to {OFFER_LIMIT} characters.")
    return component


def _check_cards(component: dict, category: str, named: bool, knows_handle: KnowsHandle) -> dict:
    cards = [
        {"components": _card(card, category, named, knows_handle)}
        for card in objects_value(component, "cards")
    ]
    if not 2 <= len(cards) <= MOST_CARDS:
        raise not_possible("Carousel", f"A carousel has 2 to {MOST_CARDS} cards.")
    if len({_shape(card["components"]) for card in cards}) > 1:
        raise not_possible(
            "Carousel", "All cards have the same components, header format and kinds of buttons."
        )
    return {"type": "CAROUSEL", "cards": cards}


def _card(card: dict, category: str, named: bool, knows_handle: KnowsHandle) -> list[dict]:
    parts = []
    for given in objects_value(card, "components"):
        kind = text_value(given, "type").upper()
        if kind not in ("HEADER", "BODY", "BUTTONS"):
            raise not_possible("Carousel", "A card has a header, a body and buttons only.")
        parts.append(CHECKS[kind]({**given, "type": kind}, category, named, knows_handle))
    header, body = component_of(parts, "HEADER"), component_of(parts, "BODY")
    if header is None or header["format"] not in ("IMAGE", "VIDEO", "PRODUCT"):
        raise problem(HEADER, "A card has a header of format IMAGE, VIDEO or PRODUCT.")
    if body:
        too_long("The body of a card", body["text"], CARD_BODY_LIMIT)
    return parts


def _shape(components: list[dict]) -> tuple:
    return tuple(
        (one["type"], one.get("format"), tuple(b["type"] for b in one.get("buttons", [])))
        for one in components
    )


CHECKS = {
    "HEADER": _check_header,
    "BODY": _check_body,
    "FOOTER": _check_footer,
    "BUTTONS": _buttons,
    "LIMITED_TIME_OFFER": _check_offer,
    "CAROUSEL": _check_cards,
}
