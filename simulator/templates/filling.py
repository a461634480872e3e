"""Puts the values of a send into the texts of a template, with Meta's refusals.

Meta Cloud API: template messages, error codes 132000 to 132018.
"""

import re
from collections.abc import Callable

from ..graph_errors import GraphError, missing
from ..graph_values import object_value, objects_value, text_value
from .model import VARIABLE, Template, component_of, variables_of

BODY_LIMIT, HEADER_LIMIT, URL_LIMIT, CODE_LIMIT = 1024, 60, 2000, 20
MEDIA = ("image", "video", "document", "gif")
BLANKS = re.compile(r"[\n\r\t]| {5,}")
SPOKEN = {"currency": "fallback_value", "date_time": "fallback_value"}
# How long Meta tries to deliver a code when the template does not say (Meta Cloud API: TTL).
CODE_SECONDS = 600
# Checks of the content of a kind of message, by kind.
Checks = dict[str, Callable]


def fill(template: Template, content: dict, checks: Checks) -> dict:
    """Return what the phone shows of ``template`` with the values in ``content``.

    :param content: ``template`` of the send
    :param checks: for header files and places
    :raises GraphError: 132000, 132005, 132012, 132018 or 131008
    """
    given = objects_value(content, "components")
    named = template.parameter_format == "NAMED"
    shown = {
        "template_uid": template.uid,
        "category": template.category,
        **_filled_parts(template.components, given, named, checks),
    }
    offer = template.component("LIMITED_TIME_OFFER")
    if offer:
        shown["offer"] = _offer(offer["limited_time_offer"], given)
    carousel = template.component("CAROUSEL")
    if carousel:
        shown["cards"] = _cards(carousel["cards"], given, named, checks)
    return shown


def ttl_seconds(template: Template) -> int | None:
    """Return for how long an undelivered message is kept, None for the usual 30 days."""
    if template.ttl_seconds and template.ttl_seconds > 0:
        return template.ttl_seconds
    return CODE_SECONDS if template.category == "AUTHENTICATION" else None


def _filled_parts(components: list[dict], given: list[dict], named: bool, checks: Checks) -> dict:
    shown = {}
    header = component_of(components, "HEADER")
    parameters = _parameters(given, "header")
    if header:
        shown["header"] = _header(header, parameters, named, checks)
    elif parameters:
        raise _count("header", parameters, 0)
    body = component_of(components, "BODY")
    parameters = _parameters(given, "body")
    shown["body"] = _text("body", body["text"] if body else "", parameters, named, BODY_LIMIT)
    footer = component_of(components, "FOOTER")
    if footer:
        shown["footer"] = footer["text"]
    buttons = component_of(components, "BUTTONS")
    shown["buttons"] = _buttons(buttons["buttons"] if buttons else [], given)
    return shown


def _parameters(given: list[dict], kind: str) -> list[dict]:
    found = [one for one in given if text_value(one, "type").lower() == kind]
    return [parameter for one in found for parameter in objects_value(one, "parameters")]


def _count(where: str, parameters: list, expected: int) -> GraphError:
    return GraphError(
        132000,
        f"{where}: number of localizable_params ({len(parameters)}) does not match the expected "
        f"number of params ({expected})",
    )


def _mismatch(where: str, expected: str, received: str) -> GraphError:
    return GraphError(
        132012, f"{where}: Format mismatch, expected {expected.upper()}, received {received}"
    )


def _text(where: str, text: str, parameters: list[dict], named: bool, limit: int) -> str:
    names = variables_of(text)
    for parameter in parameters:
        kind = text_value(parameter, "type")
        if kind != "text" and kind not in SPOKEN:
            raise _mismatch(where, "text", kind.upper() or "UNKNOWN")
        if named != bool(text_value(parameter, "parameter_name")):
            word = "needs" if named else "has no"
            raise GraphError(132018, f"{where}: this template {word} parameter_name")
    if len(parameters) != len(names):
        raise _count(where, parameters, len(names))
    if named:
        values = {one["parameter_name"]: _value(where, one) for one in parameters}
        if set(values) != set(names):
            unknown = ", ".join(sorted(set(values) ^ set(names)))
            raise GraphError(132000, f"{where}: parameter names do not match: {unknown}")
    else:
        values = {str(at): _value(where, one) for at, one in enumerate(parameters, 1)}
    filled = VARIABLE.sub(lambda found: values[found[1]], text)
    if len(filled) > limit:
        raise GraphError(
            132005, f"{where}: Translated text length ({len(filled)}) is over the limit ({limit})"
        )
    return filled


def _value(where: str, parameter: dict) -> str:
    kind = parameter["type"]
    if kind in SPOKEN:
        holder = object_value(parameter, kind, f"{where}['{kind}']")
        value = text_value(holder, SPOKEN[kind])
    else:
        value = text_value(parameter, "text")
    if not value.strip():
        raise GraphError(131008, f"{where}: Parameter of type {kind} is missing text value")
    if BLANKS.search(value):
        raise GraphError(
            132018,
            f"{where}: Param text cannot have new-line/tab characters or more than 4 consecutive "
            "spaces",
        )
    return value


def _header(header: dict, parameters: list[dict], named: bool, checks: Checks) -> dict:
    kind = header["format"].lower()
    if kind == "text":
        return {
            "type": "text",
            "text": _text("header", header["text"], parameters, named, HEADER_LIMIT),
        }
    if len(parameters) > 1:
        raise _count("header", parameters, 1)
    received = text_value(parameters[0], "type") if parameters else ""
    if received != kind:
        raise _mismatch("header", kind, received.upper() or "UNKNOWN")
    content = object_value(parameters[0], kind, f"header['{kind}']")
    if kind == "location":
        for key in ("name", "address"):
            if not text_value(content, key):
                raise missing(f"header['location']['{key}']")
    check = checks.get("video" if kind == "gif" else kind)
    if check:
        check(content)
    return {"type": kind, kind: content}


def _buttons(buttons: list[dict], given: list[dict]) -> list[dict]:
    sent = {}
    for one in given:
        if text_value(one, "type").lower() == "button":
            index = str(one.get("index", ""))
            if not index.isdigit() or int(index) >= len(buttons):
                raise GraphError(132018, f"buttons: There is no button at index {index or '?'}")
            sent[int(index)] = one
    return [_button(at, button, sent.get(at)) for at, button in enumerate(buttons)]


# What `sub_type` of a send says for each kind of button.
SUB_TYPES = {
    "QUICK_REPLY": "quick_reply",
    "URL": "url",
    "OTP": "url",
    "COPY_CODE": "copy_code",
    "FLOW": "flow",
    "CATALOG": "catalog",
    "MPM": "mpm",
    "VOICE_CALL": "voice_call",
}


def _button(at: int, button: dict, sent: dict | None) -> dict:
    kind = button["type"]
    where = f"buttons: Button at index {at} of type {kind.replace('_', ' ').title()}"
    parameters = objects_value(sent, "parameters") if sent else []
    if sent and text_value(sent, "sub_type").lower() != SUB_TYPES.get(kind):
        raise GraphError(132012, f"{where} does not match sub_type {sent.get('sub_type')!r}")
    fill_in = FILLERS.get(kind)
    if fill_in is None and parameters:
        raise GraphError(132018, f"{where} does not take parameters")
    shown = {"type": kind.lower(), "text": button.get("text", "")}
    return shown | (fill_in(where, button, parameters) if fill_in else _static(button))


def _static(button: dict) -> dict:
    return {"phone": button["phone_number"]} if "phone_number" in button else {}


def _only(where: str, parameters: list[dict], kind: str, key: str, *, needed: bool = True) -> str:
    """Return the one value that a button takes."""
    if not parameters and not needed:
        return ""
    if not parameters:
        raise GraphError(131008, f"{where} requires a parameter")
    if len(parameters) > 1:
        raise _count(where, parameters, 1)
    if text_value(parameters[0], "type") != kind:
        raise _mismatch(where, kind, text_value(parameters[0], "type").upper() or "UNKNOWN")
    value = text_value(parameters[0], key)
    if not value:
        raise GraphError(131008, f"{where}: Parameter of type {kind} is missing {key} value")
    return value


def _reply(where: str, button: dict, parameters: list[dict]) -> dict:
    payload = _only(where, parameters, "payload", "payload", needed=False)
    return {"id": payload or button["text"]}


def _url(where: str, button: dict, parameters: list[dict]) -> dict:
    address = button["url"]
    if "{{" not in address:
        if parameters:
            raise GraphError(132018, f"{where} does not take parameters")
        return {"url": address}
    address = VARIABLE.sub("", address) + _only(where, parameters, "text", "text")
    if len(address) > URL_LIMIT:
        raise GraphError(132005, f"{where}: The address is over the limit ({URL_LIMIT})")
    return {"url": address}


def _code(where: str, button: dict, parameters: list[dict]) -> dict:
    code = _only(where, parameters, "coupon_code", "coupon_code")
    if len(code) > CODE_LIMIT:
        raise GraphError(132005, f"{where}: The code is over the limit ({CODE_LIMIT})")
    return {"code": code}


def _one_time_code(where: str, button: dict, parameters: list[dict]) -> dict:
    return {"code": _only(where, parameters, "text", "text")}


def _flow(where: str, button: dict, parameters: list[dict]) -> dict:
    action = parameters[0].get("action") if parameters else None
    token = action.get("flow_token") if isinstance(action, dict) else ""
    return {"token": token or "unused"}


def _products(where: str, button: dict, parameters: list[dict]) -> dict:
    if not parameters:
        raise GraphError(131008, f"{where} requires a parameter")
    return {"action": object_value(parameters[0], "action", f"{where}['action']")}


def _call(where: str, button: dict, parameters: list[dict]) -> dict:
    return {}


FILLERS = {
    "QUICK_REPLY": _reply,
    "URL": _url,
    "COPY_CODE": _code,
    "OTP": _one_time_code,
    "FLOW": _flow,
    "MPM": _products,
    "VOICE_CALL": _call,
    "CATALOG": lambda where, button, parameters: {},
}


def _offer(offer: dict, given: list[dict]) -> dict:
    shown = {"text": offer["text"]}
    if offer.get("has_expiration") is not False:
        parameters = _parameters(given, "limited_time_offer")
        found = parameters[0].get("limited_time_offer") if parameters else None
        expires = found.get("expiration_time_ms") if isinstance(found, dict) else None
        if not isinstance(expires, int):
            raise missing("limited_time_offer['expiration_time_ms']")
        shown["expires_ms"] = expires
    return shown


def _cards(cards: list[dict], given: list[dict], named: bool, checks: Checks) -> list[dict]:
    carousels = [one for one in given if text_value(one, "type").lower() == "carousel"]
    sent = [card for one in carousels for card in objects_value(one, "cards")]
    if len(sent) != len(cards):
        raise _count("carousel", sent, len(cards))
    sent = sorted(sent, key=lambda card: int(card.get("card_index", 0)))
    return [
        _filled_parts(card["components"], objects_value(own, "components"), named, checks)
        for card, own in zip(cards, sent, strict=True)
    ]
