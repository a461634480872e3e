"""Sends queued messages: claim by lease, commit, call Meta in threads without the ORM, store."""

import logging
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import requests

from ..cloud_api import errors, pacing
from ..const import SEND_LOCK, SEND_THREADS
from . import background, uploads
from .calls import Outgoing, Sent
from .transactions import in_transaction, worker_lock

_logger = logging.getLogger(__name__)

_LOOK_AHEAD_SECONDS = 60
"""Retries that are due sooner than this do not wait for the scheduled action."""

_GATHER_SECONDS = 0.004
"""Answers that come this close together are stored in one transaction."""

_threads = threading.local()


def run(registry) -> None:
    """Send what may leave now; one worker per database does it, whoever was woken first."""
    with worker_lock(registry, SEND_LOCK) as locked:
        if not locked:
            # The other worker's last look may have been before our message: look again soon.
            background.wake_later(registry.db_name, run, 0.2)
            return
        in_transaction(registry, lambda env: env["wa.message"]._expire_leases())
        _send_all(registry, _pacer_of(registry.db_name))
    seconds = in_transaction(registry, lambda env: env["wa.message"]._seconds_until_due())
    if seconds is not None and seconds < _LOOK_AHEAD_SECONDS:
        background.wake_later(registry.db_name, run, max(seconds, 1.0))


def _send_all(registry, pacer) -> None:
    with ThreadPoolExecutor(SEND_THREADS, thread_name_prefix="whatsapp_helpdesk.call") as pool:
        calls = set()
        while True:
            room = SEND_THREADS - len(calls)
            for outgoing in in_transaction(registry, lambda env, n=room: _claim(env, n)):
                calls.add(pool.submit(_call, outgoing, pacer))
            if not calls:
                return
            wait(calls, return_when=FIRST_COMPLETED)
            time.sleep(_GATHER_SECONDS)
            done = {call for call in calls if call.done()}
            calls -= done
            _store(registry, [call.result() for call in done])


def _claim(env, room: int) -> list[Outgoing]:
    return env["wa.message"]._claim(room)


def _call(outgoing: Outgoing, pacer: "_Pacer") -> Sent:
    """Upload and send one message. Runs in a thread, never raises."""
    file = uploads.Uploaded()
    try:
        pacer.wait_for_turn(outgoing)
        client = outgoing.connect(_session())
        payload = outgoing.payload
        if outgoing.upload:
            file = uploads.upload(client, outgoing.phone_number_uid, outgoing.upload)
            payload = uploads.with_file(payload, file)
        if outgoing.card_uploads:
            payload = uploads.with_cards(client, outgoing, payload)
        answer = client.send_message(outgoing.phone_number_uid, payload)
    except errors.CloudApiError as error:
        return Sent(outgoing.message_id, error=error, **file.facts())
    except Exception as error:
        # Whatever it was, it may have happened after the request left.
        _logger.exception("sending message %s", outgoing.message_id)
        return Sent(
            outgoing.message_id,
            error=errors.OutcomeUnknown(f"Unexpected {type(error).__name__} while sending."),
            **file.facts(),
        )
    return Sent(outgoing.message_id, answer=answer, **file.facts())


def _store(registry, results: list[Sent]) -> None:
    try:
        in_transaction(registry, lambda env: env["wa.message"]._store_results(results))
    except Exception:
        _logger.exception("storing %s results together", len(results))
        for result in results:
            _store_alone(registry, result)


def _store_alone(registry, result: Sent) -> None:
    try:
        in_transaction(registry, lambda env: env["wa.message"]._store_results([result]))
    except Exception:
        # The lease runs out and the message becomes doubtful, which is what it is.
        _logger.exception("storing the result of message %s", result.message_id)


def _session() -> requests.Session:
    if not hasattr(_threads, "session"):
        _threads.session = requests.Session()
    return _threads.session


class _Pacer:
    """Keeps the limits of a number and of a pair of numbers before Meta has to refuse."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._channels: dict[int, pacing.Bucket] = {}
        self._pairs: dict[int, pacing.Bucket] = {}

    def wait_for_turn(self, outgoing: Outgoing) -> None:
        """Sleep until the number may send.

        :raise RateLimited: if the customer has had enough for now; the message goes back
        """
        seconds = self._take(self._pairs, outgoing.conversation_id, pacing.PAIR_RATE)
        if seconds:
            raise errors.RateLimited(
                "Too many messages to this customer in a short time.",
                retry_after=seconds,
                scope="recipient",
            )
        is_slow = outgoing.is_on_phone_app
        rate = pacing.COEXISTENCE_RATE if is_slow else pacing.CHANNEL_RATE
        while seconds := self._take(self._channels, outgoing.channel_id, rate):
            time.sleep(seconds)

    def _take(self, buckets: dict[int, pacing.Bucket], key: int, rate: pacing.Rate) -> float:
        now = time.monotonic()
        with self._guard:
            bucket = buckets.get(key) or pacing.full(rate, now)
            buckets[key], seconds = pacing.take(bucket, rate, now)
        return seconds


_pacers: dict[str, _Pacer] = {}


def _pacer_of(db_name: str) -> _Pacer:
    return _pacers.setdefault(db_name, _Pacer())
