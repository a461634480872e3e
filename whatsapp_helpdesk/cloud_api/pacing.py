"""Sending no faster than Meta allows: a token bucket as plain data, stored by whoever paces.

Source: Meta Cloud API: throughput, pair rate limits.
"""

from dataclasses import dataclass

# Waiting exactly as long as we said must be enough in spite of rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_second`` messages in the long run, ``burst`` of them at once after a pause."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many messages may leave at ``updated_at`` (seconds of any clock that only goes on)."""

    tokens: float
    updated_at: float


# One number to one customer: 1 per 6 s, up to 45 of them borrowed ahead.
PAIR_RATE = Rate(per_second=1 / 6, burst=45)
# One number to everybody. Inbound counts too; what that costs shows as 130429, which is retried.
CHANNEL_RATE = Rate(per_second=80, burst=8)
# A number that is also used in the WhatsApp Business app.
COEXISTENCE_RATE = Rate(per_second=20, burst=4)


def full(rate: Rate, now: float) -> Bucket:
    """Return the bucket of somebody who has not sent for a while."""
    return Bucket(rate.burst, now)


def take(bucket: Bucket, rate: Rate, now: float) -> tuple[Bucket, float]:
    """Take one message's token, or say how long to wait for it.

    :return: the bucket to keep, and 0.0 when the message may leave now; otherwise the seconds after
        which taking again succeeds (nothing was taken)
    """
    elapsed = max(0.0, now - bucket.updated_at)
    tokens = min(rate.burst, bucket.tokens + elapsed * rate.per_second)
    updated_at = max(now, bucket.updated_at)
    if tokens >= 1 - _ROUNDING:
        return Bucket(max(0.0, tokens - 1), updated_at), 0.0
    return Bucket(tokens, updated_at), (1 - tokens) / rate.per_second
