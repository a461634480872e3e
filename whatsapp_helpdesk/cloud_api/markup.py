"""Reading WhatsApp's text markup: which characters mark, which are only characters.

Meta documents the markers (Meta Cloud API: text formatting), not their exact rules; these
follow the phones: a marker touches the text that it marks, has a word's edge outside, and stays on
its line. Everything here takes time in proportion to the length of the text, whatever it
contains.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

BOLD, ITALIC, STRIKE, CODE = "*", "_", "~", "`"
MARKERS = "*_~`"
FENCE = "```"
WORD_JOINER = "\u2060"  # invisible; beside a marker it takes away the word's edge

_TOKEN = re.compile(r"https?://[^\s<>\"\u2060]+|```|[*_~`]", re.IGNORECASE)
_NEVER_LAST = ".,;:!?'*_~`"
_JOINERS_OF_MARKERS = re.compile(r"\u2060(?=[*_~`])|(?<=[*_~`])\u2060")
_BULLET = re.compile(r"[-*] (?=\S)")
_NUMBER = re.compile(r"(0|[1-9]\d{0,8})\. (?=\S)", re.ASCII)
_QUOTE = re.compile(r"> (?=\S)")
_EMOJI_PARTS = "\ufe0e\ufe0f\u20e3"  # combining marks, but no part of a word


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line. ``kind``: text, code, link, or open or close (``text`` is the marker)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines of one kind: text, bullets, numbers, quote or code.

    :param first_number: of a numbered list
    """

    kind: str
    lines: list[str]
    first_number: int = 1


def is_edge(char: str) -> bool:
    """Tell whether a word ends at ``char``: '' (end of line), white space, punctuation, emoji."""
    if not char or char in _EMOJI_PARTS:
        return True
    return not (char.isalnum() or char == WORD_JOINER or unicodedata.category(char)[0] == "M")


def may_open(before: str, after: str) -> bool:
    """Tell whether a marker between these two characters could start a marked passage."""
    return is_edge(before) and bool(after) and not after.isspace()


def may_close(before: str, after: str) -> bool:
    """Tell whether a marker between these two characters could end a marked passage."""
    return is_edge(after) and bool(before) and not before.isspace()


def blocks(text: str) -> Iterator[Block]:
    """Cut a message into blocks; fenced code that spans lines or stands alone is one of them."""
    start = 0
    for begin, end in _fences(text):
        yield from _line_blocks(text[start:begin].removesuffix("\n"), begin > start)
        content = _JOINERS_OF_MARKERS.sub("", text[begin + 3 : end - 3])
        yield Block("code", content.strip("\n").split("\n"))
        start = end + 1 if text[end : end + 1] == "\n" else end
    yield from _line_blocks(text[start:], start < len(text))


def fenced_blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Cut a message into fenced code and the rest: whether it is code, and the piece as it is."""
    start = 0
    for begin, end in _fences(text):
        if begin > start:
            yield False, text[start:begin]
        yield True, text[begin:end]
        start = end
    if start < len(text):
        yield False, text[start:]


def _fences(text: str) -> Iterator[tuple[int, int]]:
    begin = text.find(FENCE)
    while begin >= 0:
        end = text.find(FENCE, begin + 3)
        if end < 0:
            return
        after = end + 3
        if _is_block(text, begin, after):
            yield begin, after
        begin = text.find(FENCE, after)


def _is_block(text: str, begin: int, after: int) -> bool:
    content = text[begin + 3 : after - 3]
    if not content.strip():
        return False
    alone = text[begin - 1 : begin] in ("", "\n") and text[after : after + 1] in ("", "\n")
    return alone or "\n" in content


def _line_blocks(text: str, present: bool) -> Iterator[Block]:
    found: Block | None = None
    for line in text.split("\n") if present else ():
        kind, content, number = _line(line)
        if line.rstrip() == ">" and found and found.kind == "quote":
            kind, content = "quote", ""
        if found and found.kind == kind and _goes_on(found, number):
            found.lines.append(content)
            continue
        if found:
            yield found
        found = Block(kind, [content], number)
    if found:
        yield found


def _line(line: str) -> tuple[str, str, int]:
    if match := _BULLET.match(line):
        return "bullets", line[match.end() :], 0
    if match := _NUMBER.match(line):
        return "numbers", line[match.end() :], int(match[1])
    if match := _QUOTE.match(line):
        return "quote", line[match.end() :], 0
    return "text", line, 0


def _goes_on(block: Block, number: int) -> bool:
    return block.kind != "numbers" or number == block.first_number + len(block.lines)


def next_token(line: str, start: int, end: int) -> tuple[int, str]:
    """Return where in ``line[start:end]`` the next marker, fence or address is, and its text.

    The punctuation and markers behind an address do not belong to it. ``(end, "")``: nothing.
    """
    match = _TOKEN.search(line, start, end)
    if not match:
        return end, ""
    found = match.group()
    return match.start(), found[: _address_end(found)] if len(found) > len(FENCE) else found


def is_address(token: str) -> bool:
    """Tell whether what `next_token` found is a web address: one has more than a scheme."""
    return bool(token.partition("://")[2])


def tokens(line: str) -> list[Token]:
    """Cut one line into text, code, links and markers that open and close in proper nesting."""
    return _Line(line).read()


class _Line:
    """The state while one line is read: what came out, and which markers are open."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._found: list[Token] = []
        self._open: list[tuple[str, int]] = []  # marker, its index in _found
        self._code_ends = [
            at
            for at in range(len(line) - 1, -1, -1)
            if line[at] == CODE and may_close(line[at - 1 : at], line[at + 1 : at + 2])
        ]

    def read(self) -> list[Token]:
        length = len(self._line)
        done = 0
        while done < length:
            at, found = next_token(self._line, done, length)
            self._text(self._line[done:at])
            done = self._marker_or_link(found, at)
        for _marker, index in self._open:
            self._found[index] = Token("text", self._found[index].text)
        return _joined(self._found)

    def _text(self, text: str) -> None:
        if text:
            self._found.append(Token("text", text))

    def _marker_or_link(self, found: str, at: int) -> int:
        """Handle what stands at ``at`` and return where to go on."""
        if found == FENCE:
            return self._fence(at)
        if found == CODE:
            return self._code(at)
        if found and found in MARKERS:
            self._marker(found, at)
        elif is_address(found):
            self._found.append(Token("link", found))
        else:
            self._text(found)
        return at + max(1, len(found))

    def _fence(self, at: int) -> int:
        end = self._line.find(FENCE, at + 3)
        content = self._line[at + 3 : end] if end > 0 else ""
        if not content.strip():
            self._text(FENCE)
            return at + 3
        self._found.append(Token("code", content))
        return end + 3

    def _code(self, at: int) -> int:
        after = self._line[at + 1 : at + 2]
        while self._code_ends and self._code_ends[-1] <= at + 1:
            self._code_ends.pop()
        if not self._code_ends or after == CODE or not may_open(self._line[at - 1 : at], after):
            self._text(CODE)
            return at + 1
        end = self._code_ends.pop()
        self._found.append(Token("code", self._line[at + 1 : end]))
        return end + 1

    def _marker(self, marker: str, at: int) -> None:
        before, after = self._line[at - 1 : at], self._line[at + 1 : at + 2]
        is_open = any(marker == other for other, _index in self._open)
        if is_open and may_close(before, after) and self._close(marker):
            return
        if not is_open and may_open(before, after) and after != marker:
            self._open.append((marker, len(self._found)))
            self._found.append(Token("open", marker))
        else:
            self._text(marker)

    def _close(self, marker: str) -> bool:
        """Close ``marker``; whatever was opened inside and not closed turns out to be text."""
        depth = next(index for index, (other, _at) in enumerate(self._open) if other == marker)
        if self._open[depth][1] == len(self._found) - 1:
            return False  # nothing between the markers
        for other, index in self._open[depth + 1 :]:
            self._found[index] = Token("text", other)
        del self._open[depth:]
        self._found.append(Token("close", marker))
        return True


def _address_end(address: str) -> int:
    """Length of an address without the punctuation that follows it in a sentence."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end:
        last = address[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return end


def _joined(found: list[Token]) -> list[Token]:
    """Put neighbouring texts together and take out the joiners that kept markers from marking."""
    result: list[Token] = []
    waiting: list[str] = []
    for token in [*found, Token("end", "")]:
        if token.kind == "text":
            waiting.append(token.text)
            continue
        if waiting:
            result.append(Token("text", _JOINERS_OF_MARKERS.sub("", "".join(waiting))))
            waiting = []
        result.append(token)
    return result[:-1]
