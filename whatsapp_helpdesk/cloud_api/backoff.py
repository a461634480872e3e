"""How long to wait before trying again. Chance comes in as ``jitter``, so results repeat in tests.

Source: Meta Cloud API: rate limits, media; what Meta does not say is marked as our choice.
"""

from datetime import timedelta

# Meta keeps the media of a webhook for seven days.
MEDIA_MAX_AGE = timedelta(days=7)

_MEDIA_BASE = 5.0
_MEDIA_CAP = 6 * 3600.0
_PAIR_RATE_MAX_EXPONENT = 6
_MAX_EXPONENT = 62  # beyond any cap, and still a float


def delay(attempt: int, *, base: float, cap: float, jitter: float) -> float:
    """Return the seconds to wait after failed attempt number ``attempt``, counted from 0.

    The time doubles from ``base`` up to ``cap``; between half of it and all of it is taken, so that
    many who failed together do not come back together.

    :param jitter: 0 to 1, drawn by the caller
    :raises ValueError: for a negative attempt or a jitter outside 0 to 1
    """
    if attempt < 0 or not 0 <= jitter <= 1:
        raise ValueError("attempt counts from 0 and jitter lies between 0 and 1")
    longest = min(cap, base * 2 ** min(attempt, _MAX_EXPONENT))
    return longest * (1 + jitter) / 2


def media_delay(attempt: int, jitter: float) -> float:
    """Return the seconds until the next try to fetch a file: about 5 s first, 6 hours at most."""
    return delay(attempt, base=_MEDIA_BASE, cap=_MEDIA_CAP, jitter=jitter)


def pair_rate_delay(attempt: int) -> float:
    """Return the seconds that Meta asks for after a pair rate limit (131056): 4 to the power of n.

    :param attempt: counted from 0
    """
    return float(4 ** min(max(attempt, 0), _PAIR_RATE_MAX_EXPONENT))
