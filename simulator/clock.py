"""WhatsApp's clock: real time plus an offset that a test or the page can move."""

from collections.abc import Callable
from datetime import datetime, timezone


class Clock:
    """Seconds since 1970 as WhatsApp sees them.

    :param real_now: gives real seconds since 1970 (``time.time`` outside tests)
    """

    def __init__(self, real_now: Callable[[], float]):
        self._real_now = real_now
        self.offset_seconds = 0.0

    def now(self) -> float:
        """Return simulated seconds since 1970."""
        return self._real_now() + self.offset_seconds

    def advance(self, seconds: float) -> None:
        """Move the clock by ``seconds`` (negative goes back)."""
        self.offset_seconds += seconds


def as_iso(seconds: float | None) -> str | None:
    """Write simulated ``seconds`` as UTC in ISO 8601, for the control API."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
