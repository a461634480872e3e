"""``./run demo``, ``./run stop`` and ``./run reset``"""

import sys
import time
from typing import IO

from .. import locks, paths, pids, ports, setup
from ..console import say
from ..demonstration import Demonstration
from ..demonstration import stop as stop_servers
from ..errors import LauncherError
from ..servers import Server
from ..steps import postgres

DATABASE = "whatsapp_demo"
LOGINS = paths.REPO / "demo" / "logins.txt"
_ODOO_PID = paths.PIDS / "odoo.pid"
_SIMULATOR_PID = paths.PIDS / "simulator.pid"
_URLS = paths.PIDS / "urls.txt"


def demo(arguments: list[str]) -> int:
    """Start the demonstration; on a terminal it stays in the foreground until Ctrl-C."""
    unknown = set(arguments) - {"--foreground"}
    if unknown:
        raise LauncherError(f"./run demo does not know {' '.join(sorted(unknown))}.")
    foreground = "--foreground" in arguments or sys.stdin.isatty()
    if _is_running():
        return _say_running()
    # Before minutes of setting up
    _require_free_ports(_demonstration())
    setup.prepare(setup.DEMO)
    with postgres.running() as lease:
        with locks.exclusive("demo", "another ./run demo"):
            if _is_running():
                return _say_running()
            servers = _start(None if foreground else lease.lock)
        say(_URLS.read_text())
        if foreground:
            return _watch(servers)
        lease.keep = True
    say("It runs in the background; ./run stop ends it.")
    return 0


def _say_running() -> int:
    say(_URLS.read_text())
    say("It is running already; ./run stop ends it.")
    return 0


def _start(keep: IO[str] | None) -> list[Server]:
    story = _demonstration()
    _require_free_ports(story)
    story.install()
    servers = story.start(keep)
    _note(servers)
    return servers


def _demonstration() -> Demonstration:
    return Demonstration(
        DATABASE,
        paths.STATE / "demo",
        paths.LOGS,
        ports.chosen("PORT", 8069),
        ports.chosen("SIMULATOR_PORT", 8079),
    )


def _require_free_ports(story: Demonstration) -> None:
    ports.require_free(story.odoo_port, "PORT")
    ports.require_free(story.simulator_port, "SIMULATOR_PORT")


def _is_running() -> bool:
    return pids.living(_ODOO_PID) is not None and pids.living(_SIMULATOR_PID) is not None


def _note(servers: list[Server]) -> None:
    """Write down what runs, for ``./run stop`` and for a second ``./run demo``."""
    simulator, odoo = servers
    text = f"\n  Odoo        {odoo.url}\n  Customers   {simulator.url}\n"
    if LOGINS.exists():
        text += "\n" + LOGINS.read_text()
    _URLS.write_text(text)
    pids.record(_SIMULATOR_PID, simulator.process.pid)
    pids.record(_ODOO_PID, odoo.process.pid)


def _watch(servers: list[Server]) -> int:
    """Stay until the user has had enough or a server ends by itself."""
    say("Ctrl-C stops it.")
    try:
        while _URLS.exists():
            for server in servers:
                server.require_alive()
            time.sleep(0.5)
        say("stopped by ./run stop")
    except KeyboardInterrupt:
        say("\nstopping")
    finally:
        stop_servers(servers)
        _forget()
    return 0


def _forget() -> None:
    for file in (_ODOO_PID, _SIMULATOR_PID, _URLS):
        file.unlink(missing_ok=True)


def _stop_demo() -> list[str]:
    named = (("Odoo", _ODOO_PID), ("the simulator", _SIMULATOR_PID))
    # First of all, so that a demo in the foreground knows that it was not a failure
    _URLS.unlink(missing_ok=True)
    return [name for name, file in named if pids.stop(file)]


def stop(arguments: list[str]) -> int:
    """Stop the demonstration's servers, and PostgreSQL unless another command uses it."""
    if arguments:
        raise LauncherError("./run stop takes no arguments.")
    stopped = _stop_demo()
    if postgres.stop():
        stopped.append("PostgreSQL")
    say("stopped " + ", ".join(stopped) if stopped else "nothing was running")
    return 0


def reset(arguments: list[str]) -> int:
    """Throw the demo's database and the simulator's data away; the next start makes new ones."""
    if arguments:
        raise LauncherError("./run reset takes no arguments.")
    _stop_demo()
    setup.prepare((*setup.NODE[:1], postgres.STEP))
    with postgres.running(), locks.exclusive("demo", "another ./run demo"):
        _demonstration().remove()
    say("The demo database and the simulator's data are gone; ./run demo makes new ones.")
    return 0
