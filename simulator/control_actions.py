"""What a customer does with a message or with the phone, told to the business as Meta tells it."""

import json

from starlette.requests import Request

from . import phone_calls, phone_identity
from .checks import ControlError, number_of, require_keys, switch_of, text_of
from .control_phones import find_customer, find_message, find_number
from .control_writing import customer_message, require_online
from .engine import Simulator
from .graph_errors import notice
from .options import opened_by, options_of, reply_to
from .world import Customer, Message, digits_of

EDIT_SECONDS, DELETE_SECONDS = 15 * 60, 2 * 24 * 3600


def _acting(sim: Simulator, request: Request, body: dict, *keys: str) -> Customer:
    require_keys(body, keys, "key")
    customer = find_customer(sim, request.path_params["phone"])
    require_online(customer)
    return customer


def _send(
    sim: Simulator, customer: Customer, number_uid: str, payload: dict, context: dict | None = None
) -> dict:
    message = customer_message(sim, customer, number_uid, payload, context)
    sim.write_from_phone(customer, message)
    return {"wamid": message.wamid}


async def react(sim: Simulator, request: Request, body: dict) -> dict:
    """Put ``emoji`` on a message; an empty one takes the reaction away."""
    customer = _acting(sim, request, body, "wamid", "emoji")
    target = find_message(sim, customer, body)
    emoji = text_of(body, "emoji")
    reaction = {"message_id": target.wamid} | ({"emoji": emoji} if emoji else {})
    return _send(sim, customer, target.number_uid, {"type": "reaction", "reaction": reaction})


def _own_message(sim: Simulator, customer: Customer, body: dict, seconds: int) -> Message:
    target = find_message(sim, customer, body)
    if target.direction != "inbound":
        raise ControlError("Only an own message can be edited or deleted.")
    if sim.clock.now() - target.at > seconds:
        raise ControlError("The message is too old for that.")
    return target


async def edit(sim: Simulator, request: Request, body: dict) -> dict:
    """Change the text of an own message, as WhatsApp allows within 15 minutes.

    Only numbers with a phone app learn the new text; the others get `unsupported`.
    """
    customer = _acting(sim, request, body, "wamid", "text")
    target = _own_message(sim, customer, body, EDIT_SECONDS)
    text = text_of(body, "text", required=True)
    key = "body" if target.type == "text" else "caption"
    fresh = {"type": target.type, target.type: {key: text}}
    edited = {"original_message_id": target.wamid, "message": fresh}
    payload = {"type": "edit", "edit": edited}
    if sim.world.numbers[target.number_uid].is_on_biz_app:
        return _send(sim, customer, target.number_uid, payload)
    sim.show(customer_message(sim, customer, target.number_uid, payload))
    details = notice(131051, "Message type unknown", "Message type is currently not supported.")
    told = {"type": "unsupported", "unsupported": {"type": "edit"}, "errors": [details]}
    return _send_unseen(sim, customer, target.number_uid, told)


def _send_unseen(sim: Simulator, customer: Customer, number_uid: str, payload: dict) -> dict:
    """Tell the business something that is no bubble on the phone."""
    message = customer_message(sim, customer, number_uid, payload)
    sim.write_from_phone(customer, message, shown=False)
    return {"wamid": message.wamid}


async def delete(sim: Simulator, request: Request, body: dict) -> dict:
    """Delete an own message for everyone; only numbers with a phone app are told."""
    customer = _acting(sim, request, body, "wamid")
    target = _own_message(sim, customer, body, DELETE_SECONDS)
    payload = {"type": "revoke", "revoke": {"original_message_id": target.wamid}}
    if sim.world.numbers[target.number_uid].is_on_biz_app:
        return _send(sim, customer, target.number_uid, payload)
    sim.show(customer_message(sim, customer, target.number_uid, payload))
    return {"wamid": ""}


async def forward(sim: Simulator, request: Request, body: dict) -> dict:
    """Send a message on to a number; ``often`` marks it as forwarded many times."""
    customer = _acting(sim, request, body, "wamid", "phone_number_uid", "often")
    source = find_message(sim, customer, body)
    number_uid = find_number(sim, body)
    mark = "frequently_forwarded" if switch_of(body, "often", False) else "forwarded"
    payload = {"type": source.type, source.type: source.payload.get(source.type)}
    media = sim.world.media.get(source.media_uid)
    if media:
        media = sim.store_media(
            number_uid, media.content, media.mime_type, uploaded=False, filename=media.filename
        )
        payload[source.type] = payload[source.type] | {"id": media.uid}
        payload[source.type].pop("url", None)
        payload[source.type].pop("link", None)
    message = customer_message(sim, customer, number_uid, payload, {mark: True}, media)
    sim.write_from_phone(customer, message)
    return {"wamid": message.wamid}


async def tap(sim: Simulator, request: Request, body: dict) -> dict:
    """Tap a button or a row, named by its id or title; links, calls and codes tell nobody."""
    customer = _acting(sim, request, body, "wamid", "choice")
    target = find_message(sim, customer, body)
    choice = text_of(body, "choice", required=True)
    opened = opened_by(target, choice, sim.world)
    if opened:
        target.tapped = list(dict.fromkeys([*target.tapped, opened]))
        sim.changed(target)
        return {"wamid": "", "opened": opened}
    payload = reply_to(target, choice, sim.world)
    if payload is None:
        options = options_of(target, sim.world)
        known = ", ".join(option["title"] for option in options) or "nothing"
        raise ControlError(f"The message has no option {choice}; it offers {known}.")
    return _send(sim, customer, target.number_uid, payload, {"wamid": target.wamid})


async def form(sim: Simulator, request: Request, body: dict) -> dict:
    """Send a filled-in form: ``answers`` as an object, or a string that is passed on as it is."""
    customer = _acting(sim, request, body, "phone_number_uid", "wamid", "name", "answers")
    answers = body.get("answers", {})
    text = answers if isinstance(answers, str) else json.dumps(answers, ensure_ascii=False)
    name = text_of(body, "name", default="flow")
    reply = {"name": name, "body": "Sent", "response_json": text}
    payload = {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}
    context = {"wamid": text_of(body, "wamid")} if body.get("wamid") else None
    return _send(sim, customer, find_number(sim, body), payload, context)


async def share_contact(sim: Simulator, request: Request, body: dict) -> dict:
    """Answer a request for the phone number with the own card."""
    customer = _acting(sim, request, body, "phone_number_uid", "wamid")
    card = {
        "name": {"formatted_name": customer.name, "first_name": customer.name},
        "phones": [{"phone": f"+{customer.phone}", "wa_id": customer.wa_id, "type": "CELL"}],
        "origin": "contact_request",
        "vcard": f"BEGIN:VCARD\nVERSION:3.0\nFN:{customer.name}\n"
        f"TEL;type=CELL;waid={customer.wa_id}:+{customer.phone}\nEND:VCARD",
    }
    context = {"wamid": text_of(body, "wamid")} if body.get("wamid") else None
    payload = {"type": "contacts", "contacts": [card]}
    return _send(sim, customer, find_number(sim, body), payload, context)


async def play(sim: Simulator, request: Request, body: dict) -> dict:
    """Listen to a voice message of the business."""
    customer = _acting(sim, request, body, "wamid")
    target = find_message(sim, customer, body)
    content = target.payload.get("audio") or {}
    if target.direction != "outbound" or not content.get("voice"):
        raise ControlError("Only a voice message of the business can be played.")
    sim.statuses.play(target)
    return {"status": target.status}


async def call(sim: Simulator, request: Request, body: dict) -> dict:
    """Call the business, or be called by it; without ``seconds`` nobody answers."""
    customer = _acting(sim, request, body, "phone_number_uid", "seconds", "from_business")
    number = sim.world.numbers[find_number(sim, body)]
    seconds = int(number_of(body, "seconds", 0))
    if switch_of(body, "from_business", False):
        return {"call_id": phone_calls.be_called(sim, customer, number, seconds)}
    return {"call_id": phone_calls.call(sim, customer, number, seconds)}


async def change_number(sim: Simulator, request: Request, body: dict) -> dict:
    """Move to another phone number; every business that the customer chats with is told."""
    customer = _acting(sim, request, body, "new_phone", "wa_id")
    phone = digits_of(text_of(body, "new_phone", required=True))
    if not 5 <= len(phone) <= 15 or phone in sim.world.customers:
        raise ControlError("The new phone needs 5 to 15 digits and must be nobody's.")
    told = phone_identity.change_number(sim, customer, phone, text_of(body, "wa_id"))
    return {"phone": customer.phone, "wa_id": customer.wa_id, "told": told}


async def marketing(sim: Simulator, request: Request, body: dict) -> dict:
    """Stop or resume marketing messages in the chat's settings."""
    customer = _acting(sim, request, body, "phone_number_uid", "value")
    value = text_of(body, "value", default="stop")
    if value not in ("stop", "resume", "signup"):
        raise ControlError(f"value must be stop, resume or signup, not {value!r}.")
    phone_identity.prefer(sim, customer, sim.world.numbers[find_number(sim, body)], value)
    return {"value": value}


ACTIONS = {
    "react": react,
    "edit": edit,
    "delete": delete,
    "forward": forward,
    "tap": tap,
    "form": form,
    "share-contact": share_contact,
    "play": play,
    "call": call,
    "change-number": change_number,
    "marketing": marketing,
}
