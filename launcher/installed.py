"""Databases with our addons installed."""

from pathlib import Path

from . import addons, databases, odoo, warm_pages
from .processes import run_logged
from .steps import template


def make_ready(database: str) -> None:
    """Clone the template, with warm pages of an earlier run, for the addons to be installed in."""
    databases.clone(template.name(), database)
    warm_pages.restore(database)


def install(database: str, log: Path) -> None:
    """Make a database with our addons."""
    make_ready(database)
    _change(database, log, "-i")
    template.warm_up(database, log.with_name("pages.log"))
    warm_pages.keep(database)


def update(database: str, log: Path) -> None:
    """Bring the addons in a database to the state of their files."""
    _change(database, log, "-i", "-u")


def _change(database: str, log: Path, *how: str) -> None:
    names = ",".join(addons.own())
    run_logged(
        odoo.command(
            *("server", "-d", database, "--no-http", "--stop-after-init", "--max-cron-threads=0"),
            *(word for option in how for word in (option, names)),
        ),
        log,
        doing="installing the addons",
        env=odoo.environment(),
    )
