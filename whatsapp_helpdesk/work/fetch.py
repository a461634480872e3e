"""Downloads customers' files: claim by lease, commit, fetch in threads without the ORM, store."""

import logging
from concurrent.futures import ThreadPoolExecutor

import requests

from ..cloud_api import errors, limits
from ..const import MEDIA_BATCH, MEDIA_LOCK
from . import background
from .calls import Fetched, Wanted
from .transactions import in_transaction, worker_lock

_logger = logging.getLogger(__name__)

_LOOK_AHEAD_SECONDS = 60


def run(registry) -> None:
    """Fetch what is due; one worker per database does it."""
    with worker_lock(registry, MEDIA_LOCK) as locked:
        if not locked:
            background.wake_later(registry.db_name, run, 0.2)
            return
        _fetch_all(registry)
    seconds = in_transaction(registry, lambda env: env["wa.media"]._seconds_until_due())
    if seconds is not None and seconds < _LOOK_AHEAD_SECONDS:
        background.wake_later(registry.db_name, run, max(seconds, 1.0))


def _fetch_all(registry) -> None:
    with ThreadPoolExecutor(MEDIA_BATCH, thread_name_prefix="whatsapp_helpdesk.fetch") as pool:
        while wanted := in_transaction(registry, lambda env: env["wa.media"]._claim(MEDIA_BATCH)):
            for fetched in pool.map(_fetch, wanted):
                in_transaction(
                    registry, lambda env, result=fetched: env["wa.media"]._store_result(result)
                )


def _fetch(wanted: Wanted) -> Fetched:
    """Ask for the address and download. Runs in a thread, never raises."""
    try:
        with requests.Session() as session:
            client = wanted.connect(session)
            info = client.media_info(wanted.media_uid, wanted.phone_number_uid)
            file = client.download(info.url, max_bytes=limits.INBOUND_MEDIA_BYTES)
    except errors.CloudApiError as error:
        return Fetched(wanted.media_id, error=error)
    except Exception as error:
        _logger.exception("fetching media %s", wanted.media_id)
        return Fetched(
            wanted.media_id,
            error=errors.TransientError(f"Unexpected {type(error).__name__} while fetching."),
        )
    return Fetched(
        wanted.media_id, content=file.content, mime_type=info.mime_type or file.mime_type
    )
