"""The load generator: a process of its own, threads that each hold one connection at a time."""

import multiprocessing
import re
import socket
import threading
import time
from dataclasses import dataclass, field

_TIMEOUT_SECONDS = 60
_CONTENT_LENGTH = re.compile(rb"\r\nContent-Length: *(\d+)", re.IGNORECASE)


@dataclass
class Answers:
    """What came back, in the order of the answers.

    :param statuses: HTTP status per request; 0 when the connection broke
    :param seconds: from when the request was due until its answer was complete
    :param sent_at: ``time.monotonic()`` at which each request was due, by its place in the load
    :param elapsed: seconds of the whole run
    """

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    sent_at: dict[int, float] = field(default_factory=dict)
    elapsed: float = 0.0

    @property
    def accepted(self) -> int:
        """Count the answers with status 200."""
        return self.statuses.count(200)

    @property
    def rate(self) -> float:
        """Return the accepted requests per second."""
        return self.accepted / self.elapsed


def run(
    port: int,
    requests: list[bytes],
    *,
    connections: int = 8,
    seconds: float | None = None,
    rate: float | None = None,
) -> Answers:
    """Send requests to a port of this machine and wait for all answers.

    :param connections: how many requests are under way at most
    :param seconds: stop sending after this time, though requests are left
    :param rate: requests per second; each counts from when it was due, so that a server that
        stalls cannot hide it. None: each connection sends the next one when it has its answer
    """
    here, there = multiprocessing.Pipe()
    load = _Load(port, requests, connections, seconds, rate)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(load, there))
    process.start()
    there.close()
    try:
        return here.recv()
    finally:
        process.join()


def _serve(load: "_Load", pipe) -> None:
    pipe.send(load.run())


class _Load:
    def __init__(self, port, requests, connections, seconds, rate):
        self._port, self._requests, self._connections = port, requests, connections
        self._seconds, self._rate = seconds, rate
        self._next, self._guard = 0, threading.Lock()
        self.answers = Answers()

    def run(self) -> Answers:
        self._started = time.monotonic()
        threads = [threading.Thread(target=self._work) for _ in range(self._connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.answers.elapsed = time.monotonic() - self._started
        return self.answers

    def _work(self) -> None:
        while (place := self._take()) is not None:
            due = self._wait_until_due(place)
            status = post(self._port, self._requests[place])
            taken = time.monotonic() - due
            with self._guard:
                self.answers.statuses.append(status)
                self.answers.seconds.append(taken)
                self.answers.sent_at[place] = due

    def _take(self) -> int | None:
        with self._guard:
            place = self._next
            self._next += 1
        over = self._seconds and time.monotonic() - self._started > self._seconds
        return None if over or place >= len(self._requests) else place

    def _wait_until_due(self, place: int) -> float:
        now = time.monotonic()
        if self._rate is None:
            return now
        due = self._started + place / self._rate
        time.sleep(max(0.0, due - now))
        return due


def post(port: int, request: bytes) -> int:
    """Send one request and return the status of its answer, 0 if none came.

    Hangs up as soon as the answer is complete, as proxies do: the server would wait another 10 ms
    for the rest of a request that has none.
    """
    try:
        with socket.create_connection(("127.0.0.1", port), _TIMEOUT_SECONDS) as connection:
            connection.sendall(request)
            answer = b""
            while not _is_complete(answer):
                part = connection.recv(65536)
                if not part:
                    return 0
                answer += part
    except OSError:
        return 0
    return int(answer.split(b" ", 2)[1])


def _is_complete(answer: bytes) -> bool:
    head, end, content = answer.partition(b"\r\n\r\n")
    length = _CONTENT_LENGTH.search(head)
    return bool(end) and bool(length) and len(content) >= int(length[1])
