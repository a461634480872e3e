"""Checks of what a business sends to `/messages`, with Meta's limits."""

from collections.abc import Callable
from dataclasses import dataclass

from .graph_errors import GraphError, invalid, missing

TEXT_LIMIT, CAPTION_LIMIT, CALLBACK_LIMIT = 4096, 1024, 512


@dataclass(slots=True)
class SendRequest:
    """A send that passed the checks. ``to`` or ``recipient`` may be empty, not both."""

    type: str
    content: dict
    to: str
    recipient: str
    quoted_wamid: str
    callback_data: str


def check_send(payload: dict) -> SendRequest:
    """Check everything that Meta refuses at once.

    :raises GraphError: with Meta's code and details (Meta Cloud API: messages, error codes)
    """
    _check_product(payload)
    to, recipient = _text(payload, "to"), _text(payload, "recipient")
    if not to and not recipient:
        raise missing("to")
    kind = _kind(payload)
    content = payload.get(kind)
    if not isinstance(content, dict):
        raise missing(kind)
    CHECKS[kind](content)
    return SendRequest(
        type=kind,
        content=content,
        to=to,
        recipient=recipient,
        quoted_wamid=_quoted(payload),
        callback_data=_callback_data(payload),
    )


def check_read(payload: dict) -> str:
    """Return the wamid that a read receipt names.

    :raises GraphError: for anything but ``status: read`` and the text typing indicator
    """
    _check_product(payload)
    if payload.get("status") != "read":
        raise invalid("Param status must be one of {READ}.")
    typing = payload.get("typing_indicator")
    if typing is not None and typing != {"type": "text"}:
        raise invalid("Param typing_indicator['type'] must be one of {TEXT}.")
    wamid = _text(payload, "message_id")
    if not wamid:
        raise missing("message_id")
    return wamid


def _check_product(payload: dict) -> None:
    if payload.get("messaging_product") != "whatsapp":
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")
    if payload.get("recipient_type", "individual") != "individual":
        raise invalid("Param recipient_type must be one of {INDIVIDUAL}.")


def _kind(payload: dict) -> str:
    kind = payload.get("type", "text")
    kind = kind.lower() if isinstance(kind, str) else kind
    if kind not in CHECKS:
        names = ", ".join(name.upper() for name in CHECKS)
        raise GraphError(131009, f"Param type must be one of {{{names}}}; got {kind!r}.")
    return kind


def _text(source: dict, key: str) -> str:
    value = source.get(key, "")
    if not isinstance(value, str):
        raise invalid(f"Param {key} must be a string.")
    return value


def _at_most(name: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise invalid(f"Param {name} must be at most {limit} characters long.")


def _quoted(payload: dict) -> str:
    context = payload.get("context")
    if context is None:
        return ""
    if not isinstance(context, dict) or not _text(context, "message_id"):
        raise missing("context['message_id']")
    return context["message_id"]


def _callback_data(payload: dict) -> str:
    data = _text(payload, "biz_opaque_callback_data")
    _at_most("biz_opaque_callback_data", data, CALLBACK_LIMIT)
    return data


def _check_text(content: dict) -> None:
    body = _text(content, "body")
    if not body:
        raise missing("text['body']")
    _at_most("text['body']", body, TEXT_LIMIT)
    if not isinstance(content.get("preview_url", False), bool):
        raise invalid("Param text['preview_url'] must be a boolean.")


def _check_image(content: dict) -> None:
    media_uid, link = _text(content, "id"), _text(content, "link")
    if media_uid and link:
        raise invalid("Param image must have either id or link, not both.")
    if not media_uid and not link:
        raise missing("image['id']")
    if link and not link.startswith(("http://", "https://")):
        raise invalid("Param image['link'] is not a valid URL.")
    _at_most("image['caption']", _text(content, "caption"), CAPTION_LIMIT)


def _objects(source: dict, key: str) -> list[dict]:
    found = source.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise invalid(f"Param {key} must be an array of objects.")
    return found


def _check_template(content: dict) -> None:
    if not _text(content, "name"):
        raise missing("template['name']")
    language = content.get("language")
    if not isinstance(language, dict) or not _text(language, "code"):
        raise missing("template['language']['code']")
    for component in _objects(content, "components"):
        for parameter in _objects(component, "parameters"):
            _text(parameter, "text")


CHECKS: dict[str, Callable[[dict], None]] = {
    "text": _check_text,
    "image": _check_image,
    "template": _check_template,
}
