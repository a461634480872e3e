"""Tests without Odoo, by pytest: each folder with the Python that has what it needs."""

from pathlib import Path

from .. import paths
from ..console import say
from ..processes import exit_code
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
    result = SuiteResult("unit")
    for name, (python, folders) in _GROUPS.items():
        present = [folder for folder in folders if folder.exists()]
        if present:
            result.add(_run_group(name, python, present, filters))
    result.require_some()
    return result


def _run_group(name: str, python: Path, folders: list[Path], filters: list[str]) -> SuiteResult:
    room = paths.ARTIFACTS / "unit"
    report, log = room / f"{name}.xml", room / f"{name}.log"
    report.unlink(missing_ok=True)
    command = [python, "-m", "pytest", "-q", f"--junitxml={report}", *filters]
    code = exit_code([*command, *_unless_chosen(folders, filters)], log, cwd=paths.REPO)
    if code == _NOTHING_SELECTED and filters:
        return SuiteResult("unit")
    text = report.read_text() if report.exists() else ""
    result = junit.parse(text, f"unit ({name})")
    if code and not result.problems:
        result.problems.append(f"unit ({name}): pytest ended with code {code} (log: {log})")
    if result.problems:
        say(f"-- {name}\n{log.read_text(errors='replace')}")
    return result


def _unless_chosen(folders: list[Path], filters: list[str]) -> list[Path]:
    """Leave the choice of files to the user who names some."""
    named = [text for text in filters if text.startswith("tests/")]
    if not named:
        return folders
    inside = [str(folder.relative_to(paths.REPO)) for folder in folders]
    return [] if any(text.startswith(tuple(inside)) for text in named) else folders
