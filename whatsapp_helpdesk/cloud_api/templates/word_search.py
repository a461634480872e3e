"""Finding words and phrases of English and Arabic, however they are inflected or spelled."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c-\u200f"
_LETTERS = f"(?:[^\\W_]|[{_MARKS}])+"
_TOKEN = re.compile(f"{_LETTERS}(?:['\u2019]{_LETTERS})*")
_NOT_WRITTEN = re.compile(f"[{_MARKS}]")
_ALIKE = str.maketrans(
    {
        "\u0622": "\u0627",  # alef with madda, with hamza above and below
        "\u0623": "\u0627",
        "\u0625": "\u0627",
        "\u0671": "\u0627",
        "\u0649": "\u064a",  # alef maqsura, written for ya and the other way round
        "\u0629": "\u0647",  # ta marbuta, written as ha
        "\u0624": "\u0648",
        "\u0626": "\u064a",
        "\u2019": "'",
    }
)
_ARTICLES = (
    "\u0628\u0627\u0644",
    "\u0643\u0627\u0644",
    "\u0641\u0627\u0644",
    "\u0627\u0644",
    "\u0644\u0644",
)
_CONJUNCTIONS = ("\u0648", "\u0641")
_PREPOSITIONS = ("\u0628", "\u0644", "\u0643")
_SHORTEST_AFTER_ARTICLE = 3
_SHORTEST_AFTER_LETTER = 4  # a single letter in front is often part of a short word


class WordSearch:
    """Looks for a list of words and phrases."""

    def __init__(self, words: Iterable[str]) -> None:
        self._phrases: dict[str, list[list[str]]] = {}
        for word in words:
            first, *rest = [normalised(token) for token in _TOKEN.findall(word)]
            self._phrases.setdefault(first, []).append(rest)

    def found(self, text: str) -> list[str]:
        """Return what ``text`` has of the words, as it is written there."""
        tokens = _TOKEN.findall(text)
        forms = [_forms(normalised(token)) for token in tokens]
        found, start = [], 0
        while start < len(tokens):
            length = max(self._lengths(forms, start), default=0)
            if length:
                found.append(" ".join(tokens[start : start + length]))
            start += length or 1
        return found

    def _lengths(self, forms: list[set[str]], start: int) -> Iterator[int]:
        for form in forms[start]:
            for rest in self._phrases.get(form, ()):
                following = forms[start + 1 : start + 1 + len(rest)]
                if len(following) == len(rest) and all(map(_is_one_of, rest, following)):
                    yield 1 + len(rest)


def normalised(token: str) -> str:
    """Return a word without vowel signs and case, and with letters that are confused made alike."""
    folded = unicodedata.normalize("NFKC", token).casefold()
    return _NOT_WRITTEN.sub("", folded).translate(_ALIKE)


def _is_one_of(word: str, forms: set[str]) -> bool:
    return word in forms


def _forms(word: str) -> set[str]:
    """Return the word and what it may be a form of."""
    if word.isascii():
        return {word, *_singulars(word)}
    forms = {word, *_without_article(word)}
    if word.startswith(_CONJUNCTIONS) and len(word) > _SHORTEST_AFTER_LETTER:
        forms |= {word[1:], *_without_article(word[1:])}
    return forms


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("'s"):
        yield word[:-2]
    elif word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def _without_article(word: str) -> Iterator[str]:
    for article in _ARTICLES:
        rest = word.removeprefix(article)
        if rest != word and len(rest) >= _SHORTEST_AFTER_ARTICLE:
            yield rest
    if word.startswith(_PREPOSITIONS) and len(word) > _SHORTEST_AFTER_LETTER:
        yield word[1:]
