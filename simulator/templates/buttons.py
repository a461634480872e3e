"""Checks of a template's buttons: their kinds, texts, addresses and combinations."""

import re
from collections import Counter

from ..graph_errors import GraphError
from ..graph_values import objects_value, text_value
from .model import VARIABLE
from .problems import INCOMPLETE, not_possible, problem, too_long

BUTTONS_LIMIT, LABEL_LIMIT, URL_LIMIT, PHONE_LIMIT, CODE_LIMIT = 10, 25, 2000, 20, 20
# How many buttons of a kind one template may have; the others: one.
MOST = {"QUICK_REPLY": 10, "URL": 2}
WITHOUT_LABEL = frozenset({"COPY_CODE", "OTP", "REQUEST_CONTACT_INFO"})
ALONE = frozenset({"CATALOG", "MPM", "OTP"})
OTP_TYPES = ("COPY_CODE", "ONE_TAP", "ZERO_TAP")


def check_buttons(component: dict, category: str) -> dict:
    """Return the component in the form in which Meta keeps it."""
    buttons = [_checked(button, category) for button in objects_value(component, "buttons")]
    if not 1 <= len(buttons) <= BUTTONS_LIMIT:
        raise not_possible("Buttons", f"A template has 1 to {BUTTONS_LIMIT} buttons.")
    kinds = [button["type"] for button in buttons]
    for kind, count in Counter(kinds).items():
        if count > MOST.get(kind, 1):
            raise not_possible("Buttons", f"At most {MOST.get(kind, 1)} of type {kind} allowed.")
    if ALONE & set(kinds) and len(kinds) > 1:
        raise not_possible("Buttons", f"{kinds[0]} cannot be combined with other buttons.")
    replies = [kind == "QUICK_REPLY" for kind in kinds]
    if sum(one != other for one, other in zip(replies, replies[1:], strict=False)) > 1:
        raise not_possible(
            "Buttons", "Quick replies must stand together, not between other buttons."
        )
    return {"type": "BUTTONS", "buttons": buttons}


def _checked(button: dict, category: str) -> dict:
    kind = text_value(button, "type").upper()
    if kind not in CHECKS:
        raise GraphError(
            100, message=f"(#100) Param type must be one of {{{', '.join(sorted(CHECKS))}}}."
        )
    if (kind == "OTP") != (category == "AUTHENTICATION"):
        raise not_possible("Buttons", f"{kind} does not fit a template of category {category}.")
    if kind not in WITHOUT_LABEL:
        _check_label(button)
    found = {**button, "type": kind}
    CHECKS[kind](found)
    return found


def _check_label(button: dict) -> None:
    label = text_value(button, "text")
    if not label.strip():
        raise problem(INCOMPLETE, "A button is missing expected field(s) (text).")
    too_long("The text of a button", label, LABEL_LIMIT)
    if VARIABLE.search(label) or "\n" in label:
        raise not_possible("Buttons", "Texts of buttons have no variables and no line breaks.")


def _check_url(button: dict) -> None:
    url = text_value(button, "url")
    too_long("The address of a button", url, URL_LIMIT)
    if not re.match(r"https?://[^\s/{]+", url):
        raise not_possible("Buttons", f"{url!r} is not a valid URL.")
    found = VARIABLE.findall(url)
    if not found:
        return
    if found != ["1"] or not url.endswith("}}"):
        raise not_possible("Buttons", "An address has one variable {{1}}, at its end.")
    example = button.get("example")
    # Meta takes a text as well as a list with one.
    button["example"] = [example] if isinstance(example, str) and example else example
    if not isinstance(button["example"], list) or len(button["example"]) != 1:
        raise problem(INCOMPLETE, "A button of type URL is missing expected field(s) (example).")


def _check_phone(button: dict) -> None:
    phone = text_value(button, "phone_number")
    too_long("The phone number of a button", phone, PHONE_LIMIT)
    if not re.fullmatch(r"\+?[\d\s().-]{5,}", phone):
        raise not_possible("Buttons", f"{phone!r} is not a valid phone number.")


def _check_code(button: dict) -> None:
    example = button.get("example")
    code = example[0] if isinstance(example, list) and example else example
    if not isinstance(code, str) or not code:
        raise problem(INCOMPLETE, "A button of type COPY_CODE is missing expected field(s).")
    too_long("The code of a button", code, CODE_LIMIT)
    button |= {"text": "Copy offer code", "example": [code]}


def _check_flow(button: dict) -> None:
    if not any(button.get(key) for key in ("flow_id", "flow_name", "flow_json")):
        raise problem(INCOMPLETE, "A button of type FLOW is missing expected field(s) (flow_id).")


def _check_otp(button: dict) -> None:
    kind = text_value(button, "otp_type").upper()
    if kind not in OTP_TYPES:
        raise not_possible("Buttons", f"otp_type must be one of {', '.join(OTP_TYPES)}.")
    if kind != "COPY_CODE" and not objects_value(button, "supported_apps"):
        raise problem(INCOMPLETE, "A button of type OTP is missing expected field(s).")
    button |= {"otp_type": kind, "text": text_value(button, "text") or "Copy code"}


def _nothing_more(button: dict) -> None:
    """The label is all there is to check."""


def _contact_request(button: dict) -> None:
    button["text"] = "Share contact info"


CHECKS = {
    "QUICK_REPLY": _nothing_more,
    "URL": _check_url,
    "PHONE_NUMBER": _check_phone,
    "COPY_CODE": _check_code,
    "FLOW": _check_flow,
    "OTP": _check_otp,
    "CATALOG": _nothing_more,
    "MPM": _nothing_more,
    "VOICE_CALL": _nothing_more,
    "REQUEST_CONTACT_INFO": _contact_request,
}
