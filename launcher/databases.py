"""Databases with their file stores: clone, drop, rename."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import paths
from .errors import LauncherError
from .steps import postgres


def file_store(name: str) -> Path:
    """Return the folder with the attachments of a database."""
    return paths.DATA / "filestore" / _checked(name)


def _checked(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise LauncherError(f"{name!r} is no usable name for a database.")
    return name


def psql_program() -> str:
    """Return the program ``psql``.

    :raise LauncherError: there is none
    """
    own = postgres.programs() / "psql"
    found = str(own) if own.exists() else shutil.which("psql")
    if not found:
        raise LauncherError("psql is missing; install postgresql-client and run this again.")
    return found


def psql_environment() -> dict[str, str]:
    """Return the environment in which ``psql`` finds the server."""
    return {**os.environ, **postgres.environment()}


def query(statement: str, database: str = "postgres") -> list[str]:
    """Run one SQL statement.

    :return: one string per row, columns separated by ``|``
    :raise LauncherError: the server cannot be reached or refuses it
    """
    return _psql(["-c", statement], database)


def script(text: str, database: str) -> None:
    """Run several statements and psql's own commands in one session.

    :raise LauncherError: the server cannot be reached or refuses one
    """
    _psql(["-f", "-"], database, text)


def _psql(arguments: list[str], database: str, text: str = "") -> list[str]:
    answer = subprocess.run(
        [psql_program(), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments],
        env=psql_environment(),
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        lines = answer.stderr.strip().splitlines() or ["no reason given"]
        hint = " Check PGHOST, PGPORT, PGUSER and PGPASSWORD." if postgres.is_external() else ""
        raise LauncherError(f"PostgreSQL says: {lines[0]}.{hint}")
    return answer.stdout.splitlines()


def exists(name: str) -> bool:
    """Tell whether there is such a database."""
    return bool(query(f"SELECT 1 FROM pg_database WHERE datname = '{_checked(name)}'"))


def named_like(prefix: str) -> list[str]:
    """Return the databases whose names start with ``prefix``."""
    rows = query("SELECT datname FROM pg_database ORDER BY 1")
    return [name for name in rows if name.startswith(prefix)]


def drop(name: str) -> None:
    """Remove a database, also while somebody is connected, and its files."""
    query(f'DROP DATABASE IF EXISTS "{_checked(name)}" WITH (FORCE)')
    shutil.rmtree(file_store(name), ignore_errors=True)


def clone(source: str, name: str) -> None:
    """Copy a database; its files are shared by hard links, as Odoo never changes a file."""
    drop(name)
    if (file_store(source)).exists():
        shutil.copytree(file_store(source), file_store(name), copy_function=os.link)
    query(f'CREATE DATABASE "{_checked(name)}" TEMPLATE "{_checked(source)}"')


def share(file: str | Path, copy: str | Path) -> None:
    """Copy a file that never changes, by a hard link if the disk allows it."""
    try:
        os.link(file, copy)
    except OSError:
        shutil.copy2(file, copy)


def share_files(source: Path, folder: Path) -> None:
    """Copy a folder of files that never change: by hard links where the disk allows it."""

    shutil.copytree(source, folder, copy_function=share)


def rename(name: str, new_name: str) -> None:
    """Give a database another name, which nobody has."""
    if (file_store(name)).exists():
        shutil.rmtree(file_store(new_name), ignore_errors=True)
        (file_store(name)).rename(file_store(new_name))
    query(f'ALTER DATABASE "{_checked(name)}" RENAME TO "{_checked(new_name)}"')


def require_usable_role() -> None:
    """Check what Odoo asks of the role on an existing server.

    :raise LauncherError: it may not create databases, or is the one that Odoo refuses
    """
    (row,) = query(
        "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    role, may_create = row.rsplit("|", 1)
    if role == "postgres":
        raise LauncherError('Odoo refuses the role "postgres"; set PGUSER to another one.')
    if may_create != "t":
        raise LauncherError(
            f'The role "{role}" may not create databases; run: ALTER ROLE "{role}" CREATEDB.'
        )
