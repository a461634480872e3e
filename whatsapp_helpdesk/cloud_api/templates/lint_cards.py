"""Meta's rules for limited-time offers and for the cards of a carousel."""

from collections.abc import Iterator

from . import maxima
from .finding import Finding, error, too_long
from .lint_buttons import button_findings
from .lint_parts import body_findings, header_findings, plain_findings, without_variables
from .model import Card, Template

_PICTURES = ("image", "video")


def offer_findings(template: Template) -> Iterator[Finding]:
    """Check a template with a limited-time offer."""
    offer = template.offer
    if template.category != "marketing":
        yield error("offer_category", "category")
    if not offer.text.strip():
        yield error("text_missing", "offer")
    yield from too_long("offer", offer.text, maxima.OFFER_TEXT)
    yield from without_variables("offer", offer.text)
    yield from plain_findings("offer", offer.text)
    if template.footer:
        yield error("offer_footer", "footer")
    if template.header and template.header.format not in _PICTURES:
        yield error("offer_header", "header")
    if not any(button.kind == "url" for button in template.buttons):
        yield error("offer_button", "buttons")


def carousel_findings(template: Template) -> Iterator[Finding]:
    """Check a template with cards; nothing for one without."""
    cards = template.cards
    if not cards:
        return
    if not maxima.FEWEST_CARDS <= len(cards) <= maxima.CARDS:
        yield error(
            "cards_count", "cards", low=maxima.FEWEST_CARDS, high=maxima.CARDS, actual=len(cards)
        )
    for part in ("header", "footer", "offer", "buttons"):
        if getattr(template, part):
            yield error("carousel_extra", part)
    for number, card in enumerate(cards):
        yield from _card(card, f"cards.{number}.", template.parameter_format)
        if _shape(card) != _shape(cards[0]):
            yield error("cards_differ", f"cards.{number}")


def _card(card: Card, prefix: str, parameter_format: str) -> Iterator[Finding]:
    part = f"{prefix}header"
    if not card.header or card.header.format not in (*_PICTURES, "product"):
        yield error("card_header", part)
    elif card.header.format in _PICTURES:
        yield from header_findings(card.header, parameter_format, part)
    if card.body:
        part = f"{prefix}body"
        yield from body_findings(card.body, parameter_format, maximum=maxima.CARD_BODY, part=part)
        lines = card.body.text.count("\n")
        if lines > maxima.BLANK_LINES:
            yield error("card_lines", part, maximum=maxima.BLANK_LINES, actual=lines)
    if not 1 <= len(card.buttons) <= maxima.CARD_BUTTONS:
        yield error(
            "card_buttons",
            f"{prefix}buttons",
            maximum=maxima.CARD_BUTTONS,
            actual=len(card.buttons),
        )
    yield from button_findings(card.buttons, prefix)


def _shape(card: Card) -> tuple:
    """What has to be alike on all cards."""
    return (
        card.header.format if card.header else "",
        bool(card.body),
        [button.kind for button in card.buttons],
    )
