"""Words that make Meta's reviewers change the category of a template or refuse it."""

import re
from collections.abc import Iterator

from .finding import Finding, error, warning
from .model import Card, Template
from .placeholders import names, without
from .word_lists import BANNED_GOODS, CODE_WORDS, PROMOTION_WORDS, SENSITIVE_WORDS
from .word_search import WordSearch

_PERCENT = "[0-9\u0660-\u0669]+ ?[%\u066a]"
_OFF = "(?:off|discount|خصم|تخفيض)"
_PERCENT_OFF = re.compile(f"{_PERCENT} ?{_OFF}|{_OFF} (?:of |بنسبة )?{_PERCENT}", re.IGNORECASE)
_PROMOTION = WordSearch(PROMOTION_WORDS)
_CODES = WordSearch(CODE_WORDS)
_SENSITIVE = WordSearch(SENSITIVE_WORDS)
_GOODS = {group: WordSearch(words) for group, words in BANNED_GOODS.items()}


def word_findings(template: Template) -> list[Finding]:
    """Check what the words of a template mean for its category and for the commerce policy."""
    texts = [*_texts(template)]
    found = [*_category(template, texts)]
    found += _named("sensitive_request", _SENSITIVE, texts)
    samples = [*_samples(template)]
    for group, search in _GOODS.items():
        found += _named("banned_goods", search, texts + samples, group=group)
    return found


def _category(template: Template, texts: list[tuple[str, str]]) -> Iterator[Finding]:
    if template.category == "utility":
        yield from _named("promotion_words", _PROMOTION, texts)
        for part, text in texts:
            if percent := _PERCENT_OFF.search(text):
                yield warning("promotion_words", part, words=percent[0])
        variables = any(names(text) for _part, text in texts)
        if not variables and not template.cards:
            yield warning("utility_without_variable", "body")
    for finding in _named("code_words", _CODES, texts):
        # A template for codes must be of the category for codes: Meta refuses all others.
        is_sent = any(names(text) for part, text in texts if part == finding.part)
        yield error(finding.code, finding.part, **finding.facts) if is_sent else finding


def _named(
    code: str, search: WordSearch, texts: list[tuple[str, str]], **facts: str
) -> Iterator[Finding]:
    """Yield one finding per part that has some of the words."""
    by_part: dict[str, list[str]] = {}
    for part, text in texts:
        by_part.setdefault(part, []).extend(search.found(without(text)))
    for part, words in by_part.items():
        if words:
            yield warning(code, part, words=", ".join(dict.fromkeys(words)), **facts)


def _texts(template: Template) -> Iterator[tuple[str, str]]:
    yield from _part_texts(template, "")
    if template.offer:
        yield "offer", template.offer.text
    for number, card in enumerate(template.cards):
        yield from _part_texts(card, f"cards.{number}.")


def _part_texts(part: Template | Card, prefix: str) -> Iterator[tuple[str, str]]:
    for name, component in (("header", part.header), ("body", part.body), ("footer", part.footer)):
        if component and component.text:
            yield f"{prefix}{name}", component.text
    for index, button in enumerate(part.buttons):
        yield f"{prefix}buttons.{index}", button.text


def _samples(template: Template) -> Iterator[tuple[str, str]]:
    for prefix, part in (
        ("", template),
        *((f"cards.{n}.", c) for n, c in enumerate(template.cards)),
    ):
        for name, component in (("header", part.header), ("body", part.body)):
            for sample in component.samples.values() if component else ():
                yield f"{prefix}{name}", sample
