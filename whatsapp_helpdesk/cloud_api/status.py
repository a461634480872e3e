"""Which state a message has after news about it, in whatever order the news comes.

Source: Meta Cloud API: status webhooks, which are repeated, delayed and not ordered.
"""

_PROGRESS = ("queued", "sending", "unconfirmed", "sent", "delivered", "read", "played")
_RANK = {state: rank for rank, state in enumerate(_PROGRESS)}
_SEEN_BY_PHONE = ("delivered", "read", "played")
_CONFIRMED_BY_META = ("sent", *_SEEN_BY_PHONE)

STATES = (*_PROGRESS, "failed", "cancelled", "received")


def merge(current: str, incoming: str) -> str:
    """Return the state after ``incoming`` arrives at a message in state ``current``.

    States only move forward. ``failed`` replaces whatever was not delivered yet; evidence that the
    phone has the message (delivered, read, played) beats an earlier ``failed``; a cancelled message
    comes back only if Meta reports that it went out. Words we do not know change nothing.
    """
    return incoming if _replaces(current, incoming) else current


def _replaces(current: str, incoming: str) -> bool:
    if current == "failed":
        return incoming in _SEEN_BY_PHONE
    if current == "cancelled":
        return incoming in _CONFIRMED_BY_META
    if current not in _RANK:
        return False
    if incoming == "failed":
        return _RANK[current] < _RANK["delivered"]
    if incoming == "cancelled":
        return current == "queued"
    return _RANK.get(incoming, -1) > _RANK[current]
