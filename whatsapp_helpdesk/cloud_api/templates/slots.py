"""What a template asks for: one slot per value to give when sending."""

from collections.abc import Iterator
from dataclasses import dataclass

from .model import MEDIA_HEADERS, Body, Button, Card, Header, Template
from .placeholders import names

SLOT_KINDS = (
    "text",
    "one_time_code",
    *MEDIA_HEADERS,
    "location",
    "url_suffix",
    "payload",
    "copy_code",
    "flow_token",
    "product",
    "expiration",
)
TEXT_KINDS = (
    "text",
    "one_time_code",
    "url_suffix",
    "payload",
    "copy_code",
    "flow_token",
    "product",
)

_OF_BUTTONS = {
    "quick_reply": "payload",
    "copy_code": "copy_code",
    "flow": "flow_token",
    "voice_call": "payload",
    "catalog": "product",
}
_NEEDED = ("copy_code", "url_suffix")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value.

    :param key: unique in the template and stable, such as ``body.first_name``, ``header.image``,
        ``button.0.payload``, ``card.1.body.2`` or ``offer.expiration``
    :param component: ``header``, ``body``, ``button`` or ``offer``
    :param kind: one of `SLOT_KINDS`; those of `TEXT_KINDS` take a text
    :param name: of the variable, '' for what is none
    :param index: of the button, from 0
    :param card: of the carousel, from 0; None outside of it
    :param sample: the example that Meta was given
    :param label: of the button
    :param required: without a value the template cannot be sent
    """

    key: str
    component: str
    kind: str
    name: str = ""
    index: int = 0
    card: int | None = None
    sample: str = ""
    label: str = ""
    required: bool = True


def slots(template: Template) -> list[Slot]:
    """Return the slots of ``template`` in the order in which customers see them."""
    if template.category == "authentication":
        # One code, shown in the text and copied by the button.
        samples = template.body.samples if template.body else {}
        return [Slot("body.1", "body", "one_time_code", "1", sample=samples.get("1", ""))]
    found = [*_header(template.header, None)]
    if template.offer and template.offer.has_expiration:
        found.append(Slot("offer.expiration", "offer", "expiration"))
    found += [*_body(template.body, None), *_buttons(template.buttons, None)]
    for number, card in enumerate(template.cards):
        found += _card(card, number)
    return found


def variable(url: str) -> str:
    """Return the name of the variable of a button's address, '' for a static one."""
    return next(iter(names(url)), "")


def _card(card: Card, number: int) -> Iterator[Slot]:
    yield from _header(card.header, number)
    yield from _body(card.body, number)
    yield from _buttons(card.buttons, number)


def _header(header: Header | None, card: int | None) -> Iterator[Slot]:
    if header is None:
        return
    if header.format == "text":
        for name in names(header.text):
            sample = header.samples.get(name, "")
            yield Slot(_key(card, "header", name), "header", "text", name, card=card, sample=sample)
    elif header.format in SLOT_KINDS:
        yield Slot(_key(card, "header", header.format), "header", header.format, card=card)


def _body(body: Body | None, card: int | None) -> Iterator[Slot]:
    for name in names(body.text) if body else ():
        sample = body.samples.get(name, "")
        yield Slot(_key(card, "body", name), "body", "text", name, card=card, sample=sample)


def _buttons(buttons: tuple[Button, ...], card: int | None) -> Iterator[Slot]:
    for index, button in enumerate(buttons):
        name = variable(button.url) if button.kind == "url" else ""
        kind = "url_suffix" if name else _OF_BUTTONS.get(button.kind)
        if kind:
            yield Slot(
                _key(card, "button", str(index), kind),
                "button",
                kind,
                name,
                index,
                card,
                sample=suffix_of(button.url, button.sample) if name else button.sample,
                label=button.text,
                required=kind in _NEEDED,
            )


def suffix_of(url: str, address: str) -> str:
    """Return what ``address`` has in place of the variable of ``url``, '' when it does not fit.

    For a button to ``https://shop.example/{{1}}`` and a link of the document there, for instance.
    What is no address at all is taken for the value itself.
    """
    name = variable(url)
    before, _mark, after = url.partition(f"{{{{{name}}}}}")
    if not name or not address:
        return ""
    inner = address[len(before) :]
    if address.startswith(before) and inner.endswith(after):
        return inner[: len(inner) - len(after)] if after else inner
    return "" if "://" in address else address


def _key(card: int | None, *parts: str) -> str:
    return ".".join(parts if card is None else ("card", str(card), *parts))
