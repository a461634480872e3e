"""A real HTTP server on loopback that plays Graph for the client's tests."""

import http.server
import json
import socket
import struct
import threading
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit


@dataclass
class Answer:
    """What to do with the next request.

    :param hold: answer only after the test ends, so that the client's read times out
    :param reset: read the request, then cut the connection
    :param announced: Content-Length to claim instead of the true one
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    hold: bool = False
    reset: bool = False
    announced: int | None = None


@dataclass
class Request:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class GraphServer:
    """Answers requests in the scripted order; `requests` holds what came."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._answers: deque[Answer] = deque()
        self._released = threading.Event()
        handler = type("Handler", (_Handler,), {"graph": self})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> "GraphServer":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def script(self, *answers: Answer) -> None:
        self._answers.extend(answers)

    def script_json(self, payload, status: int = 200, **headers: str) -> None:
        self.script(Answer(status, json.dumps(payload).encode(), headers))

    def next_answer(self) -> Answer:
        answer = self._answers.popleft()
        if answer.hold:
            self._released.wait(10)
        return answer


class _Handler(http.server.BaseHTTPRequestHandler):
    graph: GraphServer

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        parts = urlsplit(self.path)
        self.graph.requests.append(
            Request(
                self.command,
                parts.path,
                parse_qs(parts.query),
                dict(self.headers),
                self.rfile.read(length),
            )
        )
        self._send(self.graph.next_answer())

    do_POST = do_DELETE = do_GET

    def _send(self, answer: Answer) -> None:
        if answer.hold:
            return
        if answer.reset:
            self._reset()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name.replace("_", "-"), value)
        length = len(answer.body) if answer.announced is None else answer.announced
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)

    def _reset(self) -> None:
        """Close with RST instead of FIN, as a crashing server does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def log_message(self, *_args) -> None:
        """The test's output is not the place for an access log."""


def refused_port() -> int:
    """Return a port of loopback where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
