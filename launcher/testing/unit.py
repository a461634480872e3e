"""Tests without Odoo, by pytest: each folder with the Python that has what it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import paths
from ..console import say
from ..processes import Job, exit_codes, lanes
from ..steps.python_env import ODOO_PYTHON, SIMULATOR_PYTHON
from . import junit
from .results import SuiteResult

_TESTS = paths.REPO / "tests"
_GROUPS = {
    "protocol": (ODOO_PYTHON, (_TESTS / "unit", _TESTS / "launcher")),
    "simulator": (SIMULATOR_PYTHON, (_TESTS / "simulator",)),
}
# pytest's own code for "no tests collected"
_NOTHING_SELECTED = 5


def run(filters: list[str]) -> SuiteResult:
    """Run pytest.

    :param filters: arguments for pytest, for example ``-k window``
    """
    every = [_Group(name, *group) for name, group in _GROUPS.items()]
    groups = [group for group in every if arguments(group.folders, filters) is not None]
    jobs = [group.job(filters) for group in groups]
    result = SuiteResult("unit")
    for group, code in zip(groups, exit_codes(jobs, lanes()), strict=True):
        result.add(group.judge(code, filters))
    result.require_some()
    return result


@dataclass(frozen=True)
class _Group:
    """Folders of tests that one Python runs."""

    name: str
    python: Path
    folders: tuple[Path, ...]

    @property
    def _report(self) -> Path:
        return paths.ARTIFACTS / "unit" / f"{self.name}.xml"

    @property
    def _log(self) -> Path:
        return self._report.with_suffix(".log")

    def job(self, filters: list[str]) -> Job:
        """Return how to run it, without a report of an earlier run."""
        self._report.unlink(missing_ok=True)
        command = [self.python, "-m", "pytest", "-q", f"--junitxml={self._report}"]
        return Job([*command, *(arguments(self.folders, filters) or [])], self._log, paths.REPO)

    def judge(self, code: int, filters: list[str]) -> SuiteResult:
        """Read the report."""
        if code == _NOTHING_SELECTED and filters:
            return SuiteResult("unit")
        text = self._report.read_text() if self._report.exists() else ""
        result = junit.parse(text, f"unit ({self.name})")
        if code and not result.problems:
            problem = f"unit ({self.name}): pytest ended with code {code} (log: {self._log})"
            result.problems.append(problem)
        if result.problems:
            say(f"-- {self.name}\n{self._log.read_text(errors='replace')}")
        return result


def arguments(folders: Sequence[Path], filters: list[str]) -> list[str] | None:
    """Return pytest's arguments for the tests of some folders.

    :param filters: what the user typed; files and folders among it replace ours
    :return: None if the user chose files of other folders only
    """
    named = [text for text in filters if text.startswith("tests/")]
    inside = tuple(str(folder.relative_to(paths.REPO)) for folder in folders)
    chosen = [text for text in named if text.startswith(inside)]
    if named and not chosen:
        return None
    return [text for text in filters if text not in named] + (chosen or list(inside))
