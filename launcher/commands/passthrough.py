"""``./run odoo`` and ``./run psql``: other programs with the project's environment."""

import os
import signal
import subprocess
from collections.abc import Mapping

from .. import databases, setup
from .. import odoo as odoo_program
from ..processes import end
from ..steps import postgres
from .demo import DATABASE


def odoo(arguments: list[str]) -> int:
    """Run ``odoo-bin``; without ``-d`` on the demo database, if there is one."""
    setup.prepare(setup.ODOO)
    with postgres.running():
        environment = odoo_program.environment()
        if databases.exists(DATABASE):
            environment.setdefault("PGDATABASE", DATABASE)
        return in_foreground(odoo_program.command(*arguments), environment)


def psql(arguments: list[str]) -> int:
    """Open an SQL prompt."""
    setup.prepare((*setup.NODE[:1], postgres.STEP))
    with postgres.running():
        command = [databases.psql_program(), *(arguments or [DATABASE])]
        return in_foreground(command, databases.psql_environment())


def in_foreground(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a program on our terminal; Ctrl-C is its own business.

    :return: its exit code, in the way of a shell
    """
    process = subprocess.Popen(command, env=environment, cwd=os.environ.get("WH_CALLED_FROM"))
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        code = process.wait()
    finally:
        signal.signal(signal.SIGINT, previous)
        end(process)
    return code if code >= 0 else 128 - code
