"""Short transactions for work that must not be lost to a passing conflict."""

import logging
import random
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import TypeVar

from psycopg2 import errors

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")

CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)
"""What PostgreSQL raises when two transactions meet: nothing is wrong, the later one goes again."""

MAX_TRIES = 12


def in_transaction(registry, function: Callable[[api.Environment], _T]) -> _T:
    """Run ``function(env)`` in a transaction of its own, again after a conflict.

    :param registry: the Odoo registry of the database
    :param function: gets a superuser environment; must be safe to run twice
    :return: what the function returned, once its transaction is committed
    :raise psycopg2.OperationalError: the conflict, if it did not go away in ``MAX_TRIES``
    """
    for attempt in range(1, MAX_TRIES + 1):
        try:
            with registry.cursor() as cr:
                return function(api.Environment(cr, SUPERUSER_ID, {}))
        except CONFLICTS as conflict:
            if attempt == MAX_TRIES:
                raise
            _logger.info("conflict %s, try %s", type(conflict).__name__, attempt)
            time.sleep(random.uniform(0, 0.02 * attempt))  # noqa: S311 - spreading, not security
    raise AssertionError("unreachable")


@contextmanager
def worker_lock(registry, key: int):
    """Hold a session-level advisory lock without keeping a transaction open.

    :param key: number of the lock, unique in the database
    :yield: True if this worker has the lock, False if another one has it
    """
    with registry.cursor() as cr:
        cr.execute("SELECT pg_try_advisory_lock(%s)", [key])
        (locked,) = cr.fetchone()
        # The lock belongs to the session: end the transaction, so that vacuum is not held up by it.
        cr.commit()  # pylint: disable=invalid-commit
        try:
            yield locked
        finally:
            if locked:
                cr.execute("SELECT pg_advisory_unlock(%s)", [key])
