"""The customers' phones in the control API: people, what they write, what they look at."""

import base64
import binascii

from starlette.requests import Request
from starlette.responses import Response

from .checks import ControlError, number_of, require_keys, switch_of, text_of
from .engine import Simulator
from .ids import country_of_phone
from .images import fetch_link
from .views import chat_view, customer_view, media_hash
from .world import Customer, Media, Message, digits_of

CUSTOMER_KEYS = ("name", "username", "phone_hidden", "country", "language", "offline", "wa_id")
# Kept apart from what is passed through to the webhook as it is.
ENVELOPE_KEYS = ("phone_number_uid", "context", "wamid", "timestamp")
MEDIA_TYPES = ("image", "video", "audio", "document", "sticker")


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


async def write(sim: Simulator, request: Request, body: dict) -> dict:
    """A customer writes; unknown kinds go through as they are."""
    customer = find_customer(sim, request.path_params["phone"])
    number_uid = find_number(sim, body)
    if customer.offline:
        raise ControlError(f"The phone of {customer.name} is offline.")
    kind = text_of(body, "type", required=True)
    payload = {key: value for key, value in body.items() if key not in ENVELOPE_KEYS}
    media = await _media_of(sim, request, number_uid, kind, payload)
    if kind == "text" and not isinstance(_part(payload, "text").get("body"), str):
        raise ControlError("A text needs text.body.")
    quoted = _add_context(sim, number_uid, customer, payload, body.get("context"))
    portfolio = sim.world.account_of_number(number_uid).portfolio_uid
    message = Message(
        wamid=text_of(body, "wamid") or sim.new_inbound_wamid(customer, portfolio),
        number_uid=number_uid,
        phone=customer.phone,
        direction="inbound",
        type=kind,
        payload=payload,
        at=number_of(body, "timestamp", sim.clock.now()),
        quoted_wamid=quoted,
        media_uid=media.uid if media else "",
    )
    sim.write_from_phone(customer, message)
    return {"wamid": message.wamid}


def _part(payload: dict, kind: str) -> dict:
    part = payload.get(kind)
    if not isinstance(part, dict):
        raise ControlError(f"A message of type {kind} needs the object {kind}.")
    return part


async def _media_of(
    sim: Simulator, request: Request, number_uid: str, kind: str, payload: dict
) -> Media | None:
    """Store the file that `data` or `link` gives and put Meta's media keys in its place."""
    given = payload.get(kind)
    if kind not in MEDIA_TYPES or not isinstance(given, dict):
        return None
    # WhatsApp leaves an empty caption out.
    dropped = ("data", "link") if given.get("caption") else ("data", "link", "caption")
    rest = {key: value for key, value in given.items() if key not in dropped}
    if "data" in given:
        content = _decoded(given["data"])
        mime_type = text_of(given, "mime_type", required=True)
    elif "link" in given:
        content, mime_type = await _fetched(sim, text_of(given, "link", required=True))
    elif kind == "image" and "id" not in given:
        raise ControlError("An image needs image.data (base64) with mime_type, or image.link.")
    else:
        return None
    media = sim.store_media(number_uid, content, mime_type, uploaded=False)
    keys = {"id": media.uid, "mime_type": mime_type, "sha256": media_hash(media)}
    if sim.settings.webhook_media_url:
        keys["url"] = sim.download_url(request.base_url, media)
    payload[kind] = rest | keys
    return media


def _decoded(data) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise ControlError(f"data is not base64: {error}.") from error


async def _fetched(sim: Simulator, link: str) -> tuple[bytes, str]:
    try:
        return await fetch_link(sim, link)
    except ValueError as error:
        raise ControlError(f"{link}: {error}") from error


def _add_context(
    sim: Simulator, number_uid: str, customer: Customer, payload: dict, context
) -> str:
    """Turn `context.wamid` into Meta's context; every other key passes through."""
    if context is None:
        return ""
    if not isinstance(context, dict):
        raise ControlError('context must be an object, for example {"wamid": "wamid.…"}.')
    built = {key: value for key, value in context.items() if key != "wamid"}
    quoted = text_of(context, "wamid")
    if quoted:
        own = sim.world.messages.get(quoted)
        by_customer = own is not None and own.direction == "inbound"
        if not by_customer:
            built["from"] = sim.world.numbers[number_uid].digits
        elif not customer.phone_hidden:
            built["from"] = customer.wa_id
        built["id"] = quoted
    payload["context"] = built
    return quoted or text_of(context, "id")


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
