"""HTML of Odoo's composers, templates and documents to WhatsApp's text markup.

The parser reports tags one after the other and builds no tree, so deep nesting costs nothing.
"""

import re
from urllib.parse import unquote

from lxml import etree

from .markup import BOLD, CODE, ITALIC, STRIKE
from .markup_writer import Span, write_code, write_line
from .text import clean

_MARKS = {
    **dict.fromkeys(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"), BOLD),
    **dict.fromkeys(("em", "i"), ITALIC),
    **dict.fromkeys(("del", "s", "strike"), STRIKE),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), CODE),
}
_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody "
    "tfoot thead tr ul".split()
)
_SILENT = frozenset(
    "audio canvas datalist iframe noscript object script select style svg template title "
    "video".split()
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RULE = "———"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_NUMBER = re.compile(r"[0-9]{1,9}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:mailto|tel):([^?\s]+)(?:\?\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.IGNORECASE)


def html_to_whatsapp(html: str, *, break_markers: bool = True) -> str:
    """Return the text to send for ``html``.

    Bold, italic, struck out, code, lists and quotes become WhatsApp's markers; a link becomes its
    text and address; tables become lines; what WhatsApp cannot show keeps its words.

    :param break_markers: keep ``*_~`` and backticks that are part of the text from marking, by an
        invisible U+2060 beside them; False lets people write WhatsApp's markup themselves
    """
    source = clean(html)
    if not source.strip():
        return ""
    # In one piece: fed bit by bit, the parser forgets text after a stray end tag.
    parser = etree.HTMLParser(target=_Reader(break_markers), encoding="utf-8")
    return etree.fromstring(source.encode(), parser)


class _Reader:
    """Target of the parser: keeps the line that is being written and what surrounds it."""

    def __init__(self, break_markers: bool) -> None:
        self._break_markers = break_markers
        self._lines: list[str] = []
        self._spans: list[Span] = []
        self._marks = dict.fromkeys((BOLD, ITALIC, STRIKE, CODE), 0)
        self._marks_of_code: frozenset[str] = frozenset()
        self._silent = 0  # open tags since the one whose content nobody sees
        self._quotes = 0
        self._pre: list[str] = []  # text of a preformatted block
        self._pre_depth = 0
        self._lists: list[int | None] = []  # next number, None for bullets
        self._bullet = ""
        self._cells = 0  # open table cells
        self._cell_count = 0  # of this row
        self._links: list[tuple[str, list[str]]] = []  # address, pieces of its text

    # What the parser calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._silent or tag in _SILENT or _is_hidden(attributes):
            self._silent += 1
            return
        if tag in _BLOCKS:
            self._end_line()
        if tag in _MARKS:
            self._mark(_MARKS[tag])
        if tag in _OPENERS:
            _OPENERS[tag](self, attributes)

    def end(self, tag: str) -> None:
        if self._silent:
            self._silent -= 1
            return
        if tag in _CLOSERS:
            _CLOSERS[tag](self)
        if tag in _BLOCKS:
            self._end_line()
        if tag in _MARKS:
            self._marks[_MARKS[tag]] -= 1

    def data(self, text: str) -> None:
        if self._silent:
            return
        text = text.replace("\ufeff", "")
        if not self._pre_depth:
            text = _SPACES.sub(" ", text)
        self._add(text.replace("\xa0", " "))

    def close(self) -> str:
        self._end_line()
        return clean("\n".join(self._lines)).strip("\n")

    # Text

    def _add(self, text: str) -> None:
        if self._links:
            self._links[-1][1].append(text)
        if self._pre_depth:
            self._pre.append(text)
            return
        if text.startswith(" ") and self._at_space():
            text = text[1:]
        if text:
            self._spans.append(Span(text, self._current_marks()))

    def _mark(self, marker: str) -> None:
        if marker == CODE and not self._marks[CODE]:
            self._marks_of_code = self._current_marks() | {CODE}
        self._marks[marker] += 1

    def _current_marks(self) -> frozenset[str]:
        if self._marks[CODE]:
            return self._marks_of_code  # phones mark nothing inside code
        return frozenset(marker for marker, depth in self._marks.items() if depth)

    def _at_space(self) -> bool:
        return not self._spans or self._spans[-1].text.endswith(" ")

    def _end_line(self) -> None:
        """End the line at the edge of a block; an empty one does not count."""
        if self._pre_depth:
            self._pre += [] if self._pre[-1].endswith("\n") else ["\n"]
        elif self._cells:
            self._add(" ")
        elif self._spans:
            self._new_line()

    def _new_line(self) -> None:
        text = write_line(self._spans, break_markers=self._break_markers)
        quote = "> " if self._quotes else ""
        self._lines.append(f"{quote}{self._indent()}{text}".rstrip())
        self._spans = []

    def _indent(self) -> str:
        """The bullet of a list item before its first line, as many spaces before the others."""
        if not self._lists:
            return ""
        inner = self._bullet or "  "
        self._bullet = ""
        return "  " * (len(self._lists) - 1) + inner

    # Tags with a meaning of their own

    def _start_br(self, _attributes: dict[str, str]) -> None:
        if self._pre_depth:
            self._pre.append("\n")
        elif self._cells:
            self._add(" ")
        else:
            self._new_line()

    def _start_hr(self, _attributes: dict[str, str]) -> None:
        self._add(_RULE)

    def _start_img(self, attributes: dict[str, str]) -> None:
        self.data(attributes.get("alt", ""))

    def _start_blockquote(self, _attributes: dict[str, str]) -> None:
        self._quotes += 1

    def _end_blockquote(self) -> None:
        self._end_line()
        self._quotes -= 1

    def _start_ul(self, _attributes: dict[str, str]) -> None:
        self._lists.append(None)

    def _start_ol(self, attributes: dict[str, str]) -> None:
        start = attributes.get("start", "")
        self._lists.append(int(start) if _NUMBER.fullmatch(start) else 1)

    def _end_list(self) -> None:
        self._end_line()
        self._bullet = ""
        self._lists.pop()

    def _start_li(self, _attributes: dict[str, str]) -> None:
        number = self._lists[-1] if self._lists else None
        self._bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def _start_pre(self, _attributes: dict[str, str]) -> None:
        if not self._pre_depth:
            self._pre = [""]
        self._pre_depth += 1

    def _end_pre(self) -> None:
        self._pre_depth -= 1
        if not self._pre_depth:
            self._write_pre("".join(self._pre).strip("\n"))

    def _write_pre(self, text: str) -> None:
        if not text.strip():
            return
        if not (self._quotes or self._lists or self._cells):
            self._lines.append(write_code(text))
            return
        for line in text.split("\n"):  # a fence would not hold together there
            self._spans.append(Span(line, frozenset(CODE)))
            self._end_line()

    def _start_tr(self, _attributes: dict[str, str]) -> None:
        self._cell_count = 0

    def _start_td(self, _attributes: dict[str, str]) -> None:
        if self._cell_count:
            self._spans.append(Span("| " if self._at_space() else " | "))
        self._cell_count += 1
        self._cells += 1

    def _end_td(self) -> None:
        self._cells -= 1

    def _start_a(self, attributes: dict[str, str]) -> None:
        is_mention = "data-oe-model" in attributes
        self._links.append(("" if is_mention else attributes.get("href", "").strip(), []))

    def _end_a(self) -> None:
        address, pieces = self._links.pop()
        text = "".join(pieces).strip()
        target = _target(address, text)
        if target:
            self._add(f" ({target})" if text else target)


_OPENERS = {
    "a": _Reader._start_a,
    "blockquote": _Reader._start_blockquote,
    "br": _Reader._start_br,
    "hr": _Reader._start_hr,
    "img": _Reader._start_img,
    "li": _Reader._start_li,
    "ol": _Reader._start_ol,
    "pre": _Reader._start_pre,
    "td": _Reader._start_td,
    "th": _Reader._start_td,
    "tr": _Reader._start_tr,
    "ul": _Reader._start_ul,
}
_CLOSERS = {
    "a": _Reader._end_a,
    "blockquote": _Reader._end_blockquote,
    "ol": _Reader._end_list,
    "pre": _Reader._end_pre,
    "td": _Reader._end_td,
    "th": _Reader._end_td,
    "ul": _Reader._end_list,
}


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDING_STYLE.search(attributes.get("style", "")))


def _target(address: str, text: str) -> str:
    """Return what must be written beside the text of a link, '' when the text says it already."""
    if _WEB.fullmatch(address):
        return "" if _bare(address) == _bare(text) else address
    if match := _ADDRESS.fullmatch(address):
        plain = unquote(match[1])
        return "" if plain in text else plain
    return ""


def _bare(address: str) -> str:
    return _SCHEME.sub("", address).rstrip("/").lower()
