"""Tells Meta what was read and that somebody types. Nobody waits for it and nothing depends on it.

A receipt that is lost with the process, or that Meta does not take, is not sent again: the next
message brings the next one.
"""

import logging
from concurrent.futures import ThreadPoolExecutor

import requests

from ..cloud_api import errors
from .calls import Receipt
from .transactions import in_transaction

_logger = logging.getLogger(__name__)

_AT_ONCE = 8


def run(registry) -> None:
    """Send what is due."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="whatsapp_helpdesk.receipt") as pool:
        while due := in_transaction(registry, lambda env: env["wa.receipt"]._claim(_AT_ONCE)):
            list(pool.map(_send, due))


def _send(receipt: Receipt) -> None:
    """Call Meta. Runs in a thread, never raises."""
    try:
        with requests.Session() as session:
            client = receipt.connect(session)
            client.mark_read(receipt.phone_number_uid, receipt.wamid, receipt.is_typing)
    except errors.CloudApiError as error:
        _logger.info("read receipt was not taken: %s (code %s)", error.message, error.code)
    except Exception:
        _logger.exception("sending a read receipt")
