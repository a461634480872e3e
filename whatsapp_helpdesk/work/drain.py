"""Turns journal rows into messages: the way in, after the webhook was acknowledged."""

import time

from .transactions import in_transaction

_WORTHWHILE_BATCH = 30
LONGEST_REST_SECONDS = 0.25

_rest_until: dict[str, float] = {}


def run(registry) -> None:
    """Process due journal rows until none is left.

    One drainer works at a time (advisory lock of each batch's transaction). A webhook that commits
    during a batch finds the lock taken and goes away; therefore the look after the lock is
    released.
    """
    while True:
        time.sleep(max(0.0, _rest_until.get(registry.db_name, 0.0) - time.monotonic()))
        _process_batch(registry)
        if not in_transaction(registry, lambda env: env["wa.webhook.event"]._can_process()):
            return


def _process_batch(registry) -> None:
    """Process one batch; after a small one, rest twice as long as it took.

    Most of a small batch's cost is the transaction's. Resting lets the next batch grow under load
    and leaves the processor to those who wait for an answer; on a quiet system nobody notices.
    """
    started = time.monotonic()
    count = in_transaction(registry, lambda env: env["wa.webhook.event"]._process_batch())
    if 0 < count < _WORTHWHILE_BATCH:
        ended = time.monotonic()
        _rest_until[registry.db_name] = ended + min(2 * (ended - started), LONGEST_REST_SECONDS)
