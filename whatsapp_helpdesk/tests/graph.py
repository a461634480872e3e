"""A small Graph on loopback: the real client talks real HTTP to it."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENDS, UPLOADS = "messages", "media"


class FakeGraph:
    """Accepts messages and uploads, serves files, and answers as the test says.

    :ivar list calls: (method, path, payload) of every request, in order
    :ivar dict files: content by media id
    :ivar float delay: seconds before every answer
    :ivar int most_at_once: how many requests were under way at the same time
    """

    def __init__(self):
        self.calls = []
        self.files = {}
        self.delay = 0.0
        self.most_at_once = 0
        self._scripted = []
        self._guard = threading.Lock()
        self._count = 0
        self._under_way = 0
        graph = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                graph._answer(self, b"")

            def do_POST(self):
                graph._answer(self, self.rfile.read(int(self.headers.get("Content-Length") or 0)))

            do_DELETE = do_POST

            def log_message(self, *args):
                """Stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        # It looks that often whether it shall stop
        seconds = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=seconds, daemon=True).start()

    def forget(self):
        """Start a test without the calls and the script of the one before."""
        self.calls.clear()
        self._scripted.clear()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def answer_next(self, status, payload=None, *, path="messages"):
        """Answer the next call of ``path`` this way; status 0 takes it and hangs up."""
        self._scripted.append((path, status, payload or {}))

    def fail_next(self, code, *, status=400, message="refused", details="", path="messages"):
        error = {"code": code, "message": message, "error_data": {"details": details}}
        self.answer_next(status, {"error": error}, path=path)

    def sent(self):
        """Return the payloads of the messages that were sent, in order."""
        return [payload for _method, path, payload in self.calls if path.endswith("/messages")]

    def count(self, path):
        """Return how many requests there were whose path ends like this."""
        return sum(called.endswith(path) for _method, called, _payload in self.calls)

    def _answer(self, handler, body):
        path = handler.path.partition("?")[0]
        with self._guard:
            self._count += 1
            number = self._count
            self.calls.append((handler.command, path, self._decoded(body)))
            scripted = self._next_scripted(path)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        time.sleep(self.delay)
        with self._guard:
            self._under_way -= 1
        if scripted:
            _path, status, payload = scripted
            if not status:
                handler.close_connection = True
                handler.connection.close()
                return
            self._reply(handler, status, json.dumps(payload).encode())
        elif path.endswith("/messages"):
            answer = {"messages": [{"id": f"wamid.OUT{number}"}], "contacts": [{"wa_id": "1"}]}
            self._reply(handler, 200, json.dumps(answer).encode())
        elif path.endswith("/media"):
            self._reply(handler, 200, json.dumps({"id": f"uploaded{number}"}).encode())
        elif path.startswith("/files/"):
            content = self.files.get(path.rpartition("/")[2])
            self._reply(handler, 200 if content else 404, content or b"", "image/png")
        else:
            media_uid = path.rpartition("/")[2]
            content = self.files.get(media_uid, b"")
            answer = {
                "id": media_uid,
                "url": f"{self.url}/files/{media_uid}",
                "mime_type": "image/png",
                "file_size": str(len(content)),
            }
            if content:
                answer["sha256"] = base64.b64encode(hashlib.sha256(content).digest()).decode()
            self._reply(handler, 200, json.dumps(answer).encode())

    @staticmethod
    def _decoded(body):
        try:
            return json.loads(body)
        except ValueError:
            return body

    def _next_scripted(self, path):
        for scripted in self._scripted:
            if path.endswith(scripted[0]):
                self._scripted.remove(scripted)
                return scripted
        return None

    @staticmethod
    def _reply(handler, status, content, content_type="application/json"):
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)
