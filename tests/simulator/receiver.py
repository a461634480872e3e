"""A business on loopback: takes webhooks, answers as told and remembers every byte."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Received:
    """One POST as it came."""

    path: str
    body: bytes
    headers: dict

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def values(self) -> list[dict]:
        return [change["value"] for entry in self.json["entry"] for change in entry["changes"]]

    def values_of(self, field: str) -> list[dict]:
        """Return the values of all changes with this webhook field."""
        changes = [change for entry in self.json["entry"] for change in entry["changes"]]
        return [change["value"] for change in changes if change["field"] == field]

    def items(self, name: str) -> list[dict]:
        """Return all `messages` or `statuses` of the body."""
        return [item for value in self.values for item in value.get(name, [])]


class Receiver:
    """The webhook side of a business."""

    def __init__(self):
        self.posts: list[Received] = []
        self.gets: list[dict] = []
        self.answer = 200
        self.verify_token = "verify me"
        self.files: dict[str, tuple[str, bytes]] = {}
        self._round = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{self._round}"

    def start_round(self) -> None:
        """Begin afresh at another address, so that late posts of an earlier test stay outside."""
        self._round += 1
        self.clear()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def clear(self) -> None:
        self.posts.clear()
        self.gets.clear()
        self.files.clear()
        self.answer = 200

    def wait(self, enough: Callable[[list[Received]], object], seconds: float = 5.0):
        """Return what ``enough`` returns as soon as that is true.

        :raises AssertionError: with everything received, when it does not come true in time
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = enough(list(self.posts))
            if found:
                return found
            time.sleep(0.01)
        raise AssertionError(f"not received: {[post.body for post in self.posts]}")

    def wait_posts(self, count: int) -> list[Received]:
        return self.wait(lambda posts: len(posts) >= count and posts)

    def wait_value(self, field: str, number: int = 1) -> dict:
        """Return the value of the change number ``number`` with this webhook field."""
        return self.wait_values(field, number)[number - 1]

    def wait_values(self, field: str, count: int) -> list[dict]:
        """Return the values of this webhook field, as soon as there are ``count``."""

        def enough(posts):
            found = [value for post in posts for value in post.values_of(field)]
            return len(found) >= count and found

        return self.wait(enough)

    def wait_message(self) -> dict:
        """Return the first element of `messages` that came."""
        return self.wait(lambda posts: [m for p in posts for m in p.items("messages")])[0]

    def statuses(self) -> list[dict]:
        return [item for post in list(self.posts) for item in post.items("statuses")]

    def wait_statuses(self, *words: str) -> list[dict]:
        """Wait until as many statuses as ``words`` came and check that they are these, in order."""
        self.wait(lambda posts: len(self.statuses()) >= len(words))
        found = self.statuses()
        assert [item["status"] for item in found] == list(words)
        return found

    def _handler(receiver):  # noqa: N805 - the handler needs the name self for itself
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # One packet per answer: two would wait 40 ms for the acknowledgement of the first.
            wbufsize = -1

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                current, path = self._split(self.path)
                if current:
                    receiver.posts.append(Received(path, body, dict(self.headers)))
                self._reply(receiver.answer, b"ok")

            def do_GET(self):
                parts = urlsplit(self.path)
                _current, path = self._split(parts.path)
                if path in receiver.files:
                    mime_type, content = receiver.files[path]
                    return self._reply(200, content, mime_type)
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                receiver.gets.append({"path": path} | query)
                trusted = query.get("hub.verify_token") == receiver.verify_token
                self._reply(200 if trusted else 403, query.get("hub.challenge", "").encode())

            @staticmethod
            def _split(path):
                """Return whether the path is of this round, and the path behind that."""
                number, slash, rest = path.lstrip("/").partition("/")
                return number == str(receiver._round), slash + rest

            def _reply(self, status, content, mime_type="text/plain"):
                self.send_response(status)
                self.send_header("Content-Type", mime_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """Keep the test output readable."""

        return Handler
