"""Reads the log of an Odoo test run: Odoo itself exits with 0 when it skipped or ran nothing."""

import re
from dataclasses import dataclass

from .results import SuiteResult

_TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
_SKIPPED = re.compile(r" INFO \S+ \S+: skipped (\S.*)$")
_BROKEN = re.compile(r" ERROR \S+ \S+: (FAIL|ERROR): (\S.*)$")
# Module, file, class and method; lines with less are sums
_TIME = re.compile(r"^\t((?:\w+\.){3}\w+): ([\d.]+)s (\d+) queries$")
_NOISE = re.compile(r" (?P<level>WARNING|ERROR|CRITICAL) \S+ (?P<logger>\S+): (?P<text>.*)$")
# A line of level ERROR with its traceback, up to the next line of the log
_ERROR_BLOCK = re.compile(
    r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) .*?(?=^\d{4}-\d\d-\d\d |\Z)", re.MULTILINE | re.DOTALL
)
_TESTS_BEGIN = re.compile(r"odoo\.tests|Starting post tests|: Starting Test")


def parse(log: str, suite: str = "odoo") -> SuiteResult:
    """Count the tests of a run.

    :param log: complete log, with ``odoo.tests.stats`` at level DEBUG for the times
    :param suite: name of the suite
    """
    result = SuiteResult(suite)
    lines = log.splitlines()
    for line in lines:
        _read(line, result)
    totals = _TOTAL.findall(log)
    if not totals:
        result.problems.append(f"{suite}: Odoo ended before it had counted its tests")
        return result
    failures, errors, ran = map(int, totals[-1])
    _reconcile(result, failures + errors)
    result.passed = max(ran - result.failed, 0)
    result.require_some()
    return result


def _read(line: str, result: SuiteResult) -> None:
    if match := _BROKEN.search(line):
        result.problems.append(f"{match[2]}: {match[1].lower()}")
    elif match := _SKIPPED.search(line):
        result.problems.append(f"skipped: {match[1]}")
    elif match := _TIME.match(line):
        result.slowest.append((float(match[2]), f"{match[1]} ({match[3]} queries)"))


def _reconcile(result: SuiteResult, counted: int) -> None:
    """Trust the larger number of failures: of Odoo's total and of the lines that name them."""
    named = sum(not problem.startswith("skipped:") for problem in result.problems)
    result.problems += [f"{result.name}: a failure that the log does not name"] * (counted - named)


def errors(log: str) -> list[str]:
    """Return the lines of all errors with their tracebacks."""
    return "".join(_ERROR_BLOCK.findall(log)).splitlines()


@dataclass(frozen=True)
class Complaint:
    """A warning or error that Odoo logged."""

    level: str
    logger: str
    text: str


def complaints(log: str) -> list[Complaint]:
    """Return what Odoo complained about while it installed the addons, before the first test."""
    found = []
    for line in log.splitlines():
        if _TESTS_BEGIN.search(line):
            break
        if match := _NOISE.search(line):
            found.append(Complaint(match["level"], match["logger"], match["text"]))
    return found
