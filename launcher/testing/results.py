"""What suites report, and how it is added up: a test that did not run has not passed."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class SuiteResult:
    """Outcome of one suite.

    :param name: the suite's name
    :param passed: tests that ran and passed
    :param problems: one line for each that failed, was skipped, or did not run
    :param slowest: seconds and names of the slowest tests
    :param seconds: wall time
    """

    name: str
    passed: int = 0
    problems: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        """Number of tests that did not pass."""
        return len(self.problems)

    def require_some(self) -> None:
        """Count a suite that ran nothing as a failure."""
        if not self.passed and not self.problems:
            self.problems.append(f"{self.name}: no test was run")

    def add(self, other: "SuiteResult") -> None:
        """Take another part of the same suite in."""
        self.passed += other.passed
        self.problems += other.problems
        self.slowest += other.slowest


def closing_line(results: Iterable[SuiteResult]) -> str:
    """Return the line that ends every test run."""
    results = list(results)
    passed, failed = sum(r.passed for r in results), sum(r.failed for r in results)
    return f"{passed} passed, {failed} failed"


def summary(results: Iterable[SuiteResult]) -> list[str]:
    """Return one line per suite."""
    return [
        f"{r.name:8}{r.passed:5} passed {r.failed:4} failed {r.seconds:7.1f} s" for r in results
    ]
