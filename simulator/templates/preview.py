"""A template with its samples put in, as WhatsApp Manager shows it before it is sent."""

from .model import VARIABLE, Template, component_of

SAMPLE_CODE = "123456"


def sample_shown(template: Template) -> dict:
    """Return what a phone would show, with the samples as values."""
    shown = _part(template.components, template.samples)
    offer = template.component("LIMITED_TIME_OFFER")
    if offer:
        shown["offer"] = {"text": offer["limited_time_offer"]["text"]}
    carousel = template.component("CAROUSEL")
    if carousel:
        shown["cards"] = [_part(card["components"], template.samples) for card in carousel["cards"]]
    return shown


def _part(components: list[dict], samples: dict[str, str]) -> dict:
    shown = {}
    header = component_of(components, "HEADER")
    if header:
        shown["header"] = _header(header, samples)
    body = component_of(components, "BODY")
    shown["body"] = _text(body, "body_text") if body else ""
    footer = component_of(components, "FOOTER")
    if footer:
        shown["footer"] = footer["text"]
    buttons = component_of(components, "BUTTONS")
    shown["buttons"] = [_button(one) for one in buttons["buttons"]] if buttons else []
    return shown


def _header(header: dict, samples: dict[str, str]) -> dict:
    kind = header["format"].lower()
    if kind == "text":
        return {"type": "text", "text": _text(header, "header_text")}
    if kind == "location":
        place = {"latitude": 30.0444, "longitude": 31.2357, "name": "", "address": ""}
        return {"type": kind, "location": place}
    handles = (header.get("example") or {}).get("header_handle") or [""]
    return {"type": kind, kind: {"id": samples.get(handles[0], "")}}


def _text(component: dict, key: str) -> str:
    """Return the text with its samples; a code has one of its own."""
    example = component.get("example") or {}
    named = example.get(f"{key}_named_params") or []
    values = {one["param_name"]: one["example"] for one in named}
    listed = example.get(key) or []
    listed = listed[0] if listed and isinstance(listed[0], list) else listed
    values |= {str(at): text for at, text in enumerate(listed, 1)}
    return VARIABLE.sub(lambda found: values.get(found[1], SAMPLE_CODE), component["text"])


def _button(button: dict) -> dict:
    shown = {"type": button["type"].lower(), "text": button.get("text", "")}
    example = button.get("example") or [""]
    if button["type"] == "QUICK_REPLY":
        shown["id"] = button["text"]
    elif button["type"] == "URL":
        shown["url"] = example[0] if "{{" in button["url"] else button["url"]
    elif button["type"] == "COPY_CODE":
        shown["code"] = example[0]
    elif button["type"] == "PHONE_NUMBER":
        shown["phone"] = button["phone_number"]
    return shown
