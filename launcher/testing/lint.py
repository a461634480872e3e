"""Static checks; each tool counts as one test."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from .. import addons, paths
from ..console import say
from ..processes import Job, exit_codes, lanes, tail
from ..steps import node_tools
from ..steps.python_env import LINT_PYTHON
from .results import SuiteResult

_JAVASCRIPT = "**/*.{js,mjs}"
_PRETTY = "**/*.{js,mjs,xml,scss}"
_CONFIGURATIONS = ("package.json", ".prettierrc.json")
_SHOWN_LINES = 60


def python_tool(name: str, *arguments: str) -> list[str]:
    """Return the command line of a linter written in Python."""
    return [str(LINT_PYTHON.with_name(name)), *arguments]


def node_tool(name: str, *arguments: str) -> list[str]:
    """Return the command line of a linter written for Node."""
    return [str(node_tools.LINK / ".bin" / name), *arguments]


def prettier(mode: str) -> list[str]:
    """Return the command line of prettier, to ``--check`` or to ``--write``."""
    files = (_PRETTY, *_CONFIGURATIONS)
    return node_tool("prettier", mode, "--no-error-on-unmatched-pattern", *files)


def _tools() -> dict[str, list[str]]:
    own = addons.own()
    everywhere = {
        "ruff check": python_tool("ruff", "check"),
        "ruff format": python_tool("ruff", "format", "--check"),
        "codespell": python_tool("codespell"),
        "eslint": node_tool("eslint", "--no-error-on-unmatched-pattern", _JAVASCRIPT),
        "prettier": prettier("--check"),
    }
    for_addons = {
        "pylint-odoo": python_tool("pylint", *own),
        "oca-checks": python_tool("oca-checks-odoo-module", *own),
    }
    return {**everywhere, **(for_addons if own else {})}


def run(filters: list[str]) -> SuiteResult:
    """Run the linters.

    :param filters: only the tools whose name contains one of these
    """
    tools = {
        name: command
        for name, command in _tools().items()
        if not filters or any(wanted in name for wanted in filters)
    }
    environment = _environment()
    jobs = [Job(tools[name], _log(name), paths.REPO, environment) for name in tools]
    result = SuiteResult("lint")
    for name, code in zip(tools, exit_codes(jobs, lanes()), strict=True):
        _judge(name, code, result)
    result.require_some()
    return result


def _log(name: str) -> Path:
    return paths.ARTIFACTS / "lint" / f"{name.replace(' ', '-')}.log"


def _judge(name: str, code: int, result: SuiteResult) -> None:
    if code == 0:
        result.passed += 1
        return
    result.problems.append(f"{name} (log: {_log(name)})")
    say(f"-- {name}\n{tail(_log(name), _SHOWN_LINES)}")


def _environment() -> Mapping[str, str]:
    environment = node_tools.environment()
    programs = os.pathsep.join([str(LINT_PYTHON.parent), str(Path(sys.executable).parent)])
    return {**environment, "PATH": programs + os.pathsep + environment["PATH"]}
