"""A database with the addons and demo data, and the two servers that show it.

``./run demo`` and the browser tests use it, each with its own database, ports and folders.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import addons, databases, installed, odoo, paths, servers, stamps
from .console import step
from .ports import LOOPBACK
from .processes import run_logged
from .servers import Server

SEED = paths.REPO / "demo" / "seed.py"
PLAY = paths.REPO / "demo" / "play.py"


@dataclass(frozen=True)
class Demonstration:
    """One running story.

    :param database: name of its database
    :param folder: for the simulator's data and the note of what is installed
    :param logs: folder for logs
    :param odoo_port: port of Odoo
    :param simulator_port: port of the simulator
    """

    database: str
    folder: Path
    logs: Path
    odoo_port: int
    simulator_port: int

    @property
    def _note(self) -> Path:
        return self.folder / "installed.json"

    @property
    def _addresses(self) -> dict[str, str]:
        return {
            "WH_ODOO_URL": f"http://{LOOPBACK}:{self.odoo_port}",
            "WH_SIMULATOR_URL": f"http://{LOOPBACK}:{self.simulator_port}",
        }

    def install(self) -> None:
        """Bring the database to the state of the files here; usually that is a look."""
        addons_now = {"addons": addons.content_key(), "names": addons.own()}
        if not self._done() or not databases.exists(self.database):
            with step("demo database", "installing the addons"):
                self.remove()
                installed.clone(self.database)
            self._write_note(**addons_now)
        elif not addons_now.items() <= self._done().items():
            with step("addons", "updating them in the demo database"), self._all_or_nothing():
                installed.update(self.database, self.logs / "update.log")
            self._write_note(**addons_now)
        self._seed()

    def start(self, keep: IO[str] | None = None) -> list[Server]:
        """Start both servers, and play the demo's conversations if there are none yet.

        :param keep: see ``servers.start_odoo``
        :return: the simulator and Odoo
        """
        running = []
        try:
            log = self.logs / "simulator.log"
            running.append(
                servers.start_simulator(self.simulator_port, self.folder / "simulator", log)
            )
            log = self.logs / "odoo.log"
            running.append(servers.start_odoo(self.database, self.odoo_port, log, keep))
            for server in running:
                server.wait_until_ready()
            self._play()
        except BaseException:
            stop(running)
            raise
        return running

    def remove(self) -> None:
        """Forget everything."""
        databases.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _done(self) -> dict:
        try:
            return json.loads(self._note.read_text())
        except (OSError, ValueError):
            return {}

    def _write_note(self, **news) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({**self._done(), **news}))

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Hide the note meanwhile: an interrupted change makes the next run start from nothing."""
        hidden = self._note.with_suffix(".hidden")
        if self._note.exists():
            self._note.rename(hidden)
        yield
        if hidden.exists():
            hidden.rename(self._note)

    def _seed(self) -> None:
        """Add companies, people and documents, and the servers' addresses; may be repeated."""
        if not SEED.exists():
            return
        key = stamps.key_of(SEED, json.dumps(self._addresses))
        if self._done().get("seed") == key:
            return
        with step("demo data", "customers, orders, tickets"):
            run_logged(
                odoo.command("shell", "-d", self.database, "--no-http", "--log-level=warn"),
                self.logs / "seed.log",
                doing="adding the demo data",
                env=odoo.environment(**self._addresses),
                stdin=SEED.read_text(),
            )
        self._write_note(seed=key)

    def _play(self) -> None:
        """Connect the simulator; the first time also play conversations through both servers."""
        if not PLAY.exists():
            return
        addresses = self._addresses
        command = [sys.executable, PLAY, "--db", self.database]
        command += ["--odoo", addresses["WH_ODOO_URL"]]
        command += ["--simulator", addresses["WH_SIMULATOR_URL"]]
        with step("conversations", "between the demo's customers and agents"):
            with nullcontext() if self._done().get("played") else self._all_or_nothing():
                run_logged(command, self.logs / "play.log", doing="playing the conversations")
        self._write_note(played=True)


def stop(running: list[Server]) -> None:
    """End servers, the last one first."""
    for server in reversed(running):
        server.stop()
