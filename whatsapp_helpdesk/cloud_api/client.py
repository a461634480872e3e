"""The Graph API of one Meta app and token, over a `requests.Session` that the caller owns.

Nothing is retried, nothing sleeps, nothing is logged: whoever calls keeps the queue and its times.
Source: Meta Cloud API: messages, media, phone numbers, subscribed apps, webhook overrides.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urljoin

import requests

from . import answers, limits, media_url, network, payloads
from .answers import DownloadedMedia, MediaInfo, SendResult
from .errors import (
    AuthError,
    CloudApiError,
    InvalidRequest,
    MediaError,
    OutcomeUnknown,
    TransientError,
    error_from_response,
)
from .lenient import mapping, text, uid
from .text import clean_json

# Meta's media server turns away clients that name themselves after an HTTP library.
USER_AGENT = "Mozilla/5.0 (compatible; whatsapp_helpdesk)"

_MAX_ANSWER_BYTES = 8 * limits.MEGABYTE
_MAX_PAGES = 100
_MAX_REDIRECTS = 3
_PAGE_SIZE = 100
_TOKEN = re.compile(r"[!-~]+")
_MIME_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:;[ -~]*)?", re.ASCII)


class CloudApiClient:
    """Calls to Graph.

    Every method raises a `CloudApiError` and nothing else for whatever goes wrong at Meta or on
    the way: `TransientError` when the request never arrived or may be repeated, `OutcomeUnknown`
    when a message left and no answer came, otherwise what `errors` says about Meta's code.

    :param session: without retries of its own; one per thread is safest
    :param base_url: ``https://graph.facebook.com`` or a simulator
    :param api_version: ``v26.0``
    :param app_secret: adds ``appsecret_proof`` to every call, for apps that demand it
    :param timeout: seconds to connect, seconds of silence while reading
    :param media_hosts: hosts besides Meta's that files may come from, over https
    """

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

    # Messages

    def send_message(self, phone_number_uid: str, payload: dict[str, Any]) -> SendResult:
        """Send a body that `payloads` built. The real outcome comes later, as status webhooks."""
        answer = self._post(self._path(phone_number_uid, "messages"), payload, repeatable=False)
        result = answers.send_result(answer)
        if not result.wamid:
            raise OutcomeUnknown("Meta's answer names no message.", http_status=200)
        return result

    def mark_read(self, phone_number_uid: str, wamid: str, typing: bool = False) -> None:
        """Show the customer that ``wamid`` and what came before it was read."""
        payload = payloads.read_receipt(wamid, typing=typing)
        self._post(self._path(phone_number_uid, "messages"), payload)

    # Media

    def upload_media(
        self, phone_number_uid: str, content: bytes, mime_type: str, filename: str
    ) -> str:
        """Upload a file and return its media id, valid for 30 days."""
        if not _MIME_TYPE.fullmatch(mime_type):
            raise InvalidRequest("The file's media type is not valid.", limit="mime_type")
        answer = self._request(
            "POST",
            self._path(phone_number_uid, "media"),
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (filename or "file", content, mime_type)},
        )
        media_uid = uid(answer.get("id"))
        if not media_uid:
            raise TransientError("Meta's answer to the upload names no media.", http_status=200)
        return media_uid

    def media_info(self, media_uid: str, phone_number_uid: str = "") -> MediaInfo:
        """Ask where a file is. `MediaError` when Meta does not have it (any more)."""
        params = {"phone_number_id": phone_number_uid} if phone_number_uid else {}
        try:
            answer = self._request("GET", self._path(media_uid), params=params)
        except CloudApiError as error:
            if _object_is_missing(error):
                raise _gone(error) from error
            raise
        return answers.media_info(answer)

    def download(self, url: str, *, max_bytes: int) -> DownloadedMedia:
        """Fetch a file from the address of `media_info`.

        `MediaError` with ``http_status`` 404 means that the address has expired: ask for a new one.

        :param max_bytes: a longer file is a `MediaError`
        """
        target = url
        for _hop in range(_MAX_REDIRECTS + 1):
            media_url.check(target, self._base_url, self._media_hosts)
            if media_url.origin(target) != media_url.origin(url):
                raise MediaError("The file's server sent us to another server: not fetched.")
            status, headers, body = self._fetch(
                "GET", target, max_bytes=max_bytes, headers={"Accept-Encoding": "identity"}
            )
            if status not in (301, 302, 303, 307, 308):
                break
            target = urljoin(target, headers.get("Location", ""))
        if 200 <= status < 300:
            return DownloadedMedia(body, headers.get("Content-Type", ""))
        raise self._download_error(status, headers, body)

    # Numbers and accounts

    def phone_number(self, phone_number_uid: str, fields: Iterable[str]) -> dict[str, Any]:
        """Read ``fields`` of a business number."""
        return self._request("GET", self._path(phone_number_uid), params=_fields(fields))

    def phone_numbers(self, waba_uid: str, fields: Iterable[str] = ()) -> list[dict[str, Any]]:
        """Read all numbers of an account, page by page."""
        return self._all_pages(self._path(waba_uid, "phone_numbers"), _fields(fields))

    def subscribe_app(self, waba_uid: str) -> None:
        """Let the account's webhooks come to this app; harmless when they do already."""
        self._request("POST", self._path(waba_uid, "subscribed_apps"))

    def set_callback_override(self, phone_number_uid: str, url: str, verify_token: str) -> None:
        """Send this number's webhooks to ``url`` ('' ends it). Meta calls it back before answering.

        :param url: https, at most 200 characters
        """
        limits.check_text(url, "CALLBACK_URL", limits.CALLBACK_URL)
        override = {"override_callback_uri": url, "verify_token": verify_token}
        self._post(self._path(phone_number_uid), {"webhook_configuration": override})

    # The one way out

    def _path(self, *parts: str) -> str:
        if not all(parts):
            raise InvalidRequest("An id is missing: complete the account's settings.", limit="id")
        return "/".join(quote(part, safe="") for part in parts)

    def _post(
        self, path: str, payload: dict[str, Any], *, repeatable: bool = True
    ) -> dict[str, Any]:
        body = json.dumps(payload).encode("ascii")
        headers = {"Content-Type": "application/json"}
        return self._request("POST", path, repeatable=repeatable, data=body, headers=headers)

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
        self, method: str, path: str, *, repeatable: bool = True, **options: Any
    ) -> dict[str, Any]:
        """Call Graph and return its JSON object.

        :param repeatable: doing it twice does no harm, so an unknown outcome may be tried again
        """
        options["params"] = {**options.get("params", {}), **self._proof()}
        url = "/".join(filter(None, (self._base_url, self._api_version, path)))
        status, headers, body = self._fetch(method, url, repeatable=repeatable, **options)
        if 300 <= status < 400:
            raise InvalidRequest(
                "The server answered with a redirect: check the API address.", http_status=status
            )
        answer = _json_object(body)
        if status >= 400 or "error" in answer:
            raise error_from_response(
                status, body, headers, repeatable=repeatable, secrets=self._secrets()
            )
        if not answer:
            unclear = TransientError if repeatable else OutcomeUnknown
            raise unclear("Meta's answer is not a JSON object.", http_status=status)
        return answer

    def _fetch(
        self,
        method: str,
        url: str,
        *,
        repeatable: bool = True,
        max_bytes: int = _MAX_ANSWER_BYTES,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> tuple[int, requests.structures.CaseInsensitiveDict, bytes]:
        if not _TOKEN.fullmatch(self._access_token):
            raise AuthError("The access token is missing or broken: enter it again.")
        try:
            with self._session.request(
                method,
                url,
                auth=self._authorise,
                headers={"User-Agent": USER_AGENT, **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
                **options,
            ) as response:
                body = network.read_body(response, max_bytes)
                return response.status_code, response.headers, body
        except network.NETWORK_ERRORS as broken:
            error = network.failure(broken, repeatable=repeatable)
        # Raised out here so that the original, which knows headers and addresses, is not attached.
        raise error

    def _authorise(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """An auth hook and not a plain header, because a ``.netrc`` file would replace that."""
        request.headers["Authorization"] = f"Bearer {self._access_token}"
        return request

    def _proof(self) -> dict[str, str]:
        if not self._app_secret:
            return {}
        key, message = self._app_secret.encode(), self._access_token.encode()
        return {"appsecret_proof": hmac.new(key, message, hashlib.sha256).hexdigest()}

    def _secrets(self) -> tuple[str, ...]:
        return (self._access_token, self._app_secret)

    def _download_error(self, status: int, headers: Any, body: bytes) -> CloudApiError:
        """A server of files may refuse a single address, which must not look like a bad token."""
        error = error_from_response(status, body, headers, repeatable=True, secrets=self._secrets())
        is_about_file = _object_is_missing(error) or not error.code
        if is_about_file and status not in (408, 429) and status < 500:
            return _gone(error)
        return error


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        return clean_json(mapping(json.loads(body)))
    except (ValueError, RecursionError):
        return {}


def _object_is_missing(error: CloudApiError) -> bool:
    return error.code in (100, 803) or (error.http_status == 404 and not error.code)


def _gone(error: CloudApiError) -> MediaError:
    return MediaError(
        "Meta does not have the file here any more.",
        code=error.code,
        details=error.details,
        fbtrace_id=error.fbtrace_id,
        http_status=error.http_status,
    )


def _fields(fields: Iterable[str]) -> dict[str, str]:
    joined = ",".join(fields)
    return {"fields": joined} if joined else {}
