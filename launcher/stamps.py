"""Folders that are either complete and of a known version, or made again.

A folder is built beside its place and renamed when it is whole; the stamp inside it says from what
it was made. An interrupted run leaves only a ``.new`` folder, which the next run throws away.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

STAMP = ".made-from"


def key_of(*parts: str | bytes | Path) -> str:
    """Return a short digest of texts, bytes and the content of files."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            part = part.read_bytes()
        elif isinstance(part, str):
            part = part.encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def is_current(folder: Path, key: str) -> bool:
    """Tell whether ``folder`` was completely made from ``key``."""
    try:
        return (folder / STAMP).read_text() == key
    except OSError:
        return False


def build(folder: Path, key: str, fill: Callable[[Path], None]) -> None:
    """Make ``folder`` from nothing.

    :param folder: where the finished folder shall be; an older one is replaced
    :param key: what it is made from, see :func:`key_of`
    :param fill: writes the content into the empty folder that it is given
    """
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    fill(new)
    (new / STAMP).write_text(key)
    replace(new, folder)


def replace(new: Path, folder: Path) -> None:
    """Put a finished folder in its place, with no moment at which a half one stands there."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
