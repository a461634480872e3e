"""The customer service window: free-form messages are allowed for 24 hours after a customer's.

Source: Meta Cloud API: customer service windows. Times are all aware or all naive UTC.
"""

from datetime import datetime, timedelta

CUSTOMER_SERVICE_WINDOW = timedelta(hours=24)

# Meta names up to seven days lately; what is billed, the statuses of the messages say.
FREE_ENTRY_POINT = timedelta(hours=72)

# Meta documents that messages and calls open the window; these kinds are not taken for messages.
_NOT_A_MESSAGE = frozenset(
    {
        "edit",
        "errors",
        "media_placeholder",
        "reaction",
        "revoke",
        "system",
        "unknown",
        "unsupported",
    }
)

_NOTHING_TO_ANSWER = frozenset({"edit", "reaction", "revoke", "system"})


def expires_at(last_inbound_at: datetime | None) -> datetime | None:
    """Return when the window closes; None when the customer never wrote."""
    return last_inbound_at + CUSTOMER_SERVICE_WINDOW if last_inbound_at else None


def is_open(
    last_inbound_at: datetime | None, now: datetime, margin: timedelta = timedelta(0)
) -> bool:
    """Tell whether a free-form message may be sent.

    :param last_inbound_at: WhatsApp's time of the customer's last message, not its arrival here
    :param margin: stop that much earlier, for messages that will wait in a queue
    """
    closes_at = expires_at(last_inbound_at)
    return closes_at is not None and now < closes_at - margin


def free_entry_ends_at(referred_at: datetime | None, answered_at: datetime) -> datetime | None:
    """Return until when messages are free for a customer who came from an ad or a Page.

    It is about prices only: after the customer service window closed it takes templates as ever.

    :param referred_at: WhatsApp's time of the message that was written from there
    :param answered_at: when the business first answered
    :return: None if there is no free entry point, or the answer came too late
    """
    if not referred_at or answered_at - referred_at > CUSTOMER_SERVICE_WINDOW:
        return None
    return answered_at + FREE_ENTRY_POINT


def opens_window(message_type: str) -> bool:
    """Tell whether an inbound message of Meta's type ``message_type`` opens the window.

    A customer's call, of type ``call``, opens it as a message does.
    """
    return bool(message_type) and message_type not in _NOT_A_MESSAGE


def asks_for_answer(message_type: str) -> bool:
    """Tell whether somebody should look at a message of Meta's type ``message_type``.

    A reaction or a changed number needs no answer. What we cannot read may well need one, although
    it does not open the window.
    """
    return message_type not in _NOTHING_TO_ANSWER
