"""Bundles of scripts and styles that one database generated, for the next one.

Odoo names a bundle by the files in it, so an outdated one is never used, only replaced. Generating
those of our addons takes half a minute of each test run otherwise.
"""

from pathlib import Path

from . import databases, locks, paths, stamps

_STORE = paths.STATE / "warm_pages"
_ROWS = "rows.csv"
_COLUMNS = (
    "name, type, url, public, mimetype, store_fname, checksum, file_size, res_model, res_id, "
    "index_content, create_uid, create_date, write_uid, write_date"
)
_BUNDLES = "url LIKE '/web/assets/%' AND store_fname IS NOT NULL"


def keep(database: str) -> None:
    """Remember the bundles that a database has."""
    files = databases.file_store(database)

    def fill(folder: Path) -> None:
        databases.script(
            f"\\copy (SELECT {_COLUMNS} FROM ir_attachment WHERE {_BUNDLES}) "
            f"TO '{folder / _ROWS}' CSV",
            database,
        )
        for name in databases.query(
            f"SELECT DISTINCT store_fname FROM ir_attachment WHERE {_BUNDLES}", database
        ):
            _share(files / name, folder / name)

    with locks.exclusive("warm-pages", "another test run"):
        stamps.build(_STORE, "any", fill)


def restore(database: str) -> None:
    """Give a fresh clone the bundles that it does not have yet."""
    with locks.exclusive("warm-pages", "another test run"):
        if not stamps.is_current(_STORE, "any"):
            return
        for file in _STORE.glob("*/*"):
            _share(file, databases.file_store(database) / file.relative_to(_STORE))
        databases.script(
            f"CREATE TEMP TABLE warm AS SELECT {_COLUMNS} FROM ir_attachment LIMIT 0;\n"
            f"\\copy warm FROM '{_STORE / _ROWS}' CSV\n"
            f"INSERT INTO ir_attachment ({_COLUMNS}) SELECT {_COLUMNS} FROM warm "
            "WHERE NOT EXISTS (SELECT FROM ir_attachment known WHERE known.url = warm.url);",
            database,
        )


def _share(file: Path, copy: Path) -> None:
    if copy.exists() or not file.exists():
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    databases.share(file, copy)
