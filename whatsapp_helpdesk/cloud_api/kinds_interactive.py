"""Taps on buttons and lists that we sent, and forms that were filled in."""

from collections.abc import Callable
from typing import Any

from .contents import CallPermission, Content, Form, Reply, Unknown
from .form_answers import answers_of
from .lenient import identifier, mapping, text


def button(message: dict[str, Any]) -> Content:
    """Read the tap on a button of a template; ``payload`` is what we gave when sending."""
    part = mapping(message.get("button"))
    return _reply("template", text(part.get("payload")), text(part.get("text")))


def interactive(message: dict[str, Any]) -> Content:
    """Read the answer to an interactive message."""
    part = mapping(message.get("interactive"))
    kind = identifier(part.get("type"))
    reader = _READERS.get(kind)
    if reader:
        return reader(mapping(part.get(kind)))
    return Unknown(f"interactive: {kind}" if kind else "interactive")


def _button_reply(part: dict[str, Any]) -> Content:
    return _reply("button", text(part.get("id")), text(part.get("title")))


def _list_reply(part: dict[str, Any]) -> Content:
    description = text(part.get("description"))
    return _reply("list", text(part.get("id")), text(part.get("title")), description)


def _reply(via: str, reply_id: str, title: str, description: str = "") -> Content:
    if not (reply_id or title):
        return Unknown(f"{via} reply without words")
    return Reply(via=via, reply_id=reply_id, title=title or reply_id, description=description)


def _form(part: dict[str, Any]) -> Content:
    answers = answers_of(part.get("response_json")) or answers_of(_own_words(part))
    return Form(name=text(part.get("name")), answers=answers)


def _own_words(part: dict[str, Any]) -> str:
    """The body of an address message may be the address; that of a flow is always "Sent"."""
    body = text(part.get("body")).strip()
    return "" if body == "Sent" else body


def _call_permission(part: dict[str, Any]) -> Content:
    response = identifier(part.get("response"))
    if response not in ("accept", "reject"):
        return Unknown("interactive: call_permission_reply without an answer")
    return CallPermission(
        accepted=response == "accept",
        permanent=response == "accept" and part.get("is_permanent") is True,
    )


_READERS: dict[str, Callable[[dict[str, Any]], Content]] = {
    "button_reply": _button_reply,
    "call_permission_reply": _call_permission,
    "list_reply": _list_reply,
    "nfm_reply": _form,
}
