"""Templates as Meta's JSON, to create and to edit. Source: Meta Cloud API: message_templates."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from .model import (
    Body,
    Button,
    Buttons,
    Card,
    Carousel,
    Component,
    Footer,
    Header,
    Offer,
    OtherComponent,
    Template,
)
from .placeholders import names


def create_payload(template: Template) -> dict[str, Any]:
    """Return the body of the call that creates ``template``; nothing is checked, see `lint`."""
    payload: dict[str, Any] = {
        "name": template.name,
        "language": template.language,
        "category": template.category.upper(),
        "parameter_format": template.parameter_format.upper(),
        "components": components_json(template),
    }
    if template.ttl_seconds:
        payload["message_send_ttl_seconds"] = template.ttl_seconds
    return payload


def edit_payload(template: Template, current: Template) -> dict[str, Any]:
    """Return the body of the call that makes ``current`` at Meta into ``template``.

    The category of an approved template cannot be edited, so it is only told when it may be. Name,
    language and format of the variables never can.
    """
    payload: dict[str, Any] = {"components": components_json(template)}
    if template.category != current.category and current.status != "approved":
        payload["category"] = template.category.upper()
    if template.ttl_seconds != current.ttl_seconds:
        payload["message_send_ttl_seconds"] = template.ttl_seconds
    return payload


def components_json(template: Template) -> list[dict[str, Any]]:
    """Return the components as Meta writes them."""
    return [component_json(part, template.is_named) for part in template.components]


def component_json(component: Component, is_named: bool = False) -> dict[str, Any]:
    """Return one component as Meta writes it.

    :param is_named: the variables have names instead of numbers
    """
    return _WRITERS[type(component)](component, is_named)


def content_digest(template: Template) -> str:
    """Return a short text that changes when what customers see does.

    Addresses of example files are left out: Meta writes new ones whenever it is asked.
    """
    parts = [_without_files(part) for part in components_json(template)]
    shown = json.dumps([template.parameter_format, parts], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _without_files(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_files(item) for item in value]
    if isinstance(value, dict):
        return {k: _without_files(item) for k, item in value.items() if k != "header_handle"}
    return value


# === COMPONENTS === #


def _header(header: Header, is_named: bool) -> dict[str, Any]:
    example = _example("header_text", header.text, header.samples, is_named)
    if header.media_sample:
        example["header_handle"] = [header.media_sample]
    return _component(
        header, "HEADER", {"format": header.format.upper(), "text": header.text, "example": example}
    )


def _body(body: Body, is_named: bool) -> dict[str, Any]:
    example = _example("body_text", body.text, body.samples, is_named)
    recommends = {"add_security_recommendation": body.add_security_recommendation}
    return _component(body, "BODY", {"text": body.text, **recommends, "example": example})


def _footer(footer: Footer, _is_named: bool) -> dict[str, Any]:
    minutes = footer.code_expiration_minutes
    return _component(footer, "FOOTER", {"text": footer.text, "code_expiration_minutes": minutes})


def _buttons(buttons: Buttons, _is_named: bool) -> dict[str, Any]:
    rows = [_button(button) for button in buttons.buttons]
    return {"type": "BUTTONS", "buttons": rows, **buttons.extra}


def _button(button: Button) -> dict[str, Any]:
    # Examples of addresses are a list, that of a code is a text.
    sample = [button.sample] if button.kind == "url" and button.sample else button.sample
    return _component(
        button,
        button.kind.upper(),
        {
            "text": button.text,
            "url": button.url,
            "example": sample,
            "phone_number": button.phone_number,
            "flow_id": button.flow_uid,
            "flow_action": button.flow_action,
            "navigate_screen": button.flow_screen,
            "otp_type": button.otp_type.upper(),
        },
    )


def _offer(offer: Offer, _is_named: bool) -> dict[str, Any]:
    content = {"text": offer.text, "has_expiration": offer.has_expiration}
    return {"type": "LIMITED_TIME_OFFER", "limited_time_offer": content, **offer.extra}


def _carousel(carousel: Carousel, is_named: bool) -> dict[str, Any]:
    cards = [_card(card, is_named) for card in carousel.cards]
    return {"type": "CAROUSEL", "cards": cards, **carousel.extra}


def _card(card: Card, is_named: bool) -> dict[str, Any]:
    return {"components": [component_json(part, is_named) for part in card.components]} | card.extra


def _example(key: str, text: str, samples: dict[str, str], is_named: bool) -> dict[str, Any]:
    """Give examples for the variables that ``text`` has, not for those that it had once."""
    wanted = [name for name in names(text) if samples.get(name)]
    if not wanted:
        return {}
    if is_named:
        rows = [{"param_name": name, "example": samples[name]} for name in wanted]
        return {f"{key}_named_params": rows}
    last = max((int(name) for name in wanted if name.isdigit()), default=0)
    row = [samples.get(str(number), "") for number in range(1, last + 1)]
    return {key: [row] if key == "body_text" else row}


def _component(part: Any, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, **{key: value for key, value in content.items() if value}, **part.extra}


_WRITERS: dict[type, Callable[[Any, bool], dict[str, Any]]] = {
    Body: _body,
    Buttons: _buttons,
    Carousel: _carousel,
    Footer: _footer,
    Header: _header,
    Offer: _offer,
    OtherComponent: lambda other, _is_named: other.raw,
}
