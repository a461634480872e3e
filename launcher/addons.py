"""The addons of this repository, and where Odoo looks for addons."""

import hashlib
import os
from pathlib import Path

from . import paths

LINKS = paths.STATE / "addons"
OCA = paths.STATE / "oca"

# Changing these changes nothing in a database that has the addon installed
_NOT_INSTALLED = {"tests", "readme", "__pycache__", "description"}


def own() -> list[str]:
    """Return the names of the addons in this repository: each folder with a manifest."""
    return sorted(manifest.parent.name for manifest in paths.REPO.glob("*/__manifest__.py"))


def link_own() -> None:
    """Make a folder that holds only our addons: Odoo must not scan the whole repository."""
    LINKS.mkdir(parents=True, exist_ok=True)
    names = own()
    for link in LINKS.iterdir():
        if link.name not in names:
            link.unlink()
    for name in names:
        link = LINKS / name
        if not link.is_symlink():
            link.symlink_to(Path("..", "..", name))


def search_path() -> list[Path]:
    """Return the folders for ``addons_path``, ours first; Odoo adds its own by itself."""
    link_own()
    extra = os.environ.get("ODOO_ADDONS", "")
    return [LINKS, OCA / "odoo" / "addons", *(Path(part) for part in extra.split(",") if part)]


def content_key(repository: Path = paths.REPO, names: list[str] | None = None) -> str:
    """Return a digest of all that an installed addon consists of."""
    digest = hashlib.sha256()
    for name in own() if names is None else names:
        for file in sorted((repository / name).rglob("*")):
            inside = file.relative_to(repository)
            if file.is_file() and not _NOT_INSTALLED.intersection(inside.parts):
                digest.update(f"{inside}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
