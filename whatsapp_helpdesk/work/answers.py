"""Does what customers' answers to our messages ask for, one by one, each in its own transaction.

Server actions may take long and may fail, so they must not hold up the messages that come in.
"""

import logging

from ..const import ANSWER_LOCK
from . import background
from .transactions import in_transaction, worker_lock

_logger = logging.getLogger(__name__)


def run(registry) -> None:
    """Follow all answers that wait; one worker per database does it."""
    with worker_lock(registry, ANSWER_LOCK) as locked:
        if not locked:
            background.wake_later(registry.db_name, run, 0.2)
            return
        while message_id := in_transaction(registry, lambda env: env["wa.message"]._next_answer()):
            _follow(registry, message_id)


def _follow(registry, message_id: int) -> None:
    """Follow one answer; one that cannot be followed must not hold up the others."""
    try:
        in_transaction(registry, lambda env: env["wa.message"].browse(message_id)._follow_answer())
    except Exception:
        _logger.exception("following the answer %s", message_id)
        in_transaction(registry, lambda env: env["wa.message"].browse(message_id)._give_up_answer())
