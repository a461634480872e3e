"""Folders that are either complete and of a known version, or made again.

A folder is built beside its place and renamed when it is whole; the stamp inside it says from what
it was made. An interrupted run leaves only a ``.new-…`` folder, which the next run throws away.
"""

import fcntl
import hashlib
import shutil
import tempfile
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
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Other checkouts share the cache
    with open(folder.with_name(folder.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _remove_leftovers(folder)
        new = _empty_beside(folder)
        fill(new)
        (new / STAMP).write_text(key)
        _replace(new, folder)
        # Once more: orphans of a killed run may have written on until now
        _remove_leftovers(folder)


def _remove_leftovers(folder: Path) -> None:
    for leftover in folder.parent.glob(folder.name + ".new-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _empty_beside(folder: Path) -> Path:
    new = Path(tempfile.mkdtemp(prefix=folder.name + ".new-", dir=folder.parent))
    new.chmod(0o755)
    return new


def _replace(new: Path, folder: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
