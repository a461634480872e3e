"""Stories in a real browser: Odoo, the simulator and Chromium, all over real HTTP."""

import contextlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import databases, odoo, paths, ports
from ..console import say
from ..demonstration import Demonstration, stop
from ..processes import Job, exit_codes, lanes, tail
from ..servers import Server
from ..steps import browser, node_tools, postgres
from . import junit, odoo_log, shares
from .results import SuiteResult

_SHOWN_LINES = 80
_STORY = re.compile(r"^test\(", re.MULTILINE)
# What a story takes on average, until it has been measured
_SECONDS = 15.0


def files(folder: Path, filters: list[str]) -> list[Path]:
    """Return the test files of a folder whose names contain one of the filters; all if none."""
    found = sorted(folder.glob("*.test.mjs"))
    return [file for file in found if not filters or any(text in file.name for text in filters)]


def run(suite: str, filters: list[str]) -> SuiteResult:
    """Run the stories of one suite, in two lanes if there are several files.

    :param suite: name of the suite and of its folder below ``tests``
    :param filters: parts of file names
    """
    result = SuiteResult(suite)
    chosen = files(paths.REPO / "tests" / suite, filters)
    room = paths.ARTIFACTS / suite
    shutil.rmtree(room, ignore_errors=True)
    parts = [part for part in shares.divide(_weights(suite, chosen), lanes()) if part]
    all_lanes = [_Lane(suite, number, part) for number, part in enumerate(parts, 1)]
    with contextlib.ExitStack() as stack:
        if all_lanes:
            stack.enter_context(postgres.running())
        jobs = [stack.enter_context(lane.ready()) for lane in all_lanes]
        codes = exit_codes(jobs, at_once=len(jobs))
    for lane, code in zip(all_lanes, codes, strict=True):
        result.add(lane.judge(code))
    result.require_some()
    shares.keep(_measured(suite, chosen, result.slowest))
    return result


@dataclass(frozen=True)
class _Lane:
    """Story files that run one after the other, on servers and a database of their own.

    :param suite: what they belong to
    :param number: from 1
    :param names: of the files
    """

    suite: str
    number: int
    names: list[str]

    @property
    def _name(self) -> str:
        return f"{self.suite}_{self.number}"

    @property
    def _room(self) -> Path:
        return paths.ARTIFACTS / self.suite / f"lane-{self.number}"

    @property
    def _report(self) -> Path:
        return self._room / "report.xml"

    @property
    def _log(self) -> Path:
        return self._room / "tests.log"

    @contextlib.contextmanager
    def ready(self) -> Iterator[Job]:
        """Start the servers, and give what runs the stories against them."""
        self._room.mkdir(parents=True)
        story = Demonstration(
            f"wh_{self._name}",
            paths.STATE / self._name,
            self._room,
            ports.any_free(),
            ports.any_free(),
        )
        story.remove()
        story.install()
        servers = story.start()
        try:
            yield self._job(story.database, *servers)
        finally:
            stop(servers)
            story.remove()

    def _job(self, database: str, simulator: Server, server: Server) -> Job:
        environment = odoo.environment(
            ODOO_URL=server.url,
            # For stories about what happens when it dies, or its database does
            ODOO_PID=str(server.process.pid),
            ODOO_COMMAND=json.dumps(server.process.args),
            ODOO_LOG=str(server.log),
            DATABASE=database,
            PSQL=databases.psql_program(),
            SIMULATOR_URL=simulator.url,
            ARTIFACTS=str(self._room.parent),
            CHROMIUM=str(browser.program()),
        )
        command = [node_tools.node(), "--test", "--test-concurrency=1"]
        command += ["--test-reporter=spec", "--test-reporter-destination=stdout"]
        command += ["--test-reporter=junit", f"--test-reporter-destination={self._report}"]
        command += [paths.REPO / "tests" / self.suite / name for name in self.names]
        return Job(command, self._log, paths.REPO, environment)

    def judge(self, code: int) -> SuiteResult:
        """Read the report.

        :param code: that Node ended with
        """
        report = self._report.read_text() if self._report.exists() else ""
        result = junit.parse(report, self.suite)
        if code and not result.problems:
            result.problems.append(f"{self.suite}: Node ended with code {code}")
        if result.problems:
            self._show_failures()
        return result

    def _show_failures(self) -> None:
        say(f"-- end of {self._log}\n{tail(self._log, _SHOWN_LINES)}")
        server_log = self._room / "odoo.log"
        lines = odoo_log.errors(server_log.read_text(errors="replace"))
        say("\n".join([f"-- errors in {server_log}", *lines[-_SHOWN_LINES:]]))
        simulator_log = self._room / "simulator.log"
        say(f"-- end of {simulator_log}\n{tail(simulator_log, 20)}")


def _weights(suite: str, chosen: Iterable[Path]) -> dict[str, float]:
    """Return the seconds of each file, by its name; guessed for what was never run here."""
    known = shares.times()
    return {
        file.name: known.get(f"{suite}/{file.name}")
        or _SECONDS * len(_STORY.findall(file.read_text()))
        for file in chosen
    }


def _measured(
    suite: str, chosen: Iterable[Path], stories: Iterable[tuple[float, str]]
) -> dict[str, float]:
    """Return how long the stories of each file took; Node's report does not name files."""
    texts = {file.name: file.read_text() for file in chosen}
    sums = dict.fromkeys(texts, 0.0)
    for seconds, title in stories:
        for name, text in texts.items():
            if title in text:
                sums[name] += seconds
    return {f"{suite}/{name}": seconds for name, seconds in sums.items() if seconds}
