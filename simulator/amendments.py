"""What changes an earlier message instead of being one: reactions, edits, deletions."""

from .world import Message, World


def target_uid(message: Message) -> str:
    """Return the wamid that ``message`` changes, empty when it is a message of its own."""
    content = message.payload.get(message.type)
    content = content if isinstance(content, dict) else {}
    key = {"reaction": "message_id", "edit": "original_message_id", "revoke": "original_message_id"}
    found = content.get(key.get(message.type, ""))
    return found if isinstance(found, str) else ""


def amend(world: World, message: Message) -> Message | None:
    """Show on its target what ``message`` says; return the target, None when it is no amendment."""
    target = world.messages.get(target_uid(message))
    if target is None:
        return None
    if message.type == "reaction":
        _react(target, message)
    elif target.direction != message.direction:
        return None
    elif message.type == "edit":
        _edit(target, message.payload["edit"].get("message"))
    else:
        target.revoked = True
        target.reactions.clear()
    return target


def _react(target: Message, message: Message) -> None:
    emoji = message.payload["reaction"].get("emoji")
    if emoji:
        target.reactions[message.direction] = emoji
    else:
        target.reactions.pop(message.direction, None)


def _edit(target: Message, fresh) -> None:
    if isinstance(fresh, dict) and fresh.get("type") in fresh:
        kind = fresh["type"]
        content, old = fresh[kind], target.payload.get(kind)
        if isinstance(content, dict) and isinstance(old, dict):
            target.payload = target.payload | {kind: old | content}
            target.edited = True
