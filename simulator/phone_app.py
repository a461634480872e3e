"""The business's own phone app beside the API (coexistence): echoes, history, contacts.

Meta Cloud API: onboarding WhatsApp Business app users.
"""

from .engine import Simulator
from .graph_errors import notice
from .ids import BUSINESS_MARK, CUSTOMER_MARK
from .world import AMENDING_TYPES, Customer, Message, Number

CHUNK_SIZE = 50


def echo(
    sim: Simulator, customer: Customer, number: Number, payload: dict, media_uid: str = ""
) -> str:
    """Somebody answers ``customer`` from the phone app; return the wamid."""
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    message = Message(
        wamid=sim.new_wamid(customer, portfolio, BUSINESS_MARK),
        number_uid=number.uid,
        phone=customer.phone,
        direction="outbound",
        type=payload["type"],
        payload=payload,
        at=sim.clock.now(),
        status="delivered",
        origin="app",
        media_uid=media_uid,
        quoted_wamid=str((payload.get("context") or {}).get("id", "")),
    )
    sim.show(message)
    item = {"from": number.digits, "id": message.wamid, "timestamp": str(int(message.at))}
    item |= _recipient(sim, customer, number) | payload
    sim.tell(number, customer.phone, "message_echoes", item, field="smb_message_echoes")
    return message.wamid


def _recipient(sim: Simulator, customer: Customer, number: Number) -> dict:
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    found = {"to_user_id": customer.bsuid(portfolio)}
    return found if customer.phone_hidden else {"to": customer.wa_id} | found


def send_contacts(sim: Simulator, number: Number, contacts: list[dict]) -> None:
    """Tell which people the phone app's address book holds or lost, in one webhook.

    :param contacts: ``{"full_name", "phone_number", …}``, with ``action`` (``add`` when missing)
    """
    now = str(int(sim.clock.now()))
    lines = [
        {
            "type": "contact",
            "contact": {key: value for key, value in contact.items() if key != "action"},
            "action": contact.get("action", "add"),
            "metadata": {"timestamp": now},
        }
        for contact in contacts
    ]
    sim.tell(number, "", "", {"state_sync": lines}, field="smb_app_state_sync")


def send_history(sim: Simulator, number: Number, history: dict) -> None:
    """Send the chats of the phone app in chunks; files follow after their placeholders.

    :param history: ``threads``, ``chunk_size``, ``phase``, ``backwards`` (the last chunk goes
        first), ``declined`` (the owner did not agree), as `POST /sim/numbers/…/history` takes it
    """
    if history.get("declined"):
        declined = notice(2593109, details="The business did not agree to share its history.")
        sim.tell(number, "", "", {"history": [{"errors": [declined]}]}, field="history")
        return
    lines = [line for thread in history.get("threads", []) for line in _lines(sim, number, thread)]
    size = history.get("chunk_size", CHUNK_SIZE)
    chunks = [lines[start : start + size] for start in range(0, len(lines), size)]
    values = [
        _chunk(chunk, history.get("phase", 0), order, len(chunks))
        for order, chunk in enumerate(chunks, 1)
    ]
    for value in reversed(values) if history.get("backwards") else values:
        sim.tell(number, "", "", value, field="history")
    for _thread, item in lines:
        if item["type"] == "media_placeholder":
            _send_file(sim, number, sim.world.messages[item["id"]])


def _lines(sim: Simulator, number: Number, thread: dict) -> list[tuple[dict, dict]]:
    """Return thread head and item of each message, and put them into the chat."""
    customer = sim.world.customers[thread["phone"]]
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    context = {"user_id": customer.bsuid(portfolio)}
    head = {"context": context}
    if not customer.phone_hidden:
        head = {"id": customer.wa_id, "context": context | {"wa_id": customer.wa_id}}
    if customer.username:
        context["username"] = customer.username
    return [(head, _line(sim, customer, number, given)) for given in thread["messages"]]


def _line(sim: Simulator, customer: Customer, number: Number, given: dict) -> dict:
    outbound = bool(given.get("from_business"))
    message = _old_message(sim, customer, number, given, outbound)
    _remember(sim, message)
    parties = _parties(sim, customer, number, outbound=outbound)
    payload = {"type": "media_placeholder"} if message.media_uid else message.payload
    item = parties | {"id": message.wamid, "timestamp": str(int(message.at))} | payload
    return item | {"history_context": {"status": given.get("status", "READ")}}


def _parties(sim: Simulator, customer: Customer, number: Number, *, outbound: bool) -> dict:
    if outbound:
        return {"from": number.digits} | _recipient(sim, customer, number)
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    found = {"from_user_id": customer.bsuid(portfolio)}
    return found if customer.phone_hidden else {"from": customer.wa_id} | found


def _old_message(
    sim: Simulator, customer: Customer, number: Number, given: dict, outbound: bool
) -> Message:
    own = ("from_business", "timestamp", "status", "wamid", "media_uid")
    mark = BUSINESS_MARK if outbound else CUSTOMER_MARK
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    return Message(
        wamid=given.get("wamid") or sim.new_wamid(customer, portfolio, mark),
        number_uid=number.uid,
        phone=customer.phone,
        direction="outbound" if outbound else "inbound",
        type=given["type"],
        payload={key: value for key, value in given.items() if key not in own},
        at=float(given["timestamp"]),
        status="read",
        origin="app",
        media_uid=given.get("media_uid", ""),
    )


def _remember(sim: Simulator, message: Message) -> None:
    """Put an old message in its place; it does not open the window."""
    if message.wamid in sim.world.messages or message.type in AMENDING_TYPES:
        return
    sim.world.messages[message.wamid] = message
    chat = sim.world.chat(message.number_uid, message.phone)
    chat.messages.append(message)
    chat.messages.sort(key=lambda one: one.at)
    sim.changed(message)


def _chunk(lines: list[tuple[dict, dict]], phase: int, order: int, count: int) -> dict:
    threads: list[dict] = []
    for head, item in lines:
        if not threads or threads[-1]["head"] is not head:
            threads.append({"head": head, "messages": []})
        threads[-1]["messages"].append(item)
    metadata = {"phase": phase, "chunk_order": order, "progress": 100 * order // count}
    found = [thread["head"] | {"messages": thread["messages"]} for thread in threads]
    return {"history": [{"metadata": metadata, "threads": found}]}


def _send_file(sim: Simulator, number: Number, message: Message) -> None:
    customer = sim.world.customers[message.phone]
    item = _parties(sim, customer, number, outbound=message.direction == "outbound")
    item |= {"id": message.wamid, "timestamp": str(int(message.at))} | message.payload
    sim.tell(number, "", "messages", item, field="history")
