"""The body of a message made from a template. Source: Meta Cloud API: template messages."""

from datetime import datetime
from typing import Any

from ..payloads import Recipient, message
from ..payloads_content import location_json
from ..text import clean
from .model import HEADER_FORMATS, Button, Card, Template
from .slots import Slot, slots
from .values import (
    MediaFile,
    Problem,
    TemplateValueError,
    Value,
    Values,
    find_problems,
    is_empty,
    milliseconds,
)

# Buttons that need a choice of products or an order, which is not made here.
_NOT_SENT = ("mpm", "spm", "order_details", "payment_request")
_UNUSED_FLOW_TOKEN = "unused"  # Meta's word for none


def obstacles(template: Template) -> list[Problem]:
    """Return why ``template`` cannot be sent whatever its values are, [] when it can."""
    found = []
    if template.status != "approved":
        found.append(Problem("not_approved", name=template.status))
    for part in (template, *template.cards):
        if part.header and part.header.format not in HEADER_FORMATS:
            found.append(Problem("not_supported", name=f"header {part.header.format}"))
        found += [
            Problem("not_supported", name=f"button {button.kind}")
            for button in part.buttons
            if button.kind in _NOT_SENT
        ]
    return found


def template_message(
    recipient: Recipient,
    template: Template,
    values: Values,
    *,
    now: datetime | None = None,
    callback_data: str = "",
) -> dict[str, Any]:
    """Build a message from ``template``.

    :param values: by the keys of `slots.slots`
    :param now: to refuse an offer that is over
    :param callback_data: comes back in every status of this message
    :raises TemplateValueError: when it cannot be sent like this
    """
    content = template_content(template, values, now=now)
    return message(recipient, "template", content, callback_data=callback_data)


def template_content(
    template: Template, values: Values, *, now: datetime | None = None
) -> dict[str, Any]:
    """Build the content of a message from ``template``, see `template_message`."""
    problems = obstacles(template) + find_problems(template, values, now=now)
    if problems:
        raise TemplateValueError(problems)
    wanted = slots(template)
    components = _components(template, None, wanted, values, template.is_named)
    if template.category == "authentication":
        components += _copy_code_again(template, values["body.1"])
    if template.cards:
        cards = [
            {
                "card_index": number,
                "components": _components(card, number, wanted, values, template.is_named),
            }
            for number, card in enumerate(template.cards)
        ]
        components.append({"type": "carousel", "cards": cards})
    content = {"name": template.name, "language": {"code": template.language}}
    return content | ({"components": components} if components else {})


def _components(
    part: Template | Card,
    card: int | None,
    wanted: list[Slot],
    values: Values,
    is_named: bool,
) -> list[dict[str, Any]]:
    own = [slot for slot in wanted if slot.card == card]
    found = []
    for component in ("header", "offer", "body"):
        kind = "limited_time_offer" if component == "offer" else component
        parameters = [
            _parameter(slot, values[slot.key], is_named)
            for slot in own
            if slot.component == component
        ]
        if parameters:
            found.append({"type": kind, "parameters": parameters})
    for slot in own:
        if slot.component == "button":
            found += _button(slot, part.buttons[slot.index], values.get(slot.key))
    return found


def _parameter(slot: Slot, value: Value, is_named: bool) -> dict[str, Any]:
    if isinstance(value, MediaFile):
        file = {"id": value.media_uid}
        if slot.kind == "document" and value.filename:
            file["filename"] = clean(value.filename)
        return {"type": slot.kind, slot.kind: file}
    if slot.kind == "location":
        return {"type": "location", "location": location_json(value)}
    if isinstance(value, datetime):
        expiration = {"expiration_time_ms": milliseconds(value)}
        return {"type": "limited_time_offer", "limited_time_offer": expiration}
    name = {"parameter_name": slot.name} if is_named else {}
    return {"type": "text", **name, "text": clean(value)}


def _button(slot: Slot, button: Button, value: Value | None) -> list[dict[str, Any]]:
    """Build the component of one button; Meta needs none for a button without a value."""
    if is_empty(value) and slot.kind != "flow_token":
        return []
    text = clean(value or "")
    parameter: dict[str, Any] = {
        "copy_code": {"type": "coupon_code", "coupon_code": text},
        "flow_token": {"type": "action", "action": {"flow_token": text or _UNUSED_FLOW_TOKEN}},
        "payload": {"type": "payload", "payload": text},
        "product": {"type": "action", "action": {"thumbnail_product_retailer_id": text}},
        "url_suffix": {"type": "text", "text": text},
    }[slot.kind]
    return [_button_json(button.kind, slot.index, parameter)]


def _copy_code_again(template: Template, code: Value) -> list[dict[str, Any]]:
    """Give the code to the buttons that copy it or fill it in."""
    parameter = {"type": "text", "text": clean(code)}
    return [
        _button_json("url", index, parameter)
        for index, button in enumerate(template.buttons)
        if button.kind in ("otp", "url")
    ]


def _button_json(kind: str, index: int, parameter: dict[str, Any]) -> dict[str, Any]:
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": [parameter]}
