"""What the user sees while work is going on."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def warn(text: str) -> None:
    """Print one line on the error channel."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(name: str, purpose: str) -> Iterator[None]:
    """Announce a piece of work and, when it has succeeded, say how long it took."""
    say(f"== {name}: {purpose}")
    started = time.monotonic()
    yield
    say(f"   {name} ready after {time.monotonic() - started:.1f} s")


class Heartbeat:
    """Says every few seconds that long work is still going on.

    :param every: seconds between two signs of life
    """

    def __init__(self, every: float = 5.0):
        self._started = self._last = time.monotonic()
        self._every = every

    def beat(self, status: str) -> None:
        """Print ``status`` if enough time has passed since the last line."""
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            say(f"   {now - self._started:4.0f} s  {status[:110]}")


def megabytes(size: int) -> str:
    """Write a number of bytes as ``12.3 MB``."""
    return f"{size / 1e6:.1f} MB"
