"""A database with the addons and demo data, and the two servers that show it.

``./run demo`` and the browser tests use it, each with its own database, ports and folders.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import addons, databases, odoo, paths, servers, stamps
from .console import step
from .processes import run_logged
from .servers import Server
from .steps import template

SEED = paths.REPO / "demo" / "seed.py"


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

    def install(self) -> None:
        """Bring the database to the state of the addons' files; usually that is a look."""
        done = self._done()
        wanted = {"addons": addons.content_key(), "names": addons.own()}
        if done and databases.exists(self.database):
            if {name: done.get(name) for name in wanted} != wanted:
                with step("addons", "updating them in the demo database"):
                    self._change("-u", wanted, done)
        else:
            with step("demo database", "installing the addons"):
                self.remove()
                databases.clone(template.name(), self.database)
                self._change("-i", wanted, {})

    def start(self, keep: IO[str] | None = None, *options: str) -> list[Server]:
        """Start both servers; add the demo data if they are missing.

        :param keep: see ``servers.start_odoo``
        """
        running = []
        try:
            simulator_data = self.folder / "simulator"
            log = self.logs / "simulator.log"
            running.append(servers.start_simulator(self.simulator_port, simulator_data, log))
            log = self.logs / "odoo.log"
            running.append(servers.start_odoo(self.database, self.odoo_port, log, keep, *options))
            for server in running:
                server.wait_until_ready()
            self._seed(running[1].url, running[0].url)
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

    def _write_note(self, done: dict) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps(done))

    def _change(self, how: str, wanted: dict, done: dict) -> None:
        # Without the note an interrupted run starts again from nothing
        self._note.unlink(missing_ok=True)
        run_logged(
            odoo.command(
                *("server", "-d", self.database, how, ",".join(addons.own()), "--no-http"),
                *("-i", ",".join(addons.own())) if how == "-u" else (),
                *("--stop-after-init", "--max-cron-threads=0"),
            ),
            self.logs / "install.log",
            doing="installing the addons",
            env=odoo.environment(),
        )
        self._write_note({**done, **wanted})

    def _seed(self, odoo_url: str, simulator_url: str) -> None:
        done = self._done()
        if done.get("seeded") or not SEED.exists():
            return
        self._note.unlink()
        with step("demo data", "customers, orders, tickets and conversations"):
            run_logged(
                odoo.command("shell", "-d", self.database, "--no-http", "--log-level=warn"),
                self.logs / "seed.log",
                doing="adding the demo data",
                env=odoo.environment(WH_SIMULATOR_URL=simulator_url, WH_ODOO_URL=odoo_url),
                stdin=SEED.read_text(),
            )
        self._write_note({**done, "seeded": stamps.key_of(SEED)})


def stop(running: list[Server]) -> None:
    """End servers, the last one first."""
    for server in reversed(running):
        server.stop()
