"""Long texts in parts that WhatsApp takes, each with its markup whole."""

import re
import unicodedata
from collections.abc import Iterator

from . import limits
from .markup import CODE, FENCE, Token, fenced_blocks, tokens
from .markup_writer import Span, write_code, write_line

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_LINE_END = re.compile(r"\n")
# Full stops of Latin, Arabic, Urdu and Chinese; the last need no space behind them.
_SENTENCE_END = re.compile(
    "[.!?\u2026\u061f\u06d4]+[\"')\\]\u00bb\u201d]*\\s+|[\u3002\uff01\uff1f]+"
)
_WORD_END = re.compile(r"\s+")
_QUOTE_MARK = "> "
_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


def split_text(text: str, maximum: int = limits.TEXT_BODY) -> list[str]:
    """Return ``text`` in parts of at most ``maximum`` UTF-16 units, in order.

    Cuts are made between paragraphs; inside one that is too long for a part between lines, then
    sentences, then words, and only then inside a word. A passage in bold, italics or code that has
    to be cut is marked in both parts.

    :param text: in WhatsApp's markup
    :param maximum: at least 32
    """
    if limits.text_length(text) <= maximum:
        return [text] if text.strip() else []
    packer = _Packer(maximum)
    for is_code, piece in fenced_blocks(text):
        if is_code:
            packer.add_code(piece)
        else:
            packer.add_text(piece)
    return packer.parts()


class _Packer:
    """Fills one part after the other."""

    def __init__(self, maximum: int) -> None:
        self._maximum = maximum
        self._parts: list[str] = []
        self._part = ""

    def parts(self) -> list[str]:
        self._close()
        return self._parts

    def add_text(self, text: str) -> None:
        for paragraph in _pieces(text, _PARAGRAPH_END):
            if self._fits_into_one(paragraph):
                self._add(paragraph)
                continue
            for line in _pieces(paragraph, _LINE_END):
                if self._fits_into_one(line):
                    self._add(line)
                else:
                    self._add_line(line)

    def add_code(self, block: str) -> None:
        """Add a fenced block; one that is too long becomes several."""
        if self._fits_into_one(block):
            self._add(block)
            return
        self._close()
        room = self._maximum - 2 * len(FENCE)
        inner = _Packer(room - 8)  # a fence in the text would need joiners
        for line in _pieces(block[len(FENCE) : -len(FENCE)].strip("\n"), _LINE_END):
            inner.add_plain(line)
        for part in inner.parts():
            self._add(write_code(part))
            self._close()

    def add_plain(self, line: str) -> None:
        """Add text without markup."""
        while not self._fits_into_one(line):
            cut = _cut_at(line, self._maximum)
            self._add(line[:cut])
            self._close()
            line = line[cut:]
        self._add(line)

    def _add_line(self, line: str) -> None:
        """Add a line that needs more than one part."""
        end = line[len(line.rstrip()) :]
        mark = _QUOTE_MARK if line.startswith(_QUOTE_MARK) else ""
        spans = _spans(line.removeprefix(mark).rstrip())
        while spans:
            room = self._maximum - limits.text_length(self._part) - len(mark)
            if self._part and room < self._maximum // 4:
                self._close()
                continue
            head, spans = _cut_spans(spans, room)
            self._add(mark + head + ("" if spans else end))
            if spans:
                self._close()

    def _fits_into_one(self, text: str) -> bool:
        return limits.text_length(text.rstrip()) <= self._maximum

    def _add(self, text: str) -> None:
        if self._part and limits.text_length((self._part + text).rstrip()) > self._maximum:
            self._close()
        self._part += text

    def _close(self) -> None:
        part = self._part.strip("\n").rstrip()
        if part.strip():
            self._parts.append(part)
        self._part = ""


def _pieces(text: str, end: re.Pattern[str]) -> Iterator[str]:
    """Yield ``text`` cut behind every match of ``end``; put together they are the text."""
    start = 0
    for match in end.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]


def _spans(line: str) -> list[Span]:
    """Return what a line shows, each piece with the markers that apply to it."""
    marks: list[str] = []
    spans = []
    for token in tokens(line):
        if token.kind == "open":
            marks.append(token.text)
        elif token.kind == "close":
            marks.remove(token.text)
        else:
            spans.append(_span(token, marks))
    return spans


def _span(token: Token, marks: list[str]) -> Span:
    return Span(token.text, frozenset([*marks, CODE] if token.kind == "code" else marks))


def _cut_spans(spans: list[Span], room: int) -> tuple[str, list[Span]]:
    """Return as much of a line as ``room`` takes, written, and what is left of it."""
    text = "".join(span.text for span in spans)
    written = write_line(spans)
    if limits.text_length(written) <= room:
        return written, []
    limit = room
    while True:
        cut = _cut_at(text, limit)
        head, tail = _divided(spans, cut)
        written = write_line(head)
        excess = limits.text_length(written) - room
        if excess <= 0 or limit <= 1:
            return written, tail
        limit = max(1, limit - excess)


def _divided(spans: list[Span], cut: int) -> tuple[list[Span], list[Span]]:
    head: list[Span] = []
    for index, span in enumerate(spans):
        if cut < len(span.text):
            before = [Span(span.text[:cut], span.marks)] if cut else []
            return head + before, [Span(span.text[cut:], span.marks), *spans[index + 1 :]]
        head.append(span)
        cut -= len(span.text)
    return head, []


def _cut_at(text: str, maximum: int) -> int:
    """Return where to cut ``text`` so that the part before has at most ``maximum`` units."""
    window = _longest_start(text, maximum)
    for end in (_SENTENCE_END, _WORD_END):
        # A space right behind the window is cut off as well, so it may be looked at.
        cuts = [m.end() for m in end.finditer(text, 0, window + 1) if m.start() <= window]
        if cuts and cuts[-1] > window // 4:
            return cuts[-1]
    return _before_cluster(text, window)


def _longest_start(text: str, maximum: int) -> int:
    units = 0
    for index, char in enumerate(text):
        units += 2 if char > "\uffff" else 1
        if units > maximum:
            return index
    return len(text)


def _before_cluster(text: str, cut: int) -> int:
    """Move a cut out of characters that are drawn as one, such as a letter and its vowel sign."""
    start = cut
    while (
        start > 1
        and cut - start < 16
        and _belong_together(text[start - 1], text[start : start + 1])
    ):
        start -= 1
    is_whole = not _belong_together(text[start - 1], text[start : start + 1])
    return start if is_whole else max(cut, 1)


def _belong_together(before: str, after: str) -> bool:
    if not after:
        return False
    is_mark = unicodedata.category(after)[0] == "M" or _SKIN_TONES[0] <= after <= _SKIN_TONES[1]
    return is_mark or _ZERO_WIDTH_JOINER in (before, after)
