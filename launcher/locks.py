"""File locks, so that two commands in one checkout do not get into each other's way."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from . import paths
from .console import say


def open_lock(name: str) -> IO[str]:
    """Open the file that stands for the lock ``name``; closing it releases the lock."""
    paths.LOCKS.mkdir(parents=True, exist_ok=True)
    return open(paths.LOCKS / name, "w")


def try_lock(handle: IO[str], mode: int) -> bool:
    """Take a lock (``fcntl.LOCK_EX`` or ``LOCK_SH``) if that is possible without waiting."""
    try:
        fcntl.flock(handle, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def exclusive(name: str, waiting_for: str) -> Iterator[None]:
    """Hold the lock ``name`` alone; tell the user what is waited for."""
    with open_lock(name) as handle:
        if not try_lock(handle, fcntl.LOCK_EX):
            say(f"   waiting for {waiting_for}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
