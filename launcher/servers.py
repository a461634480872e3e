"""Starting Odoo and the simulator, and waiting until they answer."""

import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import odoo, paths
from .console import Heartbeat
from .errors import LauncherError
from .ports import LOOPBACK
from .processes import end, last_line
from .steps.python_env import SIMULATOR_PYTHON

# Seconds; the first page of a cold database takes long on a slow machine
PATIENCE = 180


@dataclass
class Server:
    """A server that we started.

    :param name: for the user
    :param process: the process, a session of its own, so that Ctrl-C reaches only the launcher
    :param url: where it answers
    :param health: path that answers 200 when it is ready
    :param log: file with its output
    """

    name: str
    process: subprocess.Popen
    url: str
    health: str
    log: Path

    def wait_until_ready(self) -> None:
        """Wait for its first answer.

        :raise LauncherError: it ended or did not answer in time
        """
        deadline = time.monotonic() + PATIENCE
        heartbeat = Heartbeat()
        while not self._answers():
            self.require_alive()
            if time.monotonic() > deadline:
                raise LauncherError(f"{self.name} does not answer at {self.url} (log: {self.log}).")
            heartbeat.beat(f"waiting for {self.name}")
            time.sleep(0.2)

    def _answers(self) -> bool:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(self.url + self.health, timeout=30) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def require_alive(self) -> None:
        """Refuse to go on if it ended.

        :raise LauncherError: with its last words
        """
        if self.process.poll() is not None:
            raise LauncherError(f"{self.name} ended: {last_line(self.log)} (log: {self.log}).")

    def stop(self) -> None:
        """End it."""
        end(self.process)


def _start(
    command: list[str], log: Path, env: Mapping[str, str], keep: IO[str] | None
) -> subprocess.Popen:
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=paths.REPO,
            env=env,
            start_new_session=True,
            pass_fds=[keep.fileno()] if keep else [],
        )


def start_odoo(database: str, port: int, log: Path, keep: IO[str] | None = None) -> Server:
    """Start Odoo on one database, in one process with threads.

    :param keep: lock that it shall hold while it runs, see ``postgres.running``
    """
    # -d is enough: with --db-filter Odoo would list the databases, over a new connection, for every
    # request without a session, so for every webhook
    command = odoo.command(
        *("server", "-d", database),
        *("--http-port", str(port), "--workers=0", "--max-cron-threads=2"),
    )
    process = _start(command, log, odoo.environment(), keep)
    return Server("Odoo", process, f"http://{LOOPBACK}:{port}", "/web/health", log)


def start_simulator(port: int, data: Path, log: Path) -> Server:
    """Start the simulated WhatsApp.

    :param data: folder in which it keeps chats and media
    """
    data.mkdir(parents=True, exist_ok=True)
    command = [str(SIMULATOR_PYTHON), "-m", "simulator", "--host", LOOPBACK]
    command += ["--port", str(port), "--data", str(data)]
    # The addon's folder, for the protocol package that both use
    path = os.pathsep.join([str(paths.REPO), str(paths.REPO / "whatsapp_helpdesk")])
    process = _start(command, log, {**os.environ, "PYTHONPATH": path}, None)
    return Server("The simulator", process, f"http://{LOOPBACK}:{port}", "/healthz", log)
