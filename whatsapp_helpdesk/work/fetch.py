"""Downloads customers' files: claim by lease, commit, fetch in threads without the ORM, store.

Files go through temporary ones, so that eight large downloads need no memory.
"""

import hashlib
import logging
import tempfile
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import BinaryIO

import requests

from ..cloud_api import errors, file_digest, limits
from ..cloud_api.client import CloudApiClient
from ..const import MEDIA_BATCH, MEDIA_LOCK
from . import background
from .calls import Fetched, Wanted
from .transactions import in_transaction, worker_lock

_logger = logging.getLogger(__name__)

_LOOK_AHEAD_SECONDS = 60
_MAX_IN_MEMORY = limits.MEGABYTE


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
    """Keep all threads busy: a large file must not hold up the small ones behind it."""
    with ThreadPoolExecutor(MEDIA_BATCH, thread_name_prefix="whatsapp_helpdesk.fetch") as pool:
        under_way = {}
        while True:
            for wanted in in_transaction(registry, lambda env: _claim(env, under_way)):
                under_way[wanted.media_id] = pool.submit(_fetch, wanted)
            if not under_way:
                return
            done, _others = wait(under_way.values(), return_when=FIRST_COMPLETED)
            for call in done:
                fetched = call.result()
                del under_way[fetched.media_id]
                _store(registry, fetched)


def _claim(env, under_way: dict) -> list[Wanted]:
    """Claim for the idle threads; what is under way for longer than its lease is still ours."""
    return env["wa.media"]._claim(MEDIA_BATCH - len(under_way), list(under_way))


def _store(registry, fetched: Fetched) -> None:
    """Store one result; a file that cannot be stored must not hold up the others."""
    try:
        in_transaction(registry, lambda env: env["wa.media"]._store_result(fetched))
    except Exception as error:
        _logger.exception("storing media %s", fetched.media_id)
        reason = getattr(error, "strerror", None) or type(error).__name__
        failed = Fetched(
            fetched.media_id,
            error=errors.TransientError(f"The file could not be stored ({reason})."),
        )
        in_transaction(registry, lambda env: env["wa.media"]._store_result(failed))
    finally:
        fetched.close()


def _fetch(wanted: Wanted) -> Fetched:
    """Ask for the address and download. Runs in a thread, never raises."""
    try:
        with requests.Session() as session:
            return _obtain(wanted.connect(session), wanted)
    except errors.CloudApiError as error:
        return Fetched(wanted.media_id, error=error)
    except Exception as error:
        _logger.exception("fetching media %s", wanted.media_id)
        return Fetched(
            wanted.media_id,
            error=errors.TransientError(f"Unexpected {type(error).__name__} while fetching."),
        )


def _obtain(client: CloudApiClient, wanted: Wanted) -> Fetched:
    """Download from the webhook's address while it works, else from one that Meta gives us now.

    A damaged file is fetched once more.
    """
    if wanted.url:
        try:
            return _download(client, wanted, wanted.url, wanted.sha256)
        except errors.CloudApiError as error:
            if not wanted.media_uid:
                raise _without_another_way(error) from error
    try:
        return _ask_and_download(client, wanted)
    except errors.MediaError as error:
        if error.reason != "damaged":
            raise
    return _ask_and_download(client, wanted)


def _without_another_way(error: errors.CloudApiError) -> errors.CloudApiError:
    """An expired address means that the file is lost, when there is nothing but the address."""
    if getattr(error, "reason", "") != "expired":
        return error
    return errors.MediaError(error.message, reason="gone", http_status=error.http_status)


def _ask_and_download(client: CloudApiClient, wanted: Wanted) -> Fetched:
    info = client.media_info(wanted.media_uid, wanted.phone_number_uid)
    if info.file_size > limits.INBOUND_MEDIA_BYTES:
        raise errors.MediaError(
            f"The file has {info.file_size} bytes: not fetched.", reason="too_large"
        )
    return _download(client, wanted, info.url, info.sha256 or wanted.sha256, info.mime_type)


def _download(
    client: CloudApiClient, wanted: Wanted, url: str, sha256: str, mime_type: str = ""
) -> Fetched:
    file = tempfile.SpooledTemporaryFile(_MAX_IN_MEMORY, prefix="whatsapp_helpdesk.")
    try:
        served_as = client.download(url, file, max_bytes=limits.INBOUND_MEDIA_BYTES)
        if file_digest.contradicts(sha256, _digest(file)):
            raise errors.MediaError("The file is not the one that was announced.", reason="damaged")
    except BaseException:
        file.close()
        raise
    return Fetched(wanted.media_id, file, wanted.mime_type or mime_type or served_as)


def _digest(file: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(limits.MEGABYTE):
        digest.update(block)
    return digest.digest()
