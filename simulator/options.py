"""What a customer can tap in a message of the business: buttons and rows of lists."""

from .world import Message


def options_of(message: Message) -> list[dict]:
    """Return ``{"id", "title"}``, with ``description`` for rows that have one."""
    content = message.payload.get(message.type)
    if not isinstance(content, dict):
        return []
    if message.type == "template":
        return _of_template(content)
    if message.type != "interactive":
        return []
    action = content.get("action") or {}
    if content.get("type") == "button":
        return [button["reply"] for button in action["buttons"]]
    if content.get("type") == "list":
        return [row for section in action["sections"] for row in section["rows"]]
    return []


def _of_template(content: dict) -> list[dict]:
    """The labels of a template's buttons are known to Meta only; its payloads stand for them."""
    found = []
    for component in content.get("components") or []:
        parameters = component.get("parameters") or [{}]
        payload = parameters[0].get("payload")
        if component.get("type") == "button" and payload:
            found.append({"id": payload, "title": payload})
    return found


def reply_to(message: Message, choice: str, label: str = "") -> dict | None:
    """Return the payload of the tap on the option with the id or title ``choice``.

    :param label: what a template's button shows
    :return: None when the message has no such option
    """
    for option in options_of(message):
        if choice in (option["id"], option["title"]):
            break
    else:
        return None
    if message.type == "template":
        button = {"payload": option["id"], "text": label or option["title"]}
        return {"type": "button", "button": button}
    kind = f"{message.payload['interactive']['type']}_reply"
    return {"type": "interactive", "interactive": {"type": kind, kind: option}}
