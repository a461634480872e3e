"""A minute of steady load with everything on: is all of it processed, and how soon?"""

import threading
import time

import generator
import traffic
from results import Measure, at_least, at_most, percentile

RATE = 130
_POLL_SECONDS = 0.02


def run(stage, effort) -> list[Measure]:
    """Send more than the goal asks for, at a fixed pace, and watch messages appear."""
    posts = traffic.inbound_posts(
        stage.business, traffic.spread(stage.customers, RATE * effort.steady_seconds)
    )
    with stage.odoo(workers=2) as server:
        effort.wait_until_calm()
        watch, cpu = _Watch(stage), stage.cpu_seconds(server.process.pid)
        watch.start()
        answers = generator.run(
            stage.port, [request for _wamid, request in posts], connections=16, rate=RATE
        )
        ended = time.monotonic()
        stage.wait_until_drained()
        emptied = time.monotonic() - ended
        cpu = stage.cpu_seconds(server.process.pid) - cpu
        seen = watch.stop()
        conflicts = stage.conflicts()
    stage.clear_journal()
    return [
        *_figures(posts, answers, seen, emptied),
        at_most("steady_cpu", cpu / answers.accepted * 1000, "ms/message"),
        at_most("steady_serialization_errors", conflicts, "errors"),
    ]


def _figures(posts, answers, seen, emptied) -> list[Measure]:
    started = min(answers.sent_at.values())
    lags = [
        seen[wamid] - answers.sent_at[place]
        for place, (wamid, _request) in enumerate(posts)
        if wamid in seen
    ]
    processed = len(lags) / (max(seen.values()) - started)
    accepted = answers.accepted / answers.elapsed
    return [
        at_least("steady_processed", processed, "messages/s", 120),
        at_least("steady_accepted", accepted, "messages/s", 120),
        at_most("steady_not_processed", answers.accepted - len(lags), "messages", 0),
        at_most("steady_refused", len(posts) - answers.accepted, "messages", 0),
        at_most("steady_lag_p95", percentile(lags, 95), "s", 2.0),
        at_most("steady_lag_p50", percentile(lags, 50), "s"),
        at_most("steady_acknowledge_p95", percentile(answers.seconds, 95) * 1000, "ms"),
        at_most("steady_empty_after", emptied, "s", 2.0),
    ]


class _Watch(threading.Thread):
    """Notes when each new message can be seen by other transactions."""

    def __init__(self, stage):
        super().__init__()
        self._stage, self._over, self._seen = stage, threading.Event(), {}
        [(self._last,)] = stage.rows("SELECT COALESCE(max(id), 0) FROM wa_message")

    def run(self) -> None:
        while not self._over.wait(_POLL_SECONDS):
            self._look()

    def stop(self) -> dict[str, float]:
        """Return when each message was first seen, by wamid."""
        self._over.set()
        self.join()
        self._look()
        return self._seen

    def _look(self) -> None:
        # One drainer at a time writes messages: their ids appear in order.
        rows = self._stage.rows(
            "SELECT id, wamid FROM wa_message WHERE id > %s ORDER BY id", self._last
        )
        now = time.monotonic()
        for self._last, wamid in rows:
            self._seen[wamid] = now
