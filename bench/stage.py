"""A database of the demo company and the servers that the measures need."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import machine
import psycopg2
from traffic import Business

from launcher import addons, databases, odoo, paths, ports, servers
from launcher.demonstration import Demonstration
from launcher.processes import end, tail
from launcher.servers import Server
from launcher.steps import postgres

HERE = paths.REPO / "bench"
DATABASE = "wh_bench"
CUSTOMERS = 200
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
_CONFLICT = re.compile(r"could not serialize|SerializationFailure|deadlock detected")
_PATIENCE_SECONDS = 240


class Stage:
    """Where the measures are taken.

    :param demonstration: the installed database and the ports
    :param simulator: the simulated WhatsApp that messages are sent to
    """

    def __init__(self, demonstration: Demonstration, simulator: Server):
        self._demonstration = demonstration
        self.simulator = simulator
        self.port = demonstration.odoo_port
        self.gevent_port = ports.any_free()
        self.log = demonstration.logs / "odoo.log"
        self.connection = psycopg2.connect(dbname=DATABASE, **_libpq())
        self.connection.autocommit = True
        database = _postgres_pid()
        self._database_process = [database] if database else []
        self.customers = CUSTOMERS
        prepared = self.inside("prepare", customers=CUSTOMERS)
        self.business = Business(**prepared["business"])
        self.at_meta = prepared["at_meta"]

    # === INSIDE ODOO === #

    def inside(self, name: str, **params) -> dict:
        """Run ``main(env, **params)`` of a module of ``inside`` in an Odoo shell.

        :return: what it returned
        :raise RuntimeError: with its last words
        """
        process, answer = self.begin_inside(name, **params)
        if process.wait():
            raise RuntimeError(f"{name} failed:\n{tail(self._shell_log(name), 30)}")
        return json.loads(answer.read_text())

    def begin_inside(self, name: str, **params) -> tuple[subprocess.Popen, Path]:
        """Start such a shell and return it with the file in which it will leave its answer."""
        answer = Path(tempfile.mkdtemp(prefix="wh_bench-")) / "answer.json"
        code = (
            "import json, pathlib\n"
            f"from inside import {name} as part\n"
            f"result = part.main(env, **json.loads({json.dumps(params)!r}))\n"
            f"pathlib.Path({str(answer)!r}).write_text(json.dumps(result))\n"
        )
        command = odoo.command("shell", "-d", DATABASE, "--no-http", "--log-level=warn")
        with open(self._shell_log(name), "w") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=_environment()
            )
        process.stdin.write(code.encode())
        process.stdin.close()
        return process, answer

    def _shell_log(self, name: str) -> Path:
        return self._demonstration.logs / f"{name}.log"

    # === THE SERVER === #

    @contextmanager
    def odoo(self, *, workers: int, drain: bool = True) -> Iterator[Server]:
        """Run Odoo.

        :param workers: processes for HTTP; 0 for one process with threads
        :param drain: whether events are processed right after they were stored
        """
        self._set_parameter("whatsapp_helpdesk.work_after_commit", "1" if drain else "0")
        crons = 1 if drain else 0
        # No --db-filter: with it Odoo lists the databases for every request without a session, over
        # a new connection each time, which costs more than the webhook and the empty route together
        command = odoo.command(
            *("server", "-d", DATABASE),
            *(f"--http-port={self.port}", f"--gevent-port={self.gevent_port}"),
            *(f"--workers={workers}", f"--max-cron-threads={crons}"),
            *("--log-handler=werkzeug:CRITICAL", "--load=base,rpc,web,wh_bench"),
            f"--addons-path={','.join(map(str, [*addons.search_path(), HERE / 'addons']))}",
        )
        with open(self.log, "w") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment()
            )
        server = Server("Odoo", process, f"http://127.0.0.1:{self.port}", "/web/health", self.log)
        try:
            server.wait_until_ready()
            yield server
        finally:
            end(process, patience=30)

    def conflicts(self) -> int:
        """Count the serialization errors and deadlocks in the server's log."""
        return len(_CONFLICT.findall(self.log.read_text(errors="replace")))

    # === PROCESSES === #

    def own_processes(self) -> list[int]:
        """Return the processes whose work is ours, with all their children."""
        return [os.getpid(), *self._database_process]

    def cpu_seconds(self, server: int) -> float:
        """Return the processor time used so far by a server and the database."""
        return machine.cpu_seconds(server, *self._database_process)

    # === THE DATABASE === #

    def rows(self, statement: str, *values) -> list[tuple]:
        """Run one SQL query."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def change(self, statement: str, *values) -> None:
        """Run one SQL command."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)

    def _set_parameter(self, key: str, value: str) -> None:
        self.change(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )

    def unprocessed(self) -> int:
        """Count the journal rows that nobody has processed."""
        [(count,)] = self.rows("SELECT count(*) FROM wa_webhook_event WHERE state = 'new'")
        return count

    def wait_until_drained(self) -> None:
        """Wait until all events are processed.

        :raise RuntimeError: if that takes minutes
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.unprocessed():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.unprocessed()} events are still not processed.")
            time.sleep(0.05)

    def clear_journal(self) -> None:
        """Forget all events, processed or not."""
        self.change("TRUNCATE wa_webhook_event")


def _libpq() -> dict:
    found = postgres.environment()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user"}
    return {names[key]: value for key, value in found.items()}


def _environment() -> dict[str, str]:
    environment = odoo.environment()
    folders = (HERE, paths.REPO / "whatsapp_helpdesk")
    environment["PYTHONPATH"] = os.pathsep.join(map(str, folders))
    return environment


@contextmanager
def opened() -> Iterator[Stage]:
    """Set everything up, and take it down afterwards."""
    room = paths.ARTIFACTS / "bench"
    folder = paths.STATE / "bench"
    demonstration = Demonstration(DATABASE, folder, room, ports.any_free(), ports.any_free())
    demonstration.remove()
    with _durable_postgres():
        demonstration.install()
        simulator = servers.start_simulator(
            demonstration.simulator_port, folder / "simulator", room / "simulator.log"
        )
        try:
            simulator.wait_until_ready()
            yield Stage(demonstration, simulator)
        finally:
            simulator.stop()
            demonstration.remove()


@contextmanager
def _durable_postgres() -> Iterator[None]:
    """Let the private cluster wait for the disk, as a company's does; tests do without."""
    if postgres.is_external():
        yield
        return
    try:
        for name in _DURABLE:
            databases.query(f"ALTER SYSTEM SET {name} = on")
        databases.query("SELECT pg_reload_conf()")
        yield
    finally:
        for name in _DURABLE:
            databases.query(f"ALTER SYSTEM RESET {name}")
        databases.query("SELECT pg_reload_conf()")


def _postgres_pid() -> int | None:
    if postgres.is_external():
        return None
    [folder] = databases.query("SHOW data_directory")
    return int((Path(folder) / "postmaster.pid").read_text().split("\n")[0])


def say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
