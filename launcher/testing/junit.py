"""Reads the JUnit XML that pytest and Node's test runner write."""

import re
import xml.etree.ElementTree as ElementTree

from .results import SuiteResult

# Node copies them from messages of errors, such as the colours of Playwright, but XML forbids them
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def parse(report: str, suite: str) -> SuiteResult:
    """Count the tests of a report.

    :param report: the XML; anything unreadable is one failure
    :param suite: name of the suite
    """
    result = SuiteResult(suite)
    try:
        root = ElementTree.fromstring(_CONTROL_CHARACTERS.sub("", report))
    except ElementTree.ParseError:
        result.problems.append(f"{suite}: the test runner ended without a report")
        return result
    for case in root.iter("testcase"):
        _count(case, result)
    result.require_some()
    return result


def _count(case: ElementTree.Element, result: SuiteResult) -> None:
    name = _name(case)
    problem = _problem(case)
    if problem:
        result.problems.append(f"{name}: {problem}")
    else:
        result.passed += 1
    result.slowest.append((float(case.get("time") or 0), name))


def _name(case: ElementTree.Element) -> str:
    group = case.get("classname") or ""
    # Node calls every group "test"
    return "::".join(part for part in (group, case.get("name") or "?") if part != "test" and part)


def _problem(case: ElementTree.Element) -> str | None:
    for kind in ("failure", "error"):
        element = case.find(kind)
        if element is not None:
            text = element.get("message") or (element.text or "").strip() or kind
            return f"{kind}: {text.splitlines()[0][:200]}"
    skipped = case.find("skipped")
    if skipped is not None:
        return f"skipped: {skipped.get('message') or 'no reason given'}"
    if (case.get("name") or "").endswith(".test.mjs"):
        return "the file has no test"  # Node reports such a file as a test that passed
    return None
