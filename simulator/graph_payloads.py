"""Checks of what a business sends to `/messages`, with Meta's limits."""

from dataclasses import dataclass

from .graph_errors import GraphError, invalid, missing
from .graph_kinds import CHECKS
from .graph_values import at_most, text_value

CALLBACK_LIMIT = 512


@dataclass(slots=True)
class SendRequest:
    """A send that passed the checks. ``to`` or ``recipient`` may be empty, not both."""

    type: str
    content: dict | list
    to: str
    recipient: str
    quoted_wamid: str
    callback_data: str


def check_send(payload: dict) -> SendRequest:
    """Check everything that Meta refuses at once.

    :raises GraphError: with Meta's code and details (Meta Cloud API: messages, error codes)
    """
    _check_product(payload)
    to, recipient = text_value(payload, "to"), text_value(payload, "recipient")
    if not to and not recipient:
        raise missing("to")
    kind = _kind(payload)
    content = payload.get(kind)
    if not isinstance(content, list if kind == "contacts" else dict):
        raise missing(kind)
    CHECKS[kind](content)
    return SendRequest(
        type=kind,
        content=content,
        to=to,
        recipient=recipient,
        quoted_wamid="" if kind == "reaction" else _quoted(payload),
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
    wamid = text_value(payload, "message_id")
    if not wamid:
        raise missing("message_id")
    return wamid


def _check_product(payload: dict) -> None:
    require_product(payload)
    if payload.get("recipient_type", "individual") != "individual":
        raise invalid("Param recipient_type must be one of {INDIVIDUAL}.")


def require_product(payload: dict) -> None:
    """Refuse a body that does not say ``messaging_product: whatsapp``."""
    if payload.get("messaging_product") != "whatsapp":
        raise GraphError(100, message="(#100) The parameter messaging_product is required.")


def _kind(payload: dict) -> str:
    kind = payload.get("type", "text")
    kind = kind.lower() if isinstance(kind, str) else kind
    if kind not in CHECKS:
        names = ", ".join(name.upper() for name in CHECKS)
        raise GraphError(131009, f"Param type must be one of {{{names}}}; got {kind!r}.")
    return kind


def _quoted(payload: dict) -> str:
    context = payload.get("context")
    if context is None:
        return ""
    if not isinstance(context, dict) or not text_value(context, "message_id"):
        raise missing("context['message_id']")
    return context["message_id"]


def _callback_data(payload: dict) -> str:
    data = text_value(payload, "biz_opaque_callback_data")
    at_most("biz_opaque_callback_data", data, CALLBACK_LIMIT)
    return data
