"""A business number in the control API: its phone app, and who else answers its chats."""

from starlette.requests import Request

from . import phone_app
from .checks import (
    ControlError,
    list_of_objects,
    number_of,
    object_of,
    require_keys,
    switch_of,
    text_of,
)
from .control_phones import find_customer
from .engine import Simulator
from .ids import BUSINESS_MARK
from .received_media import store_file
from .world import Message, Number

OUR_ROLE = "customer_service"
HANDOVERS = ("control_passed", "control_taken")
HISTORY_KEYS = (
    "threads", "chunk_size", "phase", "backwards", "declined", "wait_for_sync",
)  # fmt: skip


def _number(sim: Simulator, request: Request) -> Number:
    uid = request.path_params["number_uid"]
    if uid not in sim.world.numbers:
        raise ControlError(f"No business number {uid}: PUT /sim/accounts/… with it first.")
    return sim.world.numbers[uid]


async def echo(sim: Simulator, request: Request, body: dict) -> dict:
    """Somebody writes to ``phone`` from the phone app: any kind, also `edit` and `revoke`."""
    number = _number(sim, request)
    customer = find_customer(sim, text_of(body, "phone", required=True))
    kind = text_of(body, "type", required=True)
    payload = {key: value for key, value in body.items() if key != "phone"}
    media = await store_file(sim, number.uid, kind, payload, request.base_url)
    uid = media.uid if media else ""
    return {"wamid": phone_app.echo(sim, customer, number, payload, uid)}


async def history(sim: Simulator, request: Request, body: dict) -> dict:
    """Send old chats, or keep them until the business asks (``wait_for_sync``)."""
    require_keys(body, HISTORY_KEYS, "key")
    number = _number(sim, request)
    wanted = {key: value for key, value in body.items() if key != "wait_for_sync"}
    size = int(number_of(body, "chunk_size", phone_app.CHUNK_SIZE))
    if size < 1:
        raise ControlError("chunk_size must be 1 or more.")
    wanted |= {"chunk_size": size, "phase": int(number_of(body, "phase", 0))}
    wanted["threads"] = [
        await _checked_thread(sim, number, thread) for thread in list_of_objects(body, "threads")
    ]
    if switch_of(body, "wait_for_sync", False):
        number.phone_app["history"] = wanted
    else:
        phone_app.send_history(sim, number, wanted)
    sim.on_save()
    return {"messages": sum(len(thread["messages"]) for thread in wanted["threads"])}


async def _checked_thread(sim: Simulator, number: Number, given: dict) -> dict:
    customer = find_customer(sim, text_of(given, "phone", required=True))
    messages = []
    for message in list_of_objects(given, "messages"):
        kind = text_of(message, "type", required=True)
        checked = dict(message) | {"timestamp": number_of(message, "timestamp")}
        media = await store_file(sim, number.uid, kind, checked)
        messages.append(checked | ({"media_uid": media.uid} if media else {}))
    return {"phone": customer.phone, "messages": messages}


async def contacts(sim: Simulator, request: Request, body: dict) -> dict:
    """Tell the address book of the phone app, or keep it until the business asks."""
    require_keys(body, ("contacts", "wait_for_sync"), "key")
    number, people = _number(sim, request), list_of_objects(body, "contacts")
    if switch_of(body, "wait_for_sync", False):
        number.phone_app["contacts"] = people
        sim.on_save()
    else:
        phone_app.send_contacts(sim, number, people)
    return {"contacts": len(people)}


async def tell(sim: Simulator, request: Request, body: dict) -> dict:
    """Any other news of this number: ``field`` and what its value holds beside the metadata."""
    require_keys(body, ("field", "value"), "key")
    number = _number(sim, request)
    field = text_of(body, "field", required=True)
    sim.tell(number, "", "", object_of(body, "value"), field=field)
    return {"told": True}


async def handover(sim: Simulator, request: Request, body: dict) -> dict:
    """Give the chat with ``phone`` to another role, or back to us (`customer_service`).

    While another role has it, what the customer writes comes on `standby`.
    """
    require_keys(body, ("phone", "role", "type", "metadata"), "key")
    number = _number(sim, request)
    customer = find_customer(sim, text_of(body, "phone", required=True))
    role = text_of(body, "role", required=True)
    kind = text_of(body, "type", default="control_passed")
    if kind not in HANDOVERS:
        raise ControlError(f"type must be one of {', '.join(HANDOVERS)}, not {kind!r}.")
    chat = sim.world.chat(number.uid, customer.phone)
    told = {"previous_owner_role": chat.owner or OUR_ROLE, "new_owner_role": role}
    told["metadata"] = text_of(body, "metadata")
    chat.owner = "" if role == OUR_ROLE else role
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    sender = {"user_id": customer.bsuid(portfolio)}
    if not customer.phone_hidden:
        sender["phone_number"] = customer.wa_id
    recipient = {"phone_number_id": number.uid, "display_phone_number": number.digits}
    value = {"sender": sender, "recipient": recipient, "type": kind, kind: told}
    value["timestamp"] = str(int(sim.clock.now()))
    sim.tell(number, customer.phone, "", value, field="messaging_handovers")
    sim.on_save()
    return {"owner": chat.owner}


async def standby_echo(sim: Simulator, request: Request, body: dict) -> dict:
    """Another role answers ``phone``: the customer sees it, we get a copy on `standby`."""
    number = _number(sim, request)
    customer = find_customer(sim, text_of(body, "phone", required=True))
    kind = text_of(body, "type", required=True)
    payload = {key: value for key, value in body.items() if key != "phone"}
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    message = Message(
        wamid=sim.new_wamid(customer, portfolio, BUSINESS_MARK),
        number_uid=number.uid,
        phone=customer.phone,
        direction="outbound",
        type=kind,
        payload=payload,
        at=sim.clock.now(),
        status="delivered",
        origin="standby",
    )
    sim.show(message)
    address = {"recipient": customer.bsuid(portfolio)}
    if not customer.phone_hidden:
        address = {"to": customer.wa_id}
    sent = {"messaging_product": "whatsapp", "recipient_type": "individual"} | address | payload
    item = {"id": message.wamid, "timestamp": str(int(message.at)), "message": sent}
    sim.tell(number, customer.phone, "message_echoes", item, field="standby")
    return {"wamid": message.wamid}


ACTIONS = {
    "echo": echo,
    "history": history,
    "contacts": contacts,
    "handover": handover,
    "standby-echo": standby_echo,
    "events": tell,
}
