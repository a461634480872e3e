"""Tests inside Odoo: a clone of the template, the addons installed into it, their tests."""

import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from .. import addons, databases, installed, odoo, paths, ports, warm_pages
from ..console import say
from ..errors import LauncherError
from ..processes import Job, exit_codes, lanes
from ..steps import browser, postgres
from . import odoo_log, shares
from .results import SuiteResult

_ROOM = paths.ARTIFACTS / "odoo"
_DATABASES = "wh_test_"
_SHOWN_LINES = 150


def tags(filters: list[str], names: list[str]) -> str:
    """Translate what the user typed into Odoo's ``--test-tags``.

    :param filters: ``TestClass``, ``TestClass.test_method``, ``test_method``, or tags in Odoo's own
        writing, which are passed on; empty for all tests
    :param names: the addons
    """
    if not filters:
        return ",".join(f"/{name}" for name in names)
    return ",".join(tag for text in filters for tag in _tags_of(text, names))


def _tags_of(text: str, names: list[str]) -> list[str]:
    if not re.fullmatch(r"\w+(\.\w+)?", text):
        return [text]
    selector = f".{text}" if text.startswith("test_") else f":{text}"
    return [f"/{name}{selector}" for name in names]


def run(filters: list[str]) -> SuiteResult:
    """Run the addons' own tests: those that were chosen in one process, all of them in two.

    :param filters: see :func:`tags`
    """
    shutil.rmtree(_ROOM, ignore_errors=True)
    runs = [_Run("odoo", tags(filters, addons.own()))] if filters else _runs_of_all()
    with postgres.running():
        _drop_leftovers()
        # A few tests start sooner in the Odoo that installs the addons
        installs = bool(filters) and not installed.is_kept()
        try:
            for one in runs:
                (installed.clone_without if installs else installed.clone)(one.database)
            browser.warm_up()
            codes = _run_odoo(runs, ["-i", ",".join(addons.own())] if installs else [])
            warm_pages.keep(runs[0].database)
        except LauncherError as error:
            return SuiteResult("odoo", problems=[f"odoo: {error}"])
        finally:
            for one in runs:
                databases.drop(one.database)
    _show_complaints(runs[0].log if installs else installed.LOG)
    result = SuiteResult("odoo")
    for one, code in zip(runs, codes, strict=True):
        result.add(_judge(code, one.log))
    if not filters:
        shares.remember(result.slowest)
    return result


@dataclass(frozen=True)
class _Run:
    """Tests that one Odoo runs, in a database of its own.

    :param name: of its log
    :param tags: Odoo's ``--test-tags``
    """

    name: str
    tags: str

    @property
    def database(self) -> str:
        # Ends with our number, see _drop_leftovers
        return f"{_DATABASES}{self.name.replace('-', '_')}_{os.getpid()}"

    @property
    def log(self) -> Path:
        return _ROOM / f"{self.name}.log"


def _runs_of_all() -> list[_Run]:
    wanted = shares.tags((paths.REPO / name for name in addons.own()), lanes())
    return [_Run(f"odoo-{number}", some) for number, some in enumerate(wanted, 1)]


def _drop_leftovers() -> None:
    """Drop the databases of runs that were killed."""
    for name in databases.named_like(_DATABASES):
        pid = name.rsplit("_", 1)[1]
        if not os.path.exists(f"/proc/{pid}"):
            databases.drop(name)


def _run_odoo(runs: list[_Run], options: list[str]) -> list[int]:
    started = time.monotonic()
    environment = odoo.environment()
    jobs = [Job(_command(one, options), one.log, env=environment) for one in runs]
    codes = exit_codes(jobs, at_once=len(jobs))
    logs = " and ".join(str(one.log) for one in runs)
    say(f"   Odoo ran for {time.monotonic() - started:.1f} s (log: {logs})")
    return codes


def _command(run: _Run, options: list[str]) -> list[str]:
    return odoo.command(
        *("server", "-d", run.database, *options),
        *("--test-tags", run.tags, "--http-port", str(ports.any_free())),
        *("--max-cron-threads=0", "--stop-after-init", "--screenshots", _ROOM),
        *("--log-handler=odoo.tests.stats:DEBUG", "--log-handler=werkzeug:WARNING"),
    )


def _show_complaints(log: Path) -> None:
    """Print the warnings of the addons' installation."""
    for complaint in odoo_log.complaints(log.read_text(errors="replace") if log.exists() else ""):
        say(f"   {complaint.level} {complaint.logger}: {complaint.text[:300]}")


def _judge(code: int, file: Path) -> SuiteResult:
    log = file.read_text(errors="replace")
    result = odoo_log.parse(log)
    if code and not result.problems:
        result.problems.append(f"odoo: ended with code {code} (log: {file})")
    if result.problems:
        say(f"-- failures in {file}")
        _show_failures(log)
    return result


def _show_failures(log: str) -> None:
    """Print the failures with their tracebacks, or the end of the log if there are none."""
    lines = odoo_log.errors(log) or log.splitlines()[-40:]
    say("\n".join(lines[:_SHOWN_LINES]))
