"""The template: a database with all that our addons stand on, from which others are cloned."""

import os
from pathlib import Path

from .. import databases, odoo, paths, stamps
from ..processes import run_logged
from . import Step, odoo_tree, postgres, template_cache
from .python_env import lock

MODULES = (
    "mail",
    "contacts",
    "crm",
    "phone_validation",
    "rating",
    "sale_management",
    "utm",
    "helpdesk_mgmt",
)
# The first one becomes the default
LANGUAGES = "en_US,ar_001"
_PREFIX = "wh_template_"
# Pages open at once in a clone, because their bundles are there
_WARM_UP = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"


def _content_key() -> str:
    return stamps.key_of(odoo_tree.key(), lock("addons"), lock("odoo"), *MODULES, LANGUAGES)


def name() -> str:
    """Return the template's name, which changes with what it is made of."""
    # The path, because other checkouts on the same server keep their files elsewhere
    return _PREFIX + stamps.key_of(_content_key(), str(paths.STATE))[:10]


def _is_done() -> bool:
    with postgres.running():
        return databases.exists(name())


def _make() -> None:
    with postgres.running():
        if postgres.is_external():
            databases.require_usable_role()
        new = name() + "_new"
        databases.drop(new)
        # Restoring with our tools needs our server; an existing one may be older
        may_share = not postgres.is_external() and not os.environ.get("ODOO_BIN")
        if not (may_share and template_cache.restore(_content_key(), new)):
            _install(new)
            if may_share:
                template_cache.keep(_content_key(), new)
        databases.rename(new, name())
        _drop_outdated()


def _install(database: str) -> None:
    run_logged(
        odoo.command(
            *("server", "-d", database, "-i", ",".join(MODULES), "--load-language", LANGUAGES),
            *("--stop-after-init", "--no-http", "--max-cron-threads=0"),
        ),
        paths.LOGS / "template.log",
        doing="creating the template database",
        env=odoo.environment(),
    )
    warm_up(database, paths.LOGS / "template-assets.log")


def warm_up(database: str, log: Path) -> None:
    """Generate the bundles of scripts and styles, which else the first page would wait for."""
    run_logged(
        odoo.command("shell", "-d", database, "--no-http", "--log-level=warn"),
        log,
        doing="preparing web pages",
        env=odoo.environment(),
        stdin=_WARM_UP,
        progress=lambda: "preparing web pages",
    )


def _drop_outdated() -> None:
    # On an existing server they may be another checkout's
    if not postgres.is_external():
        for old in databases.named_like(_PREFIX):
            if old != name():
                databases.drop(old)


STEP = Step(
    "template database",
    "Odoo with sales, helpdesk and Arabic (about a minute, once)",
    _is_done,
    _make,
)
