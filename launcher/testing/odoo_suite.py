"""Tests inside Odoo: a clone of the template, the addons installed into it, their tests."""

import os
import re
import time
from pathlib import Path

from .. import addons, databases, installed, odoo, paths, ports, warm_pages
from ..console import say
from ..processes import exit_code
from ..steps import browser, postgres
from . import odoo_log
from .results import SuiteResult

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
    """Run the addons' own tests.

    :param filters: see :func:`tags`
    """
    database = f"wh_test_{os.getpid()}"
    log = paths.ARTIFACTS / "odoo" / "odoo.log"
    with postgres.running():
        _drop_leftovers()
        try:
            installed.make_ready(database)
            browser.warm_up()
            code = _run_odoo(database, tags(filters, addons.own()), log)
            warm_pages.keep(database)
        finally:
            databases.drop(database)
    return _judge(code, log.read_text(errors="replace"))


def _drop_leftovers() -> None:
    """Drop the databases of runs that were killed."""
    for name in databases.named_like("wh_test_"):
        pid = name.rsplit("_", 1)[1]
        if not os.path.exists(f"/proc/{pid}"):
            databases.drop(name)


def _run_odoo(database: str, wanted: str, log: Path) -> int:
    names = ",".join(addons.own())
    command = odoo.command(
        *("server", "-d", database, "-i", names, "--test-tags", wanted),
        *("--http-port", str(ports.any_free()), "--max-cron-threads=0", "--stop-after-init"),
        *("--screenshots", paths.ARTIFACTS / "odoo"),
        *("--log-handler=odoo.tests.stats:DEBUG", "--log-handler=werkzeug:WARNING"),
    )
    started = time.monotonic()
    code = exit_code(command, log, env=odoo.environment())
    say(f"   Odoo ran for {time.monotonic() - started:.1f} s (log: {log})")
    return code


def _judge(code: int, log: str) -> SuiteResult:
    result = odoo_log.parse(log)
    for complaint in odoo_log.complaints(log):
        say(f"   {complaint.level} {complaint.logger}: {complaint.text[:300]}")
    if code and not result.problems:
        result.problems.append(f"odoo: ended with code {code}")
    if result.problems:
        _show_failures(log)
    return result


def _show_failures(log: str) -> None:
    """Print the failures with their tracebacks, or the end of the log if there are none."""
    lines = odoo_log.errors(log) or log.splitlines()[-40:]
    say("\n".join(lines[:_SHOWN_LINES]))
