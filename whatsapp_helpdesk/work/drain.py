"""Turns journal rows into messages: the way in, after the webhook was acknowledged."""

import logging

from .transactions import in_transaction

_logger = logging.getLogger(__name__)


def run(registry) -> None:
    """Process due journal rows until none is left.

    One drainer works at a time (advisory lock of each batch's transaction). A webhook that commits
    while the drainer looks for the last time finds the lock taken and goes away; therefore the look
    after the lock is released.
    """
    while True:
        if in_transaction(registry, lambda env: env["wa.webhook.event"]._process_batch()):
            continue
        if not in_transaction(registry, lambda env: env["wa.webhook.event"]._can_process()):
            return
