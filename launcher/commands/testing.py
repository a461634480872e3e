"""``./run test``"""

import time
from collections.abc import Callable
from functools import partial

from .. import paths, setup
from ..console import say
from ..errors import LauncherError
from ..steps import Step
from ..testing import lint, odoo_suite, stories, unit
from ..testing.results import SuiteResult, closing_line, summary

Suite = tuple[tuple[Step, ...], Callable[[list[str]], SuiteResult]]

SUITES: dict[str, Suite] = {
    "lint": (setup.LINT, lint.run),
    "unit": (setup.UNIT, unit.run),
    "odoo": (setup.ODOO_TESTS, odoo_suite.run),
    "e2e": (setup.BROWSER_TESTS, partial(stories.run, "e2e")),
    "faults": (setup.BROWSER_TESTS, partial(stories.run, "faults")),
}
_SLOWEST_SHOWN = 10


def chosen(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Split what was typed into suites and filters.

    :return: names of suites, all that exist if none is named; the rest of the arguments
    :raise LauncherError: what comes first is no suite
    """
    names = []
    for text in arguments:
        if text not in SUITES:
            break
        names.append(text)
    rest = arguments[len(names) :]
    if rest and not names:
        raise LauncherError(f"There is no suite {rest[0]!r}; the suites are {', '.join(SUITES)}.")
    return names or _all_suites(), rest


def _all_suites() -> list[str]:
    return [name for name in SUITES if name != "faults" or (paths.REPO / "tests" / name).exists()]


def test(arguments: list[str]) -> int:
    """Run suites; the last line counts all tests, and what did not run counts as failed."""
    names, filters = chosen(arguments)
    results = [_run(name, filters) for name in names]
    say("")
    for line in summary(results):
        say(line)
    for problem in (problem for result in results for problem in result.problems):
        say(f"  not passed: {problem}")
    say(closing_line(results))
    return 1 if any(result.failed for result in results) else 0


def _run(name: str, filters: list[str]) -> SuiteResult:
    steps, suite = SUITES[name]
    setup.prepare(steps)
    say(f"== {name}")
    started = time.monotonic()
    result = suite(filters)
    result.seconds = time.monotonic() - started
    if name in ("odoo", "e2e"):
        for seconds, test_name in sorted(result.slowest, reverse=True)[:_SLOWEST_SHOWN]:
            say(f"   {seconds:6.2f} s  {test_name}")
    say(f"   {result.passed} passed, {result.failed} failed in {result.seconds:.1f} s")
    return result
