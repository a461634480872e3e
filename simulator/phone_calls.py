"""Calls between a phone and the business (Meta Cloud API: calls): no sound, only the news."""

from .engine import Simulator
from .payloads import contact_of
from .world import Customer, Message, Number

SESSION = {"sdp_type": "offer", "sdp": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"}


def call(sim: Simulator, customer: Customer, number: Number, seconds: int) -> str:
    """The customer calls; 0 seconds mean that nobody answered. Return the call's id.

    A call opens the customer service window.
    """
    uid = _new_uid(sim)
    head = _head(sim, customer, number, uid, from_customer=True)
    _tell(sim, customer, number, head | {"event": "connect", "session": SESSION})
    _end(sim, customer, number, head, seconds)
    _show(sim, customer, number, uid, "inbound", seconds)
    return uid


def be_called(sim: Simulator, customer: Customer, number: Number, seconds: int) -> str:
    """The business calls; 0 seconds mean that the customer rejected. Return the call's id."""
    uid = _new_uid(sim)
    for status in ("RINGING", "ACCEPTED" if seconds else "REJECTED"):
        item = {"id": uid, "type": "call", "status": status, "timestamp": _now(sim)}
        if not customer.phone_hidden:
            item["recipient_id"] = customer.wa_id
        item["recipient_user_id"] = _bsuid(sim, customer, number)
        sim.tell(number, customer.phone, "statuses", item, field="calls")
    head = _head(sim, customer, number, uid, from_customer=False)
    _end(sim, customer, number, head, seconds)
    _show(sim, customer, number, uid, "outbound", seconds)
    return uid


def _new_uid(sim: Simulator) -> str:
    return f"wacid.{sim.ids.token()}{sim.ids.token()}"


def _now(sim: Simulator) -> str:
    return str(int(sim.clock.now()))


def _bsuid(sim: Simulator, customer: Customer, number: Number) -> str:
    return customer.bsuid(sim.world.accounts[number.account_uid].portfolio_uid)


def _head(
    sim: Simulator, customer: Customer, number: Number, uid: str, *, from_customer: bool
) -> dict:
    bsuid = _bsuid(sim, customer, number)
    user, business = ("from", "to") if from_customer else ("to", "from")
    head = {"id": uid, business: number.digits, f"{user}_user_id": bsuid}
    if not customer.phone_hidden:
        head[user] = customer.wa_id
    direction = "USER_INITIATED" if from_customer else "BUSINESS_INITIATED"
    return head | {"direction": direction, "timestamp": _now(sim)}


def _end(sim: Simulator, customer: Customer, number: Number, head: dict, seconds: int) -> None:
    item = head | {"event": "terminate", "status": "COMPLETED" if seconds else "FAILED"}
    if seconds:
        start = int(sim.clock.now())
        item |= {"start_time": str(start), "end_time": str(start + seconds), "duration": seconds}
        item["timestamp"] = item["end_time"]
    _tell(sim, customer, number, item)


def _tell(sim: Simulator, customer: Customer, number: Number, item: dict) -> None:
    portfolio = sim.world.accounts[number.account_uid].portfolio_uid
    contact = contact_of(customer, portfolio)
    sim.tell(number, customer.phone, "calls", item, contact, field="calls")


def _show(
    sim: Simulator, customer: Customer, number: Number, uid: str, direction: str, seconds: int
) -> None:
    message = Message(
        wamid=uid,
        number_uid=number.uid,
        phone=customer.phone,
        direction=direction,
        type="call",
        payload={"type": "call", "call": {"seconds": seconds}},
        at=sim.clock.now(),
        status="delivered",
    )
    sim.show(message)
