"""A lean HTTP/1.1 POST over kept-open connections.

Webhooks are what the simulator sends most. httpx spends about 7 ms of processor time on each
(its connection pool and its look for other event loops), this needs about a tenth of that.
"""

import asyncio
import ssl
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

READ_BYTES = 65536
ANSWER_BYTES = 1024 * 1024


class PostFailed(Exception):
    """No complete answer came; the text says why."""


@dataclass(slots=True)
class Connection:
    """One open connection; ``state`` follows requests and answers on it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    state: h11.Connection


class Poster:
    """Posts to loopback and keeps connections open between posts."""

    def __init__(self, timeout_seconds: float):
        self._timeout = timeout_seconds
        self._idle: dict[tuple, list[Connection]] = defaultdict(list)

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """POST ``body`` and return status and content of the answer.

        :raises PostFailed: when the receiver cannot be reached, hangs up or takes too long
        """
        try:
            return await asyncio.wait_for(self._post(url, body, headers), self._timeout)
        except asyncio.TimeoutError as error:
            raise PostFailed(f"no answer within {self._timeout:g} s") from error
        except (OSError, h11.ProtocolError) as error:
            raise PostFailed(f"{type(error).__name__}: {error}") from error

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        parts = urlsplit(url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        port = parts.port or (443 if parts.scheme == "https" else 80)
        key = (parts.hostname, port, parts.scheme)
        connection = self._reusable(key) or await self._open(*key)
        head = h11.Request(
            method="POST",
            target=target,
            headers=[("Host", parts.netloc), ("Content-Length", str(len(body))), *headers.items()],
        )
        try:
            answer = await _exchange(connection, head, body)
        except BaseException:
            connection.writer.close()
            raise
        self._keep(key, connection)
        return answer

    def _reusable(self, key: tuple) -> Connection | None:
        while self._idle[key]:
            connection = self._idle[key].pop()
            if not connection.reader.at_eof() and not connection.writer.is_closing():
                return connection
            connection.writer.close()
        return None

    async def _open(self, host: str, port: int, scheme: str) -> Connection:
        # On loopback a certificate proves nothing, and nobody has a public one for it.
        context = ssl._create_unverified_context() if scheme == "https" else None
        reader, writer = await asyncio.open_connection(host, port, ssl=context)
        return Connection(reader, writer, h11.Connection(h11.CLIENT))

    def _keep(self, key: tuple, connection: Connection) -> None:
        state = connection.state
        if state.our_state is h11.DONE and state.their_state is h11.DONE:
            state.start_next_cycle()
            self._idle[key].append(connection)
        else:
            connection.writer.close()

    def close(self) -> None:
        """Close all idle connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.writer.close()
        self._idle.clear()


async def _exchange(connection: Connection, head: h11.Request, body: bytes) -> tuple[int, bytes]:
    state, writer = connection.state, connection.writer
    # One write, because a second small one would wait for the acknowledgement of the first.
    writer.write(
        state.send(head) + state.send(h11.Data(data=body)) + state.send(h11.EndOfMessage())
    )
    await writer.drain()
    status, content = 0, bytearray()
    while True:
        event = state.next_event()
        if event is h11.NEED_DATA:
            state.receive_data(await connection.reader.read(READ_BYTES))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            content += event.data
            if len(content) > ANSWER_BYTES:
                raise h11.RemoteProtocolError(f"the answer exceeds {ANSWER_BYTES} bytes")
        elif isinstance(event, h11.EndOfMessage):
            return status, bytes(content)
        elif isinstance(event, h11.ConnectionClosed):
            raise h11.RemoteProtocolError("the receiver hung up without an answer")
