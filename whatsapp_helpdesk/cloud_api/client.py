"""The Graph API of one Meta app and token, over a `requests.Session` that the caller owns.

Here are messages and files; `account_calls`, `number_calls`, `templates.calls` and `graph_calls`
have the rest.
Source: Meta Cloud API: messages, media.
"""

import re
from typing import Any, BinaryIO
from urllib.parse import urljoin

from . import answers, media_url, payloads
from .account_calls import AccountCalls
from .answers import MediaInfo, SendResult
from .errors import (
    CloudApiError,
    InvalidRequest,
    MediaError,
    OutcomeUnknown,
    TransientError,
    error_from_response,
)
from .lenient import uid
from .number_calls import NumberCalls
from .templates.calls import TemplateCalls

_MAX_REDIRECTS = 3
_MIME_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:;[ -~]*)?", re.ASCII)


class CloudApiClient(AccountCalls, NumberCalls, TemplateCalls):
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
                raise _gone(error, "gone" if error.code else "expired") from error
            raise
        return answers.media_info(answer)

    def download(self, url: str, into: BinaryIO, *, max_bytes: int) -> str:
        """Fetch a file from the address of `media_info`.

        `MediaError` for the reason ``expired`` means: ask for a new address.

        :param into: takes the file block by block, so that a large one needs no memory
        :param max_bytes: a longer file is a `MediaError`
        :return: the media type that the server gives it, as little to be trusted as the file
        """
        target = url
        for _hop in range(_MAX_REDIRECTS + 1):
            media_url.check(target, self._base_url, self._media_hosts)
            if media_url.origin(target) != media_url.origin(url):
                raise MediaError(
                    "The file's server sent us to another server: not fetched.", reason="elsewhere"
                )
            status, headers, body = self._fetch(
                "GET",
                target,
                max_bytes=max_bytes,
                into=into,
                headers={"Accept-Encoding": "identity"},
            )
            if status not in (301, 302, 303, 307, 308):
                break
            target = urljoin(target, headers.get("Location", ""))
        if 200 <= status < 300:
            return headers.get("Content-Type", "")
        raise self._download_error(status, headers, body)

    def _download_error(self, status: int, headers: Any, body: bytes) -> CloudApiError:
        """A server of files may refuse a single address, which must not look like a bad token."""
        error = error_from_response(status, body, headers, repeatable=True, secrets=self._secrets())
        is_about_file = _object_is_missing(error) or not error.code
        if is_about_file and status not in (408, 429) and status < 500:
            return _gone(error, "expired")
        return error


def _object_is_missing(error: CloudApiError) -> bool:
    return error.code in (100, 803) or (error.http_status == 404 and not error.code)


def _gone(error: CloudApiError, reason: str) -> MediaError:
    return MediaError(
        "Meta does not have the file here any more.",
        reason=reason,
        code=error.code,
        details=error.details,
        fbtrace_id=error.fbtrace_id,
        http_status=error.http_status,
    )
