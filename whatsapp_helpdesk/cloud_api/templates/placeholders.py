"""Variables in a template's texts: ``{{1}}`` or ``{{first_name}}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Spaces inside are tolerated when reading; the linter asks to remove them.
_VARIABLE = re.compile(r"\{\{[ \t]*([0-9]{1,4}|[A-Za-z_][A-Za-z0-9_]{0,127})[ \t]*\}\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One place where a value goes; ``start`` and ``end`` are positions in the text."""

    name: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.name.isdigit()


def placeholders(text: str) -> list[Placeholder]:
    """Return the variables of ``text`` where they stand, repeated ones as often as they do."""
    return [Placeholder(m[1], m.start(), m.end()) for m in _VARIABLE.finditer(text)]


def names(text: str) -> list[str]:
    """Return the names of the variables of ``text``, each once: numbers first, in their order."""
    found = dict.fromkeys(placeholder.name for placeholder in placeholders(text))
    numbers = sorted(filter(str.isdigit, found), key=int)
    return [*numbers, *(name for name in found if not name.isdigit())]


def fill(text: str, value_of: Callable[[str], str | None]) -> str:
    """Put values into ``text``, in one go: a value that looks like a variable stays a value.

    :param value_of: gives the value of a name; None leaves the variable as it stands
    """

    def value(match: re.Match[str]) -> str:
        found = value_of(match[1])
        return match[0] if found is None else found

    return _VARIABLE.sub(value, text)


def without(text: str) -> str:
    """Return ``text`` without its variables."""
    return _VARIABLE.sub("", text)
