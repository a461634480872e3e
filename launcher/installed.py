"""Databases with our addons installed: copies of one that is kept until the addons change."""

from pathlib import Path

from . import addons, databases, locks, odoo, paths, stamps, warm_pages
from .processes import run_logged
from .steps import postgres, template

LOG = paths.LOGS / "addons.log"
"""What Odoo said when it installed them."""

_PREFIX = "wh_addons_"
_DIGITS = 10


def clone(database: str) -> None:
    """Make a database with our addons; only the first time after a change they are installed."""
    with locks.exclusive("addons-database", "another command that installs the addons"):
        if not databases.exists(_kept()):
            _install()
        databases.clone(_kept(), database)


def is_kept() -> bool:
    """Tell whether the addons, as they are now, were installed before."""
    return databases.exists(_kept())


def clone_without(database: str) -> None:
    """Clone the template, with warm pages of an earlier run, for the addons to be installed in."""
    databases.clone(template.name(), database)
    warm_pages.restore(database)


def update(database: str, log: Path) -> None:
    """Bring the addons in a database to the state of their files."""
    _change(database, log, "-i", "-u")


def _prefix() -> str:
    # A template belongs to one checkout, and so do its copies
    return f"{_PREFIX}{template.name().rsplit('_', 1)[1]}_"


def _kept() -> str:
    return _prefix() + stamps.key_of(addons.content_key(), *addons.own())[:_DIGITS]


def _install() -> None:
    # On an existing server they may be another checkout's
    for outdated in databases.named_like(_prefix() if postgres.is_external() else _PREFIX):
        databases.drop(outdated)
    new = f"{_prefix()}new"
    clone_without(new)
    _change(new, LOG, "-i")
    template.warm_up(new, LOG.with_name("addons-pages.log"))
    warm_pages.keep(new)
    databases.rename(new, _kept())


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
