"""What Meta would object to in a template, found before it is submitted.

Errors are what Meta refuses by a written rule; warnings are what its reviewers often refuse or put
into another category. Spelling is left to the browser. Source: Meta Cloud API: template guidelines,
template categories, commerce policy.
"""

import re
from collections.abc import Iterator

from . import maxima
from .finding import ERROR, WARNING, Finding, error, too_long, warning
from .languages import META_LANGUAGES
from .lint_buttons import button_findings
from .lint_cards import carousel_findings, offer_findings
from .lint_parts import body_findings, footer_findings, header_findings
from .lint_words import word_findings
from .model import CATEGORIES, Body, Template

__all__ = ["ERROR", "WARNING", "Finding", "has_errors", "lint"]

_NAME = re.compile(r"[a-z0-9_]+")


def lint(template: Template) -> list[Finding]:
    """Return all findings, in the order of the form: name, parts from above to below, words."""
    found = [*_frame(template)]
    if template.category == "authentication":
        return [*found, *_authentication(template)]
    names = template.parameter_format
    if template.header:
        found += header_findings(template.header, names)
    if template.offer:
        found += offer_findings(template)
    found += body_findings(
        template.body or Body(),
        names,
        maximum=maxima.body_maximum(template),
        is_marketing=template.category == "marketing",
    )
    if template.footer:
        found += footer_findings(template.footer)
    found += button_findings(template.buttons)
    found += carousel_findings(template)
    found += [
        warning("component_unknown", other.kind, kind=other.kind) for other in template.others
    ]
    return found + word_findings(template)


def has_errors(findings: list[Finding]) -> bool:
    """Tell whether Meta would refuse the template."""
    return any(finding.severity == ERROR for finding in findings)


def _frame(template: Template) -> Iterator[Finding]:
    if not template.name:
        yield error("name_missing", "name")
    elif not _NAME.fullmatch(template.name):
        yield error("name_pattern", "name", name=template.name)
    yield from too_long("name", template.name, maxima.NAME)
    if not template.language:
        yield error("language_missing", "language")
    elif template.language not in META_LANGUAGES:
        yield warning("language_unknown", "language", language=template.language)
    if template.category not in CATEGORIES[:-1]:
        yield error("category_missing", "category")
    low, high = maxima.TTL_SECONDS.get(template.category, (0, 0))
    if template.ttl_seconds > 0 and not low <= template.ttl_seconds <= high:
        yield error("ttl_range", "ttl", seconds=template.ttl_seconds, low=low, high=high)


def _authentication(template: Template) -> Iterator[Finding]:
    """Meta words these templates itself, so they cannot be written here."""
    if template.body and template.body.text:
        yield error("authentication_fixed", "body")
