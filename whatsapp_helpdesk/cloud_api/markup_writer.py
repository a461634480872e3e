"""Writing WhatsApp's text markup: lines of styled pieces to text that phones show as meant."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .markup import (
    BOLD,
    CODE,
    FENCE,
    ITALIC,
    MARKERS,
    STRIKE,
    WORD_JOINER,
    is_address,
    is_edge,
    may_close,
    may_open,
    next_token,
)

_ORDER = (BOLD, ITALIC, STRIKE, CODE)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text on one line and the markers (``*_~`` and backtick) that apply to it."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str  # text, marker or code


def write_line(spans: list[Span], *, break_markers: bool = True) -> str:
    """Return one line of text.

    A passage that is marked in the middle of a word loses its mark, because phones would show the
    marker itself there.

    :param break_markers: keep characters of the text itself from acting as markers
    """
    pieces = _merged(_pieces(_trimmed(spans), _ORDER, "", ""))
    if not break_markers:
        return "".join(piece.text for piece in pieces)
    return _with_joiners(pieces)


def write_code(text: str) -> str:
    """Return ``text`` (of one or more lines) as a fenced block."""
    broken = text.replace(FENCE, WORD_JOINER.join(FENCE))
    if broken.endswith(CODE):
        broken += WORD_JOINER
    return f"{FENCE}{broken}{FENCE}"


def _trimmed(spans: list[Span]) -> list[Span]:
    """Take the spaces off both ends of a line."""
    kept = [span for span in spans if span.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = Span(kept[0].text.lstrip(), kept[0].marks)
        kept[-1] = Span(kept[-1].text.rstrip(), kept[-1].marks)
    return kept


def _pieces(spans: list[Span], order: tuple[str, ...], before: str, after: str) -> Iterator[_Piece]:
    """Write ``spans`` with the markers of ``order``, outermost first.

    :param before: the character before the spans, '' at a word's edge
    :param after: the character after them
    """
    if not order:
        yield from (_Piece(span.text, "code" if CODE in span.marks else "text") for span in spans)
        return
    marker, *inner = order
    groups = [
        (marked, list(group)) for marked, group in groupby(spans, lambda span: marker in span.marks)
    ]
    for index, (marked, group) in enumerate(groups):
        following = groups[index + 1][1][0].text[:1] if index + 1 < len(groups) else after
        write = _marked if marked else _unmarked
        yield from write(marker, group, tuple(inner), before, following)
        before = group[-1].text[-1:]


def _unmarked(
    _marker: str, group: list[Span], inner: tuple[str, ...], before: str, after: str
) -> Iterator[_Piece]:
    return _pieces(group, inner, before, after)


def _marked(
    marker: str, group: list[Span], inner: tuple[str, ...], before: str, after: str
) -> Iterator[_Piece]:
    text = "".join(span.text for span in group)
    core = text.strip()
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    fits = _is_free(lead[-1:] or before) and _is_free(trail[:1] or after)
    if not core or not fits or (marker == CODE and CODE in core):
        bare = [Span(span.text, span.marks - {marker}) for span in group]
        yield from _pieces(bare, inner, before, after)
        return
    yield _Piece(lead, "text")
    yield _Piece(marker, "marker")
    yield from _pieces(_trimmed(group), inner, "", "")
    yield _Piece(marker, "marker")
    yield _Piece(trail, "text")


def _is_free(neighbour: str) -> bool:
    """A marker needs a word's edge outside, and no literal marker that would need a joiner."""
    return is_edge(neighbour) and (not neighbour or neighbour not in MARKERS)


def _merged(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Put neighbouring texts together: a phone sees an address across them."""
    merged: list[_Piece] = []
    for kind, group in groupby(pieces, lambda piece: piece.kind):
        if kind == "text":
            merged.append(_Piece("".join(piece.text for piece in group), kind))
        else:
            merged += group
    return merged


def _with_joiners(pieces: list[_Piece]) -> str:
    """Return the line with joiners around the characters of its text that would act as markers."""
    line = "".join(piece.text for piece in pieces)
    acting = _acting_markers(line, pieces)
    parts: list[str] = []
    done = 0
    for at, found, is_literal in _markers(line, pieces):
        if is_literal and (found == FENCE or found in acting):
            parts += line[done:at], _broken(found, line[at - 1 : at], line[at + 1 : at + 2])
            done = at + len(found)
    return "".join((*parts, line[done:]))


def _markers(line: str, pieces: list[_Piece]) -> Iterator[tuple[int, str, bool]]:
    """Yield each marker outside code and addresses: where, which, and whether it is of the text.

    A marker right behind an address counts as ours: a joiner there would become part of the link.
    """
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        if piece.kind == "marker":
            yield start, piece.text, False
        elif piece.kind == "text":
            yield from _markers_of_text(line, start, end)
        start = end


def _markers_of_text(line: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    behind_address = -1
    while start < end:
        at, found = next_token(line, start, end)
        start = at + max(1, len(found))
        if is_address(found):
            behind_address = start
        elif found == FENCE or (found and found in MARKERS):
            yield at, found, at != behind_address


def _acting_markers(line: str, pieces: list[_Piece]) -> set[str]:
    """Return the markers that open somewhere in the line and close somewhere behind that."""
    opened: set[str] = set()
    acting: set[str] = set()
    for at, marker, _is_literal in _markers(line, pieces):
        before, after = line[at - 1 : at], line[at + 1 : at + 2]
        if marker in opened and may_close(before, after):
            acting.add(marker)
        if may_open(before, after):
            opened.add(marker)
    return acting


def _broken(marker: str, before: str, after: str) -> str:
    """Joiners on both sides: one alone would be the text that a marker needs on its inner side."""
    if marker != FENCE and not (may_open(before, after) or may_close(before, after)):
        return marker
    return WORD_JOINER.join(("", *marker, ""))
