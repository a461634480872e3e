"""Meta's rules for the buttons of a template."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from .. import phones
from ..lenient import web_address
from . import maxima
from .finding import Finding, error, too_long, warning
from .lint_parts import plain_findings, without_variables
from .model import BUTTON_KINDS, Button
from .placeholders import fill, placeholders

_MOST = {
    "url": maxima.URL_BUTTONS,
    "phone_number": maxima.PHONE_BUTTONS,
    "voice_call": maxima.PHONE_BUTTONS,
    "copy_code": maxima.CODE_BUTTONS,
    "flow": maxima.FLOW_BUTTONS,
    "catalog": 1,
    "mpm": 1,
}
_WORDED_BY_META = ("copy_code", "otp")
_SHORTEST_NUMBER = 7  # digits, with the country code
_CHAT_HOSTS = ("wa.me", "api.whatsapp.com", "chat.whatsapp.com")
_SHORT_HOSTS = (
    *("bit.ly", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "buff.ly", "cutt.ly"),
    *("rebrand.ly", "rb.gy", "shorturl.at", "t.ly"),
)


def button_findings(buttons: tuple[Button, ...], prefix: str = "") -> Iterator[Finding]:
    """Check the buttons of a template or, with ``prefix``, of a card."""
    part = f"{prefix}buttons"
    if len(buttons) > maxima.BUTTONS:
        yield error("too_many_buttons", part, maximum=maxima.BUTTONS, actual=len(buttons))
    for kind, count in Counter(button.kind for button in buttons).items():
        if count > _MOST.get(kind, count):
            yield error("too_many_of_kind", part, kind=kind, maximum=_MOST[kind], actual=count)
    replies = [index for index, button in enumerate(buttons) if button.kind == "quick_reply"]
    if replies and replies[-1] - replies[0] >= len(replies):
        yield error("quick_replies_split", part)
    seen: set[str] = set()
    for index, button in enumerate(buttons):
        label = button.text.strip().casefold()
        if label and label in seen:
            yield error("label_twice", f"{part}.{index}", label=button.text)
        seen.add(label)
        yield from _button(button, f"{part}.{index}")


def _button(button: Button, part: str) -> Iterator[Finding]:
    if button.kind not in BUTTON_KINDS:
        yield warning("button_unknown", part, kind=button.kind)
        return
    if button.kind not in _WORDED_BY_META:
        if not button.text.strip():
            yield error("text_missing", part)
        yield from too_long(part, button.text, maxima.BUTTON_TEXT)
        yield from without_variables(part, button.text)
        yield from plain_findings(part, button.text)
    if button.kind == "url":
        yield from _url(button, part)
    elif button.kind == "phone_number":
        yield from _phone(button, part)
    elif button.kind == "copy_code":
        if not button.sample.strip():
            yield error("code_missing", part)
        yield from too_long(part, button.sample, maxima.COPY_CODE)
    elif button.kind == "flow" and not button.flow_uid:
        yield error("flow_missing", part)


def _url(button: Button, part: str) -> Iterator[Finding]:
    url = button.url.strip()
    if not url:
        yield error("url_missing", part)
        return
    yield from too_long(part, url, maxima.URL)
    found = placeholders(url)
    fixed = url[: found[0].start] if found else url
    host = _host(fixed)
    if not host or not web_address(fill(url, lambda _name: "x")):
        yield error("url_invalid", part, url=url)
    elif host in _CHAT_HOSTS:
        yield warning("url_of_chat", part, host=host)
    elif host in _SHORT_HOSTS:
        yield warning("url_short", part, host=host)
    if len(found) > 1 or (found and found[0].end != len(url)):
        yield error("url_variable", part, found[0].name)
    elif found and found[0].name != "1":
        yield error("url_variable_name", part, found[0].name)
    if found and not button.sample.strip():
        yield error("sample_missing", part, found[0].name)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower().removeprefix("www.")
    except ValueError:  # brackets that hold no IPv6 address
        return ""


def _phone(button: Button, part: str) -> Iterator[Finding]:
    number = button.phone_number.strip()
    if not number:
        yield error("phone_missing", part)
    elif not number.startswith("+") or len(phones.digits(number)) < _SHORTEST_NUMBER:
        yield error("phone_invalid", part, number=number)
    yield from too_long(part, number, maxima.PHONE_NUMBER)
