"""One thing that Meta would object to in a template, as data; `finding_texts` has the words."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from .. import limits

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding.

    :param code: key of `finding_texts.TEXTS`
    :param severity: ``error`` (Meta refuses it) or ``warning`` (Meta may refuse or re-categorise)
    :param part: ``name``, ``language``, ``category``, ``ttl``, ``header``, ``offer``, ``body``,
        ``footer``, ``buttons``, ``buttons.1``, ``cards``, ``cards.0.body`` and so on, '' for all
    :param variable: name of the variable that it is about, '' for none
    :param facts: what the words need to know
    """

    code: str
    severity: str
    part: str = ""
    variable: str = ""
    facts: dict[str, str | int] = dataclasses.field(default_factory=dict)


def error(code: str, part: str = "", variable: str = "", **facts: str | int) -> Finding:
    """Return what Meta refuses."""
    return Finding(code, ERROR, part, variable, facts)


def warning(code: str, part: str = "", variable: str = "", **facts: str | int) -> Finding:
    """Return what Meta may object to."""
    return Finding(code, WARNING, part, variable, facts)


def too_long(part: str, text: str, maximum: int) -> Iterator[Finding]:
    """Yield a finding if ``text`` is longer than ``maximum``."""
    actual = limits.text_length(text)
    if actual > maximum:
        yield error("too_long", part, maximum=maximum, actual=actual)
