"""JSON over HTTP with the standard library, for both servers of the demo."""

import json
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

TIMEOUT_SECONDS = 30


class DemoError(Exception):
    """Something that keeps the demo from playing; its text says what, in plain words."""


class JsonSession:
    """Calls to one server; keeps its cookies.

    :param str base_url: without trailing slash
    """

    def __init__(self, base_url):
        self.base_url = base_url.rstrip("/")
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        # No proxy: both servers run on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def request(self, method, path, body=None):
        """Send ``body`` (any JSON value, or None) and return the decoded answer.

        :raises DemoError: when the server cannot be reached or refuses
        """
        data = None if body is None else json.dumps(body).encode()
        return json.loads(self.send(method, path, data, "application/json") or b"null")

    def send(self, method, path, data=None, content_type=None):
        """Send raw bytes and return the raw answer.

        :raises DemoError: when the server cannot be reached or refuses
        """
        headers = {"Content-Type": content_type} if content_type else {}
        request = urllib.request.Request(
            self.base_url + path, data=data, headers=headers, method=method
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")[:500]
            raise DemoError(f"{method} {request.full_url} gave {error.code}: {text}") from error
        except OSError as error:
            raise DemoError(f"{self.base_url} does not answer: {error}") from error
