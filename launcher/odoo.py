"""How Odoo is called, here and by hand: program, configuration file, environment."""

import os
import shlex
import sys
from pathlib import Path

from . import addons, paths
from .steps import browser, node_tools, odoo_tree, postgres
from .steps.python_env import ODOO_PYTHON

CONFIGURATION = paths.STATE / "odoo.conf"


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of ``odoo-bin`` with these arguments."""
    return [*_program(), *map(str, arguments)]


def _program() -> list[str]:
    existing = shlex.split(os.environ.get("ODOO_BIN", ""))
    if not existing:
        return [str(ODOO_PYTHON), str(odoo_tree.SERVER)]
    if len(existing) == 1 and not os.access(existing[0], os.X_OK):
        return [sys.executable, *existing]
    return existing


def environment(**extra: str) -> dict[str, str]:
    """Return the environment in which Odoo finds its database, addons, data and tools.

    :param extra: further variables
    """
    _write_configuration()
    result = {**os.environ, **postgres.environment(), "ODOO_RC": str(CONFIGURATION), **extra}
    tools = [*browser.program_folders(), *node_tools.program_folders()]
    # Last: a machine's own program for PDFs comes before ours.
    folders = [*map(str, tools), result.get("PATH", os.defpath), str(ODOO_PYTHON.parent)]
    result["PATH"] = os.pathsep.join(folders)
    result.pop("PYTHONPATH", None)
    return result


def _write_configuration() -> None:
    """Write what is the same for all calls; replaced in one go, as others may be reading it."""
    text = (
        "[options]\n"
        f"addons_path = {','.join(map(str, addons.search_path()))}\n"
        f"data_dir = {paths.DATA}\n"
        "http_interface = 127.0.0.1\n"
    )
    if CONFIGURATION.exists() and CONFIGURATION.read_text() == text:
        return
    new = CONFIGURATION.with_suffix(f".{os.getpid()}")
    new.write_text(text)
    new.replace(CONFIGURATION)
