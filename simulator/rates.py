"""Meta's two send limits with true counters: per second of a number, and per pair.

Meta Cloud API: throughput, pair rate limits.
"""

from collections import deque

from .clock import Clock
from .graph_errors import GraphError
from .world import Number

MESSAGES_PER_SECOND, MESSAGES_PER_SECOND_WITH_APP = 80, 20
PAIR_BURST, PAIR_SECONDS = 45, 6.0


class Rates:
    """Counts messages by WhatsApp's clock.

    A pair (number and user) may send one message in six seconds; a burst of up to 45 borrows from
    the time after it.
    """

    def __init__(self, clock: Clock):
        self._clock = clock
        self._seconds: dict[str, deque[float]] = {}
        self._paid_until: dict[tuple[str, str], float] = {}

    def count(self, number: Number) -> None:
        """Note one message of ``number``, in either direction."""
        self._recent(number).append(self._clock.now())

    def charge(self, number: Number, phone: str) -> None:
        """Take one message from ``number`` to ``phone`` off both limits.

        :raises GraphError: 131056 for the pair, 130429 for the number; then nothing is taken
        """
        now, pair = self._clock.now(), (number.uid, phone)
        paid_until = max(now, self._paid_until.get(pair, 0.0)) + PAIR_SECONDS
        if paid_until - now > PAIR_BURST * PAIR_SECONDS:
            raise GraphError(131056, "Too many messages sent from this number to the same user.")
        limit = MESSAGES_PER_SECOND_WITH_APP if number.is_on_biz_app else MESSAGES_PER_SECOND
        if len(self._recent(number)) >= limit:
            raise GraphError(130429, "Cloud API message throughput has been reached.")
        self._paid_until[pair] = paid_until
        self.count(number)

    def _recent(self, number: Number) -> deque[float]:
        times, start = self._seconds.setdefault(number.uid, deque()), self._clock.now() - 1.0
        while times and times[0] <= start:
            times.popleft()
        return times
