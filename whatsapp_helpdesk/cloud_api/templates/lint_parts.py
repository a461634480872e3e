"""Meta's rules for the texts of a template: header, body, footer, and the variables in them."""

import re
from collections.abc import Iterator

from . import maxima
from .finding import Finding, error, too_long, warning
from .model import HEADER_FORMATS, MEDIA_HEADERS, Body, Footer, Header
from .placeholders import Placeholder, names, placeholders, without

_EMOJI_BASE = (
    "[\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_EMOJI_END = "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])*"
_EMOJI = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{1,2}}|{_EMOJI_BASE}{_EMOJI_END}(?:\u200d{_EMOJI_BASE}{_EMOJI_END})*"
)
_MARKUP = re.compile(r"[*~`]|(?<!\w)_[^_\n]+_(?!\w)")
_NOT_TEXT = "*_~` \t\r\n\xa0.,;:!?-()[]\"'\u2026\u2013\u2014\u201c\u201d\u060c\u061b\u061f"
_WORD = re.compile(r"[^\W_]")
_VARIABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_STRICT = re.compile(r"\{\{\w+\}\}")
_SINGLE_BRACES = re.compile(r"(?<!\{)\{\s*\w+\s*\}(?!\})")
_LINE_ENDS = re.compile(r"\n(?:[ \t]*\n)+")
_WIDE_GAP = re.compile(" {5,}")
_NOT_IN_VALUES = re.compile("[\\n\\r\\t]")


def header_findings(
    header: Header, parameter_format: str, part: str = "header"
) -> Iterator[Finding]:
    """Check a header. ``part`` says where it is."""
    if header.format in MEDIA_HEADERS:
        yield from _media_sample(header, part)
    elif header.format not in HEADER_FORMATS:
        yield error("header_unknown", part, format=header.format)
    elif header.format == "text":
        if not header.text.strip():
            yield error("text_missing", part)
        yield from too_long(part, header.text, maxima.HEADER)
        yield from plain_findings(part, header.text)
        found = names(header.text)
        if len(found) > 1:
            yield error("header_variables", part, count=len(found))
        yield from _variables(part, header.text, parameter_format, header.samples)


def body_findings(
    body: Body,
    parameter_format: str,
    *,
    maximum: int,
    part: str = "body",
    is_marketing: bool = False,
) -> Iterator[Finding]:
    """Check a body. ``maximum`` is its length, variables counted as they are written."""
    text = body.text
    if not text.strip():
        yield error("text_missing", part)
        return
    yield from too_long(part, text, maximum)
    yield from _variables(part, text, parameter_format, body.samples)
    yield from _places(part, text)
    yield from _ratio(part, text)
    lines = max((match[0].count("\n") for match in _LINE_ENDS.finditer(text)), default=0)
    if lines > maxima.BLANK_LINES:
        yield error("blank_lines", part, maximum=maxima.BLANK_LINES, actual=lines)
    if _WIDE_GAP.search(text):
        yield error("wide_gap", part)
    emoji = len(_EMOJI.findall(text))
    if is_marketing and emoji > maxima.MARKETING_EMOJI:
        yield warning("too_many_emoji", part, maximum=maxima.MARKETING_EMOJI, actual=emoji)


def footer_findings(footer: Footer, part: str = "footer") -> Iterator[Finding]:
    """Check a footer."""
    if not footer.text.strip():
        yield error("text_missing", part)
    yield from too_long(part, footer.text, maxima.FOOTER)
    yield from without_variables(part, footer.text)
    yield from plain_findings(part, footer.text)


def plain_findings(part: str, text: str) -> Iterator[Finding]:
    """Check a text that may only have letters: no line ends, emoji or markup."""
    if "\n" in text or "\r" in text:
        yield error("line_break", part)
    if found := _EMOJI.search(text):
        yield error("emoji", part, emoji=found[0])
    if found := _MARKUP.search(without(text)):
        yield error("markup", part, text=found[0])


def without_variables(part: str, text: str) -> Iterator[Finding]:
    """Check a text that can have no variables."""
    for name in names(text):
        yield error("variable_not_allowed", part, name)
    yield from _malformed(part, text)


# === VARIABLES === #


def _variables(
    part: str, text: str, parameter_format: str, samples: dict[str, str]
) -> Iterator[Finding]:
    found = names(text)
    numbers = [name for name in found if name.isdigit()]
    words = [name for name in found if not name.isdigit()]
    if parameter_format == "named":
        for name in numbers:
            yield error("variable_number", part, name)
        for name in words:
            if not _VARIABLE_NAME.fullmatch(name) or len(name) > maxima.VARIABLE_NAME:
                yield error("variable_name", part, name)
    else:
        for name in words:
            yield error("variable_word", part, name)
        expected = [str(number) for number in range(1, len(numbers) + 1)]
        if numbers != expected:
            order = ", ".join(f"{{{{{name}}}}}" for name in expected)
            yield error("variables_not_sequential", part, numbers[-1], expected=order)
    yield from _malformed(part, text)
    yield from _samples(part, found, samples)


def _samples(part: str, variables: list[str], samples: dict[str, str]) -> Iterator[Finding]:
    for name in variables:
        sample = samples.get(name, "").strip()
        if not sample:
            yield error("sample_missing", part, name)
        elif placeholders(sample):
            yield error("sample_is_variable", part, name)
        elif _NOT_IN_VALUES.search(samples[name]):
            yield error("sample_line_break", part, name)


def _malformed(part: str, text: str) -> Iterator[Finding]:
    rest = without(text)
    for brackets in ("{{", "}}"):
        if (at := rest.find(brackets)) >= 0:
            yield error("variable_malformed", part, text=rest[max(at - 10, 0) : at + 20])
            break
    for placeholder in placeholders(text):
        written = text[placeholder.start : placeholder.end]
        if not _STRICT.fullmatch(written):
            yield error("variable_malformed", part, placeholder.name, text=written)
    if found := _SINGLE_BRACES.search(rest):
        yield warning("single_braces", part, text=found[0])


def _places(part: str, text: str) -> Iterator[Finding]:
    found = placeholders(text)
    if not found:
        return
    yield from _edge("variable_at_start", part, found[0], text[: found[0].start])
    yield from _edge("variable_at_end", part, found[-1], text[found[-1].end :])
    for before, after in zip(found, found[1:], strict=False):
        if not text[before.end : after.start].strip():
            yield error("variables_adjacent", part, after.name, other=before.name)


def _edge(code: str, part: str, placeholder: Placeholder, beyond: str) -> Iterator[Finding]:
    """Punctuation and marks are nothing to Meta; of emoji and other signs we do not know."""
    if not beyond.strip(_NOT_TEXT):
        yield error(code, part, placeholder.name)
    elif not _WORD.search(beyond):
        yield warning(code, part, placeholder.name)


def _ratio(part: str, text: str) -> Iterator[Finding]:
    """Meta states no figure; two words per variable and one more are what it is seen to want."""
    count = len(placeholders(text))
    words = sum(bool(_WORD.search(word)) for word in without(text).split())
    if count and words < 2 * count + 1:
        yield error("too_many_variables", part, count=count, words=words, needed=2 * count + 1)


def _media_sample(header: Header, part: str) -> Iterator[Finding]:
    if not header.media_sample:
        yield error("media_sample_missing", part, format=header.format)
    elif header.media_sample.startswith(("http://", "https://")):
        yield error("media_sample_address", part, format=header.format)
