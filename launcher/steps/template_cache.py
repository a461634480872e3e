"""The template in the user's cache: another checkout restores it instead of building it."""

import shutil
from pathlib import Path

from .. import databases, paths, stamps
from ..errors import LauncherError
from ..processes import run_logged
from . import postgres

_DUMP = "database.dump"
_FILES = "filestore"


def restore(key: str, database: str) -> bool:
    """Make ``database`` from the cache.

    :param key: what the template is made of
    :return: whether the cache had it
    """
    folder = paths.cache() / "template"
    if not stamps.is_current(folder, key):
        return False
    # The order of text that Odoo itself asks for
    databases.query(f"CREATE DATABASE \"{database}\" LC_COLLATE 'C' TEMPLATE template0")
    command = [postgres.programs() / "pg_restore", "--no-owner", "--exit-on-error", "--jobs=2"]
    try:
        run_logged(
            [*command, "-d", database, folder / _DUMP],
            paths.LOGS / "template-restore.log",
            doing="restoring the template database",
            env=databases.psql_environment(),
        )
    except LauncherError:
        # Whatever is wrong with the copy, building anew is right
        databases.drop(database)
        shutil.rmtree(folder)
        return False
    databases.query("ANALYZE", database)
    databases.share_files(folder / _FILES, databases.file_store(database))
    return True


def keep(key: str, database: str) -> None:
    """Put a copy of the fresh template into the cache."""

    def fill(folder: Path) -> None:
        run_logged(
            [postgres.programs() / "pg_dump", "-Fc", "-f", folder / _DUMP, database],
            paths.LOGS / "template-dump.log",
            doing="keeping a copy of the template database",
            env=databases.psql_environment(),
        )
        databases.share_files(databases.file_store(database), folder / _FILES)

    stamps.build(paths.cache() / "template", key, fill)
