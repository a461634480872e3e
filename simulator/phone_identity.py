"""Who a customer is may change: another phone number, another wish about marketing."""

from .engine import Simulator
from .payloads import contact_of
from .world import Customer, Message, Number


def change_number(sim: Simulator, customer: Customer, phone: str, wa_id: str = "") -> int:
    """Give ``customer`` the number ``phone`` and tell the businesses; return how many.

    Who hides the number is told by the business-scoped id alone
    (Meta Cloud API: system messages webhook).
    """
    world = sim.world
    numbers = [
        world.numbers[chat.number_uid]
        for chat in world.chats.values()
        if chat.phone == customer.phone and chat.messages
    ]
    old_phone, old_wa_id = customer.phone, customer.wa_id
    old_uids = {n.uid: _bsuid(sim, customer, n) for n in numbers}
    world.move_customer(customer, phone)
    customer.wa_id = wa_id or phone
    for number in numbers:
        _tell_change(sim, customer, number, old_phone, old_wa_id, old_uids[number.uid])
    sim.hub.publish("reload")
    sim.on_save()
    return len(numbers)


def _bsuid(sim: Simulator, customer: Customer, number: Number) -> str:
    return customer.bsuid(sim.world.accounts[number.account_uid].portfolio_uid)


def _tell_change(
    sim: Simulator,
    customer: Customer,
    number: Number,
    old_phone: str,
    old_wa_id: str,
    old_uid: str,
) -> None:
    uid = _bsuid(sim, customer, number)
    system = {"user_id": uid, "previous_user_id": old_uid}
    payload = {"type": "system", "system": system}
    if customer.phone_hidden:
        system |= {"type": "user_changed_user_id", "body": f"{customer.name} changed the user id"}
    else:
        text = f"{customer.name} changed from {old_wa_id} to {customer.wa_id}"
        system |= {"type": "user_changed_number", "body": text, "wa_id": customer.wa_id}
        # Sent in the name of the old number.
        payload["from"] = old_wa_id
    payload["from_user_id"] = old_uid
    message = Message(
        wamid=sim.new_wamid(customer, sim.world.accounts[number.account_uid].portfolio_uid),
        number_uid=number.uid,
        phone=customer.phone,
        direction="inbound",
        type="system",
        payload=payload,
        at=sim.clock.now(),
    )
    sim.write_from_phone(customer, message)


def prefer(sim: Simulator, customer: Customer, number: Number, value: str) -> None:
    """Tell ``number`` that the customer stops or resumes marketing messages."""
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    asked = "stop" if value == "stop" else "resume"
    others = [uid for uid in customer.marketing_stopped if uid != number.uid]
    customer.marketing_stopped = others + ([number.uid] if value == "stop" else [])
    item = {
        "user_id": customer.bsuid(portfolio),
        "detail": f"User requested to {asked} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": int(sim.clock.now()),
    }
    if not customer.phone_hidden:
        item["wa_id"] = customer.wa_id
    contact = contact_of(customer, portfolio)
    sim.tell(number, customer.phone, "user_preferences", item, contact, field="user_preferences")
