"""Stories in a real browser: Odoo, the simulator and Chromium, all over real HTTP."""

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from .. import databases, odoo, paths, ports
from ..console import say
from ..demonstration import Demonstration, stop
from ..processes import exit_code, tail
from ..servers import Server
from ..steps import browser, node_tools, postgres
from . import junit, odoo_log
from .results import SuiteResult

_SHOWN_LINES = 80


def files(folder: Path, filters: list[str]) -> list[Path]:
    """Return the test files of a folder whose names contain one of the filters; all if none."""
    found = sorted(folder.glob("*.test.mjs"))
    return [file for file in found if not filters or any(text in file.name for text in filters)]


def run(suite: str, filters: list[str]) -> SuiteResult:
    """Run the stories of one suite.

    :param suite: name of the suite and of its folder below ``tests``
    :param filters: parts of file names
    """
    chosen = files(paths.REPO / "tests" / suite, filters)
    if not chosen:
        result = SuiteResult(suite)
        result.require_some()
        return result
    room = paths.ARTIFACTS / suite
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    with postgres.running(), _servers(suite, room) as (simulator, server):
        return _run_files(suite, chosen, room, server, simulator)


def _database(suite: str) -> str:
    return f"wh_{suite}"


@contextlib.contextmanager
def _servers(suite: str, room: Path) -> Iterator[list[Server]]:
    story = Demonstration(
        _database(suite), paths.STATE / suite, room, ports.any_free(), ports.any_free()
    )
    story.remove()
    story.install()
    servers = story.start()
    try:
        yield servers
    finally:
        stop(servers)
        story.remove()


def _run_files(
    suite: str, chosen: list[Path], room: Path, server: Server, simulator: Server
) -> SuiteResult:
    report, log = room / "report.xml", room / "tests.log"
    environment = odoo.environment(
        ODOO_URL=server.url,
        # For stories about what happens when it dies, or its database does
        ODOO_PID=str(server.process.pid),
        ODOO_COMMAND=json.dumps(server.process.args),
        ODOO_LOG=str(server.log),
        DATABASE=_database(suite),
        PSQL=databases.psql_program(),
        SIMULATOR_URL=simulator.url,
        ARTIFACTS=str(room),
        CHROMIUM=str(browser.program()),
    )
    command = [node_tools.node(), "--test", "--test-concurrency=1"]
    command += ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    command += ["--test-reporter=junit", f"--test-reporter-destination={report}", *chosen]
    code = exit_code(command, log, cwd=paths.REPO, env=environment)
    result = junit.parse(report.read_text() if report.exists() else "", suite)
    if code and not result.problems:
        result.problems.append(f"{suite}: Node ended with code {code}")
    if result.problems:
        _show_failures(log, room)
    return result


def _show_failures(log: Path, room: Path) -> None:
    say(f"-- end of {log}\n{tail(log, _SHOWN_LINES)}")
    server_log = room / "odoo.log"
    lines = odoo_log.errors(server_log.read_text(errors="replace"))
    say("\n".join([f"-- errors in {server_log}", *lines[-_SHOWN_LINES:]]))
    simulator_log = room / "simulator.log"
    say(f"-- end of {simulator_log}\n{tail(simulator_log, 20)}")
