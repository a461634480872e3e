"""How every call to Graph is made: address, token, proof, paging, and errors in our words.

Nothing is retried, nothing sleeps, nothing is logged: whoever calls keeps the queue and its times.
Source: Meta Cloud API: Graph API requests, appsecret_proof, paging.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import quote

import requests

from . import limits, network
from .errors import (
    AuthError,
    CloudApiError,
    InvalidRequest,
    OutcomeUnknown,
    TransientError,
    error_from_response,
)
from .lenient import mapping, text
from .text import clean_json

# Meta's media server turns away clients that name themselves after an HTTP library.
USER_AGENT = "Mozilla/5.0 (compatible; whatsapp_helpdesk)"

_MAX_ANSWER_BYTES = 8 * limits.MEGABYTE
_MAX_PAGES = 100
_PAGE_SIZE = 100
_TOKEN = re.compile(r"[!-~]+")


class GraphCalls:
    """The one way out, for the classes that name the calls."""

    def __init__(
        self,
        session: requests.Session,
        base_url: str,
        api_version: str,
        access_token: str,
        *,
        app_secret: str = "",
        timeout: tuple[float, float] = (5, 20),
        media_hosts: Iterable[str] = (),
    ) -> None:
        self._session = session
        self._base_url = base_url.strip().rstrip("/")
        self._api_version = api_version.strip().strip("/")
        self._access_token = (access_token or "").strip()
        self._app_secret = app_secret or ""
        self._timeout = timeout
        self._media_hosts = tuple(media_hosts)

    def _path(self, *parts: str) -> str:
        if not all(parts):
            raise InvalidRequest("An id is missing: complete the account's settings.", limit="id")
        return "/".join(quote(part, safe="") for part in parts)

    def _post(
        self, path: str, payload: dict[str, Any], *, repeatable: bool = True
    ) -> dict[str, Any]:
        return self._request("POST", path, repeatable=repeatable, **_json_body(payload))

    def _all_pages(self, path: str, params: dict[str, str]) -> list[dict[str, Any]]:
        """Follow cursors, not Meta's ``next`` address: that one carries the token."""
        found: list[dict[str, Any]] = []
        params = {**params, "limit": str(_PAGE_SIZE)}
        for _page in range(_MAX_PAGES):
            answer = self._request("GET", path, params=params)
            rows = answer.get("data")
            found += [row for row in (rows if isinstance(rows, list) else []) if mapping(row)]
            paging = mapping(answer.get("paging"))
            cursor = text(mapping(paging.get("cursors")).get("after"))
            if not paging.get("next") or cursor in ("", params.get("after")):
                break
            params["after"] = cursor
        return found

    def _request(
        self, method: str, path: str, *, repeatable: bool = True, token: str = "", **options: Any
    ) -> dict[str, Any]:
        """Call Graph and return its JSON object.

        :param repeatable: doing it twice does no harm, so an unknown outcome may be tried again
        :param token: instead of the access token, for what only the app itself may ask
        """
        status, headers, body = self._ask(method, path, repeatable, token, options)
        answer = _json_object(body)
        if status >= 400 or "error" in answer:
            raise self._refusal(status, headers, body, repeatable=repeatable)
        if not answer:
            unclear = TransientError if repeatable else OutcomeUnknown
            raise unclear("Meta's answer is not a JSON object.", http_status=status)
        return answer

    def _exchange(
        self, method: str, path: str, payload: dict[str, Any], key: str
    ) -> dict[str, Any]:
        """Call Graph where a refusal may carry a result beside its error, and return the result.

        :param key: name of the result in the answer
        """
        status, headers, body = self._ask(method, path, True, "", _json_body(payload))
        result = mapping(_json_object(body).get(key))
        if not result:
            raise self._refusal(status, headers, body, repeatable=True)
        return result

    def _ask(
        self, method: str, path: str, repeatable: bool, token: str, options: dict[str, Any]
    ) -> tuple[int, requests.structures.CaseInsensitiveDict, bytes]:
        token = token or self._access_token
        options = options | {"params": {**options.get("params", {}), **self._proof(token)}}
        url = "/".join(filter(None, (self._base_url, self._api_version, path)))
        status, headers, body = self._fetch(
            method, url, repeatable=repeatable, token=token, **options
        )
        if 300 <= status < 400:
            raise InvalidRequest(
                "The server answered with a redirect: check the API address.", http_status=status
            )
        return status, headers, body

    def _refusal(
        self, status: int, headers: Any, body: bytes, *, repeatable: bool
    ) -> CloudApiError:
        return error_from_response(
            status, body, headers, repeatable=repeatable, secrets=self._secrets()
        )

    def _fetch(
        self,
        method: str,
        url: str,
        *,
        repeatable: bool = True,
        token: str = "",
        scheme: str = "Bearer",
        max_bytes: int = _MAX_ANSWER_BYTES,
        into: BinaryIO | None = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> tuple[int, requests.structures.CaseInsensitiveDict, bytes]:
        token = token or self._access_token
        if not _TOKEN.fullmatch(token):
            raise AuthError("The access token is missing or broken: enter it again.")
        try:
            with self._session.request(
                method,
                url,
                auth=_Authorisation(scheme, token),
                headers={"User-Agent": USER_AGENT, **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **options,
            ) as response:
                if into is not None and 200 <= response.status_code < 300:
                    body = network.read_body(response, max_bytes, into)
                else:
                    body = network.read_body(response, min(max_bytes, _MAX_ANSWER_BYTES))
                return response.status_code, response.headers, body
        except network.NETWORK_ERRORS as broken:
            error = network.failure(broken, repeatable=repeatable)
        # Raised out here so that the original, which knows headers and addresses, is not attached.
        raise error

    def _app_token(self, app_uid: str) -> str:
        """Return the token by which an app speaks for itself."""
        if not app_uid or not self._app_secret:
            raise InvalidRequest(
                "The app ID or the app secret is missing: complete the account's settings.",
                limit="id",
            )
        return f"{app_uid}|{self._app_secret}"

    def _proof(self, token: str) -> dict[str, str]:
        if not self._app_secret:
            return {}
        key, message = self._app_secret.encode(), token.encode()
        return {"appsecret_proof": hmac.new(key, message, hashlib.sha256).hexdigest()}

    def _secrets(self) -> tuple[str, ...]:
        return (self._access_token, self._app_secret)


class _Authorisation(requests.auth.AuthBase):
    """An auth hook and not a plain header, because a ``.netrc`` file would replace that."""

    def __init__(self, scheme: str, token: str) -> None:
        self._value = f"{scheme} {token}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._value
        return request


def _json_body(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": json.dumps(payload).encode("ascii"),
        "headers": {"Content-Type": "application/json"},
    }


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        return clean_json(mapping(json.loads(body)))
    except (ValueError, RecursionError):
        return {}


def field_list(fields: Iterable[str]) -> dict[str, str]:
    """Return the parameter that asks Graph for ``fields`` of an object."""
    joined = ",".join(fields)
    return {"fields": joined} if joined else {}
