"""What a customer can tap in a message of the business: buttons and rows of lists."""

from .faces import all_buttons, face_of
from .world import Message, World


def options_of(message: Message, world: World) -> list[dict]:
    """Return what answers when it is tapped: ``{"id", "title"}``, rows with ``description``."""
    found = []
    for button in all_buttons(face_of(message, world)):
        if button["kind"] == "reply":
            found.append({"id": button["id"], "title": button["text"]})
        elif button["kind"] == "list":
            found += [row for section in button["sections"] for row in section["rows"]]
    return found


def reply_to(message: Message, choice: str, world: World) -> dict | None:
    """Return the payload of the tap on the option with the id or title ``choice``.

    :return: None when the message has no such option
    """
    for option in options_of(message, world):
        if choice in (option["id"], option["title"]):
            break
    else:
        return None
    if message.type == "template":
        return {"type": "button", "button": {"payload": option["id"], "text": option["title"]}}
    is_list = message.payload["interactive"]["type"] == "list"
    kind = "list_reply" if is_list else "button_reply"
    return {"type": "interactive", "interactive": {"type": kind, kind: option}}


def opened_by(message: Message, choice: str, world: World) -> str:
    """Return what a button opens on the phone only: an address, a number, a code.

    :param choice: the button's text, or what it opens
    :return: empty when ``choice`` is no such button
    """
    for button in all_buttons(face_of(message, world)):
        opened = next((button[key] for key in ("url", "phone", "code") if key in button), "")
        if button["kind"] == "call":
            opened = button["text"]
        if opened and choice in (button["text"], opened):
            return opened
    return ""
