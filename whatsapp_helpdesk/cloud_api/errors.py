"""What went wrong at Meta, as the exception that says what to do next.

Source: Meta Cloud API: error codes. Logic rests on the code, never on titles or the HTTP status
alone: throttling, for one, arrives as HTTP 400.
"""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from .error_classes import (
    AuthError,
    CloudApiError,
    InvalidRequest,
    MediaError,
    OutcomeUnknown,
    PolicyError,
    RateLimited,
    RecipientError,
    TemplateError,
    TransientError,
)
from .error_table import ERROR_TABLE, ErrorInfo
from .events import ApiNotice
from .text import clean

__all__ = [
    "ERROR_TABLE",
    "AuthError",
    "CloudApiError",
    "ErrorInfo",
    "InvalidRequest",
    "MediaError",
    "OutcomeUnknown",
    "PolicyError",
    "RateLimited",
    "RecipientError",
    "TemplateError",
    "TransientError",
    "error_class",
    "error_from_notice",
    "error_from_response",
]

_UNKNOWN_OBJECT = (100, 33)
_INVALID = 100  # says little; for templates the subcode says which rule was broken


def error_class(code: int, http_status: int = 0) -> type[CloudApiError]:
    """Return the class for Meta's ``code``; for a code that we do not know, for the HTTP status.

    :param http_status: of the answer, 0 when the error came in a webhook
    """
    info = ERROR_TABLE.get(code)
    return info.error_class if info else _class_of_status(http_status)


def error_from_response(
    http_status: int,
    body: bytes,
    headers: Mapping[str, str],
    *,
    repeatable: bool = False,
    secrets: Iterable[str] = (),
) -> CloudApiError:
    """Build the error for an answer that is not a success, JSON or not.

    :param repeatable: doing the request twice does no harm (reading, uploading), so an unknown
        outcome is only a reason to try again
    :param secrets: values that Meta may quote back and that must not get into the error
    """
    error = _error_object(body)
    code, subcode = _integer(error.get("code")), _integer(error.get("error_subcode"))
    chosen = _chosen_class(code, subcode, http_status, error.get("is_transient") is True)
    if repeatable and chosen is OutcomeUnknown:
        chosen = TransientError
    hide = _hider(secrets)
    return chosen(
        hide(_text(error.get("message"))) or f"Meta answered with HTTP status {http_status}.",
        code=code or 0,
        subcode=subcode or 0,
        details=hide(_details(error)),
        fbtrace_id=_text(error.get("fbtrace_id")),
        http_status=http_status,
        retry_after=_retry_after(headers),
        scope=_scope(code, subcode, chosen),
    )


def error_from_notice(notice: ApiNotice) -> CloudApiError:
    """Build the error for a failure that a webhook reports.

    Here the outcome is known (the message failed), so what would be `OutcomeUnknown` as the answer
    to a request is a `TransientError`. A notice without a code says nothing about the account.
    """
    chosen = error_class(notice.code) if notice.code else CloudApiError
    if chosen is OutcomeUnknown:
        chosen = TransientError
    info = ERROR_TABLE.get(notice.code) if notice.code else None
    return chosen(
        notice.title or (info.title if info else "Meta gave no reason."),
        code=notice.code,
        details=notice.details,
        scope=info.scope if info else "message",
    )


def _chosen_class(
    code: int | None, subcode: int | None, http_status: int, is_transient: bool
) -> type[CloudApiError]:
    if (code, subcode) == _UNKNOWN_OBJECT:
        return AuthError  # the number is gone or the token may not use it
    if _breaks_template_rule(code, subcode):
        return TemplateError
    if code in ERROR_TABLE:
        return ERROR_TABLE[code].error_class
    if is_transient and http_status < 500:
        return TransientError
    return _class_of_status(http_status)


def _class_of_status(http_status: int) -> type[CloudApiError]:
    if http_status in (401, 403):
        return AuthError
    if http_status == 429:
        return RateLimited
    if http_status == 408 or http_status >= 500:
        return OutcomeUnknown
    return CloudApiError


def _scope(code: int | None, subcode: int | None, chosen: type[CloudApiError]) -> str:
    if (code, subcode) == _UNKNOWN_OBJECT:
        return "channel"
    if _breaks_template_rule(code, subcode):
        return ERROR_TABLE[subcode].scope
    if code in ERROR_TABLE:
        return ERROR_TABLE[code].scope
    return "channel" if chosen in (AuthError, RateLimited) else "message"


def _breaks_template_rule(code: int | None, subcode: int | None) -> bool:
    info = ERROR_TABLE.get(subcode) if code == _INVALID else None
    return bool(info and info.error_class is TemplateError)


def _error_object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):  # a proxy's page, an empty body, nonsense
        return {}
    error = answer.get("error") if isinstance(answer, dict) else None
    return error if isinstance(error, dict) else {}


def _details(error: dict[str, Any]) -> str:
    data = error.get("error_data")
    details = _text(data.get("details")) if isinstance(data, dict) else ""
    return details or _text(error.get("error_user_msg"))


def _text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _integer(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of the ``Retry-After`` header; its date form would need a clock and is ignored."""
    lowered = {name.lower(): value for name, value in headers.items()}
    try:
        seconds = float(lowered.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _hider(secrets: Iterable[str]):
    """Meta quotes a malformed token in its message, so known secrets are struck out."""
    known = [secret for secret in secrets if secret]

    def hide(text: str) -> str:
        for secret in known:
            text = text.replace(secret, "***")
        return text

    return hide
