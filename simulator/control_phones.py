"""The customers' phones in the control API: people and what they look at."""

from starlette.requests import Request
from starlette.responses import Response

from .checks import ControlError, require_keys, switch_of, text_of
from .engine import Simulator
from .ids import country_of_phone
from .views import chat_view, customer_view
from .world import Customer, Message, digits_of

CUSTOMER_KEYS = ("name", "username", "phone_hidden", "country", "language", "offline", "wa_id")


def find_customer(sim: Simulator, phone: str) -> Customer:
    customer = sim.world.customers.get(digits_of(phone))
    if customer is None:
        raise ControlError(f"No customer has the phone {phone}: PUT /sim/customers/{phone} first.")
    return customer


def find_number(sim: Simulator, given: dict) -> str:
    uid = text_of(given, "phone_number_uid", required=True)
    if uid not in sim.world.numbers:
        raise ControlError(f"No business number {uid}: PUT /sim/accounts/… with it first.")
    return uid


def find_message(sim: Simulator, customer: Customer, given: dict, key: str = "wamid") -> Message:
    """Return the message of this customer's chats that ``given`` names."""
    wamid = text_of(given, key, required=True)
    message = sim.world.messages.get(wamid)
    if message is None or message.phone != customer.phone:
        raise ControlError(f"{customer.name} has no message {wamid}.")
    return message


async def put_customer(sim: Simulator, request: Request, body: dict) -> dict:
    require_keys(body, CUSTOMER_KEYS, "customer key")
    phone = digits_of(request.path_params["phone"])
    if not 5 <= len(phone) <= 15:
        raise ControlError("A phone needs 5 to 15 digits, with the country code.")
    customer = sim.world.customers.get(phone)
    if customer is None:
        customer = Customer(phone, wa_id=phone, name=f"+{phone}", country=country_of_phone(phone))
    for key in ("name", "username", "country", "language", "wa_id"):
        setattr(customer, key, text_of(body, key, default=getattr(customer, key)))
    was_offline = customer.offline
    for key in ("phone_hidden", "offline"):
        setattr(customer, key, switch_of(body, key, getattr(customer, key)))
    sim.world.customers[phone] = customer
    if was_offline and not customer.offline:
        sim.statuses.catch_up(customer)
    sim.directory_changed()
    return customer_view(customer, sim.world)


async def read(sim: Simulator, request: Request, body: dict) -> dict:
    """The customer opens the chat; ``open`` says whether it stays open, so new ones are read."""
    require_keys(body, ("phone_number_uid", "open"), "key")
    customer = find_customer(sim, request.path_params["phone"])
    number_uid = find_number(sim, body)
    chat = sim.world.chat(number_uid, customer.phone)
    chat.open = switch_of(body, "open", chat.open)
    closing = body.get("open") is False
    count = 0 if closing or customer.offline else sim.statuses.read(chat)
    sim.chat_changed(chat)
    return {"read": count}


async def chat(sim: Simulator, request: Request, body: dict) -> dict:
    given = dict(request.query_params)
    number_uid = find_number(sim, given)
    customer = find_customer(sim, text_of(given, "phone", required=True))
    return chat_view(sim.world.chat(number_uid, customer.phone), sim.world)


async def media(sim: Simulator, request: Request, body: dict) -> Response:
    """A file as the phone shows it: no token, and still there after Meta forgot it."""
    found = sim.world.media.get(request.path_params["uid"])
    if found is None:
        raise ControlError("No such file.")
    headers = {
        "Cache-Control": "private, max-age=3600",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(found.content, media_type=found.mime_type, headers=headers)
