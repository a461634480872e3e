"""A template as the customer will see it: texts in WhatsApp's markup, buttons with their targets.

Values are put in as they are: what looks like markup in them is shown as markup on phones too.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..content_text import text_of
from ..contents import Location
from ..text import clean
from .model import Button, Card, Template
from .placeholders import fill
from .slots import Slot, slots
from .values import MediaFile, Value, Values, is_empty, milliseconds

# Meta words the text of authentication templates; this is its English.
_CODE_TEXT = "*{{1}}* is your verification code."
_SECURITY_TEXT = " For your security, do not share this code."
_EXPIRY_TEXT = "This code expires in %s minutes."


@dataclass(frozen=True, slots=True)
class RenderedButton:
    """A button; ``target`` is the address, the number or the code behind it, '' for others."""

    kind: str
    text: str
    target: str = ""
    payload: str = ""


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """What a template, or one card of it, shows.

    :param header_format: '' without a header
    :param header: text; of a place its name, address and map; of a file its name
    """

    header_format: str = ""
    header: str = ""
    body: str = ""
    footer: str = ""
    offer: str = ""
    offer_code: str = ""
    offer_ends_at: datetime | None = None
    buttons: tuple[RenderedButton, ...] = ()
    cards: tuple["RenderedPart", ...] = ()


def render(template: Template, values: Values, *, with_samples: bool = False) -> RenderedPart:
    """Return what customers see.

    :param values: by the keys of `slots.slots`; an empty one leaves the variable as it stands
    :param with_samples: show the examples in place of empty values
    """
    shown: dict[str, Value] = {}
    wanted = slots(template)
    for slot in wanted:
        value = values.get(slot.key)
        if is_empty(value) and with_samples and slot.sample:
            value = slot.sample
        if not is_empty(value):
            shown[slot.key] = value
    return _part(template, None, wanted, shown)


def as_text(part: RenderedPart, *, with_buttons: bool = False) -> str:
    """Return a rendered template as one text in WhatsApp's markup, for a chat or a search.

    :param with_buttons: also list the labels of the buttons
    """
    header = part.header
    if part.header_format == "text" and header and "*" not in header:
        header = f"*{header}*"
    lines = [header, part.offer, part.body, part.footer]
    if with_buttons:
        lines += [f"[{button.text}]" for button in part.buttons if button.text]
    for card in part.cards:
        lines.append(as_text(card, with_buttons=with_buttons))
    return "\n".join(filter(None, lines))


def as_json(part: RenderedPart) -> dict[str, Any]:
    """Return a rendered template for the browser, without its body, which is the message's text."""
    return {"kind": "template", **_part_json(part)}


def _part_json(part: RenderedPart) -> dict[str, Any]:
    ends_at = part.offer_ends_at
    shown = {
        "header_format": part.header_format,
        "header": part.header,
        "footer": part.footer,
        "offer": part.offer,
        "offer_code": part.offer_code,
        "offer_ends_at": milliseconds(ends_at) if ends_at else 0,
        "buttons": [
            {"kind": button.kind, "text": button.text, "target": button.target}
            for button in part.buttons
        ],
        "cards": [{"body": card.body, **_part_json(card)} for card in part.cards],
    }
    return {key: value for key, value in shown.items() if value}


def _part(
    part: Template | Card, card: int | None, wanted: list[Slot], shown: Values
) -> RenderedPart:
    own = [slot for slot in wanted if slot.card == card]
    header = part.header
    offer = part.offer
    buttons = tuple(
        _button(
            button,
            [slot for slot in own if (slot.component, slot.index) == ("button", index)],
            shown,
        )
        for index, button in enumerate(part.buttons)
    )
    expiration = shown.get("offer.expiration") if card is None else None
    code = next((button.target for button in buttons if button.kind == "copy_code"), "")
    cards = part.cards if isinstance(part, Template) else ()
    return RenderedPart(
        header_format=header.format if header else "",
        header=_header(part, own, shown),
        body=_filled(_body_text(part), "body", own, shown),
        footer=_footer_text(part),
        offer=offer.text if offer else "",
        offer_code=code if offer else "",
        offer_ends_at=expiration if isinstance(expiration, datetime) else None,
        buttons=buttons,
        cards=tuple(_part(inner, number, wanted, shown) for number, inner in enumerate(cards)),
    )


def _header(part: Template | Card, own: list[Slot], shown: Values) -> str:
    if not part.header:
        return ""
    if part.header.format == "text":
        return _filled(part.header.text, "header", own, shown)
    value = next((shown.get(slot.key) for slot in own if slot.component == "header"), None)
    if isinstance(value, Location):
        return text_of(value)
    return value.filename if isinstance(value, MediaFile) else ""


def _filled(text: str, component: str, own: list[Slot], shown: Values) -> str:
    given = {
        slot.name: clean(value)
        for slot in own
        if slot.component == component and isinstance(value := shown.get(slot.key), str)
    }
    return fill(text, given.get)


def _button(button: Button, own: list[Slot], shown: Values) -> RenderedButton:
    value = next((shown[slot.key] for slot in own if slot.key in shown), "")
    value = clean(value) if isinstance(value, str) else ""
    if button.kind == "url":
        target = fill(button.url, lambda _name: value) if value else button.url
        return RenderedButton("url", button.text, target)
    target = button.phone_number or (value if button.kind == "copy_code" else "")
    payload = value if button.kind == "quick_reply" else ""
    return RenderedButton(button.kind, button.text, target, payload)


def _body_text(part: Template | Card) -> str:
    body = part.body
    if not body:
        return ""
    if body.text or not isinstance(part, Template) or part.category != "authentication":
        return body.text
    return _CODE_TEXT + (_SECURITY_TEXT if body.add_security_recommendation else "")


def _footer_text(part: Template | Card) -> str:
    footer = part.footer
    if not footer:
        return ""
    minutes = footer.code_expiration_minutes
    return footer.text or (_EXPIRY_TEXT % minutes if minutes else "")
