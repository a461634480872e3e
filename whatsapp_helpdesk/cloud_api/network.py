"""Telling apart what `requests` reports: never left, may have arrived, misconfigured."""

import io
import ssl
from collections.abc import Iterator
from typing import BinaryIO

import requests
import urllib3.exceptions

from .errors import CloudApiError, InvalidRequest, MediaError, OutcomeUnknown, TransientError

_NEVER_CONNECTED = (
    requests.exceptions.ConnectTimeout,
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    ssl.SSLCertVerificationError,
)
_NEVER_ASKED = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidJSONError,
)


class BodyTooLarge(Exception):
    """An answer went over the limit that the caller gave."""


class NotStored(Exception):
    """The caller's file did not take what arrived: the disk is full, for instance."""


# What a request can raise; `requests` lets some urllib3 errors through while a body is read.
NETWORK_ERRORS = (OSError, urllib3.exceptions.HTTPError, BodyTooLarge, NotStored)


def failure(error: Exception, *, repeatable: bool) -> CloudApiError:
    """Return our error for a network error.

    The texts are ours: those of `requests` quote addresses and headers, and so secrets.

    :param repeatable: doing the request twice does no harm
    """
    kind = type(error).__name__
    if isinstance(error, _NEVER_ASKED):
        return InvalidRequest(f"The request could not be made ({kind}): check the API address.")
    if isinstance(error, BodyTooLarge) and repeatable:
        return MediaError("The answer is larger than allowed: not fetched.", reason="too_large")
    if isinstance(error, NotStored):
        return TransientError(f"The file could not be stored ({error}).")
    if any(isinstance(cause, _NEVER_CONNECTED) for cause in _causes(error)):
        return TransientError(f"Meta's server could not be reached ({kind}).")
    if repeatable:
        return TransientError(f"The connection broke before Meta's answer was complete ({kind}).")
    return OutcomeUnknown(f"The request left, but no answer came ({kind}).")


def read_body(response: requests.Response, max_bytes: int, into: BinaryIO | None = None) -> bytes:
    """Read the body of a streamed response.

    :param into: takes the body block by block instead of it being returned
    :raises BodyTooLarge: beyond ``max_bytes``; no more than one block above it is ever held
    :raises NotStored: when ``into`` fails
    :raises requests.exceptions.ChunkedEncodingError: when it ends before its announced length
    """
    announced = _announced_length(response)
    if announced is not None and announced > max_bytes:
        raise BodyTooLarge
    body = io.BytesIO() if into is None else into
    length = 0
    for block in response.iter_content(64 * 1024):
        length += len(block)
        if length > max_bytes:
            raise BodyTooLarge
        _write(body, block)
    if announced is not None and length < announced:
        raise requests.exceptions.ChunkedEncodingError("The body is shorter than announced.")
    return body.getvalue() if into is None else b""


def _write(body: BinaryIO, block: bytes) -> None:
    try:
        body.write(block)
    except OSError as error:
        raise NotStored(error.strerror or type(error).__name__) from error


def _announced_length(response: requests.Response) -> int | None:
    """Length of the body, None when unknown; a compressed body announces another length."""
    length = response.headers.get("Content-Length", "")
    if "Content-Encoding" in response.headers or not (length.isascii() and length.isdigit()):
        return None
    return int(length)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk through the errors that ``error`` wraps: requests and urllib3 nest them as arguments."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
