"""What keeps an interactive message from being sent.

Source: Meta Cloud API: interactive messages.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from . import limits
from .errors import InvalidRequest
from .interactive import (
    HEADER_KINDS,
    ContactRequest,
    Interactive,
    InteractiveHeader,
    LinkButton,
    ListMessage,
    LocationRequest,
    Product,
    ProductList,
    ReplyButtons,
)
from .lenient import web_address
from .text import clean


@dataclass(frozen=True, slots=True)
class PartProblem:
    """One thing that WhatsApp would refuse.

    :param reason: ``missing``, ``too_long``, ``too_many``, ``not_unique``, ``address`` (not of the
        web), ``not_uploaded`` or ``kind`` (of a header)
    :param part: where, such as ``body``, ``buttons.0.title`` or ``sections.1.rows.3.description``
    """

    reason: str
    part: str
    maximum: int = 0
    actual: int = 0


class InteractiveError(InvalidRequest):
    """An interactive message cannot be sent. ``problem`` says why; ``problems`` has all of them."""

    def __init__(self, problems: list[PartProblem]) -> None:
        self.problem, self.problems = problems[0], tuple(problems)
        super().__init__(
            f"The message cannot be sent: {self.problem.part} is {self.problem.reason}.",
            limit=f"interactive_{self.problem.reason}",
            maximum=self.problem.maximum,
            actual=self.problem.actual,
        )


def find_problems(content: Interactive, *, uploaded: bool = True) -> list[PartProblem]:
    """Return all that WhatsApp would refuse, in the order in which it is shown.

    :param uploaded: the file of a header must have its media id
    """
    found = [*_CHECKS[type(content)](content)]
    is_header = isinstance(getattr(content, "header", None), InteractiveHeader)
    return ([*_header(content, uploaded)] if is_header else []) + found


def _header(content: Any, uploaded: bool) -> Iterator[PartProblem]:
    header: InteractiveHeader = content.header
    kinds = ("text",) if isinstance(content, ListMessage) else HEADER_KINDS
    if header.kind not in kinds:
        yield PartProblem("kind", "header")
    elif header.kind == "text":
        yield from _text("header", header.text, limits.INTERACTIVE_HEADER)
    elif uploaded and not header.media_uid:
        yield PartProblem("not_uploaded", "header")


def _body(content: Any, maximum: int = limits.INTERACTIVE_BODY) -> Iterator[PartProblem]:
    yield from _text("body", content.body, maximum)
    if footer := getattr(content, "footer", ""):
        yield from _text("footer", footer, limits.INTERACTIVE_FOOTER)


def _reply_buttons(content: ReplyButtons) -> Iterator[PartProblem]:
    yield from _body(content)
    yield from _count("buttons", content.buttons, limits.REPLY_BUTTONS)
    for number, button in enumerate(content.buttons):
        yield from _text(f"buttons.{number}.title", button.title, limits.REPLY_TITLE)
        yield from _text(f"buttons.{number}.id", button.reply_id, limits.REPLY_ID)
    yield from _unique([(f"buttons.{n}.title", b.title) for n, b in enumerate(content.buttons)])
    yield from _unique([(f"buttons.{n}.id", b.reply_id) for n, b in enumerate(content.buttons)])


def _list(content: ListMessage) -> Iterator[PartProblem]:
    yield from _body(content, limits.LIST_BODY)
    yield from _text("button", content.button, limits.LIST_BUTTON)
    yield from _sections(content.sections, limits.LIST_SECTIONS)
    rows = [
        (f"sections.{number}.rows.{place}", row)
        for number, section in enumerate(content.sections)
        for place, row in enumerate(section.rows)
    ]
    yield from _count("rows", rows, limits.LIST_ROWS)
    for part, row in rows:
        yield from _text(f"{part}.title", row.title, limits.ROW_TITLE)
        yield from _text(f"{part}.id", row.row_id, limits.ROW_ID)
        if row.description:
            yield from _text(f"{part}.description", row.description, limits.ROW_DESCRIPTION)
    yield from _unique([(f"{part}.id", row.row_id) for part, row in rows])


def _link_button(content: LinkButton) -> Iterator[PartProblem]:
    yield from _body(content)
    yield from _text("label", content.label, limits.LINK_LABEL)
    yield from _text("url", content.url, limits.LINK_URL)
    if content.url.strip() and not web_address(content.url):
        yield PartProblem("address", "url")


def _product(content: Product) -> Iterator[PartProblem]:
    yield from _needed("catalog", content.catalog_uid)
    yield from _needed("product", content.retailer_uid)
    if content.body:
        yield from _text("body", content.body, limits.INTERACTIVE_BODY)
    if content.footer:
        yield from _text("footer", content.footer, limits.INTERACTIVE_FOOTER)


def _product_list(content: ProductList) -> Iterator[PartProblem]:
    yield from _text("header", content.header, limits.INTERACTIVE_HEADER)
    yield from _body(content)
    yield from _needed("catalog", content.catalog_uid)
    yield from _sections(content.sections, limits.PRODUCT_SECTIONS)
    products = [
        (f"sections.{number}.products.{place}", retailer_uid)
        for number, section in enumerate(content.sections)
        for place, retailer_uid in enumerate(section.retailer_uids)
    ]
    yield from _count("products", products, limits.PRODUCTS)
    for part, retailer_uid in products:
        yield from _needed(part, retailer_uid)


def _sections(sections: tuple[Any, ...], maximum: int) -> Iterator[PartProblem]:
    yield from _count("sections", sections, maximum)
    for number, section in enumerate(sections):
        if section.title or len(sections) > 1:
            yield from _text(f"sections.{number}.title", section.title, limits.SECTION_TITLE)


def _text(part: str, text: str, maximum: int) -> Iterator[PartProblem]:
    if not clean(text).strip():
        yield PartProblem("missing", part)
    elif (length := limits.text_length(text)) > maximum:
        yield PartProblem("too_long", part, maximum, length)


def _needed(part: str, text: str) -> Iterator[PartProblem]:
    if not text.strip():
        yield PartProblem("missing", part)


def _count(part: str, items: Any, maximum: int) -> Iterator[PartProblem]:
    if not items:
        yield PartProblem("missing", part)
    elif len(items) > maximum:
        yield PartProblem("too_many", part, maximum, len(items))


def _unique(texts: Iterable[tuple[str, str]]) -> Iterator[PartProblem]:
    seen = set()
    for part, text in texts:
        if text and text in seen:
            yield PartProblem("not_unique", part)
        seen.add(text)


_CHECKS: dict[type, Callable[[Any], Iterator[PartProblem]]] = {
    ContactRequest: _body,
    LinkButton: _link_button,
    ListMessage: _list,
    LocationRequest: _body,
    Product: _product,
    ProductList: _product_list,
    ReplyButtons: _reply_buttons,
}
