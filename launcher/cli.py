"""The commands of ``./run``."""

import errno
import signal
import sys
import traceback
from collections.abc import Callable, Sequence

from . import paths
from .commands import bench, demo, formatting, passthrough, preparing, testing
from .console import say, warn
from .errors import NO_SPACE, LauncherError

Command = Callable[[list[str]], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "setup": (preparing.setup, "fetch and build all that is needed; a second time is instant"),
    "demo": (demo.demo, "start Odoo and the simulated WhatsApp with demo data [--foreground]"),
    "test": (testing.test, "[lint|unit|odoo|e2e|faults] [FILTER…]: run all tests or some"),
    "bench": (bench.bench, "[ARGS]: measure; results in bench/results"),
    "stop": (demo.stop, "stop what ./run demo started, and PostgreSQL"),
    "reset": (demo.reset, "throw the demo database and the simulator's data away"),
    "odoo": (passthrough.odoo, "ARGS: odoo-bin with this project's environment"),
    "psql": (passthrough.psql, "[DB] [ARGS]: SQL prompt, by default on the demo database"),
    "format": (formatting.format_code, "bring all files into the form that the linters want"),
}
VARIABLES = """\
Environment: PORT (8069) and SIMULATOR_PORT (8079) of the demo; ODOO_BIN and ODOO_ADDONS use an
existing Odoo 19; PGHOST, PGPORT, PGUSER, PGPASSWORD an existing server; PG_BIN other PostgreSQL
programs; CHROMIUM another browser."""


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    :param arguments: as typed after ``./run``
    :return: exit code; failures are told in one sentence, never by a traceback
    """
    _end_what_we_started()
    name, *rest = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        return _help()
    if name not in COMMANDS:
        warn(f"error: There is no command {name!r}; ./run help lists them.")
        return 2
    return _guarded(COMMANDS[name][0], rest)


def _end_what_we_started() -> None:
    """Make "finally" run, and with it the end of our programs, also when somebody ends us."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Ignored means that somebody wants us to outlive the terminal
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda got, _frame: sys.exit(128 + got))


def _guarded(command: Command, rest: list[str]) -> int:
    try:
        return command(rest)
    except LauncherError as error:
        warn(f"error: {error}")
    except KeyboardInterrupt:
        warn("stopped")
        return 130
    except OSError as error:
        warn(f"error: {_sentence(error)}")
    except Exception as error:
        warn(f"error: Something unforeseen failed ({error!r}); details are in {_keep_details()}.")
    return 1


def _sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"Cannot go on: {NO_SPACE}."
    place = f" {error.filename}" if error.filename else ""
    return f"Cannot use{place}: {error.strerror or error}; put that right and run this again."


def _keep_details() -> str:
    file = paths.LOGS / "launcher-error.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(traceback.format_exc())
    return str(file)


def _help() -> int:
    say("usage: ./run COMMAND\n")
    for name, (_command, purpose) in COMMANDS.items():
        say(f"  {name:8}{purpose}")
    say(f"\n{VARIABLES}")
    return 0
