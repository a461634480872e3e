"""What customers write, in the control API: any kind of message, as Meta's JSON."""

from starlette.requests import Request

from .checks import ControlError, number_of, text_of
from .control_phones import find_customer, find_number
from .engine import Simulator
from .graph_errors import notice
from .received_media import store_file
from .world import Customer, Media, Message

# Kept apart from what is passed through to the webhook as it is.
ENVELOPE_KEYS = ("phone_number_uid", "context", "wamid", "timestamp")


async def write(sim: Simulator, request: Request, body: dict) -> dict:
    """A customer writes; unknown kinds go through as they are."""
    customer = find_customer(sim, request.path_params["phone"])
    number_uid = find_number(sim, body)
    require_online(customer)
    kind = text_of(body, "type", required=True)
    payload = {key: value for key, value in body.items() if key not in ENVELOPE_KEYS}
    _complete(kind, payload)
    too_big = _take_too_big(kind, payload)
    media = None
    if not too_big:
        media = await store_file(sim, number_uid, kind, payload, request.base_url)
    message = customer_message(
        sim, customer, number_uid, payload, body.get("context"), media, text_of(body, "wamid")
    )
    message.at = number_of(body, "timestamp", message.at)
    sim.write_from_phone(customer, message)
    return {"wamid": message.wamid}


def require_online(customer: Customer) -> None:
    if customer.offline:
        raise ControlError(f"The phone of {customer.name} is offline.")


def _complete(kind: str, payload: dict) -> None:
    """Give the kinds with a fixed form that form, so that a script may be short."""
    part = payload.get(kind)
    if kind == "text" and not isinstance(_part(payload, kind).get("body"), str):
        raise ControlError("A text needs text.body.")
    if kind == "reaction" and not _part(payload, kind).get("emoji"):
        payload[kind] = {key: value for key, value in part.items() if key != "emoji"}
    if kind == "unsupported":
        details = "Message type is currently not supported."
        payload.setdefault("errors", [notice(131051, "Message type unknown", details)])


def _take_too_big(kind: str, payload: dict) -> bool:
    """Turn `too_big` into what WhatsApp tells of a file that it did not take over 100 MB."""
    part = payload.get(kind)
    if not isinstance(part, dict) or not part.pop("too_big", False):
        return False
    details = "Media file size too big. Max file size we currently support: 100 MB."
    payload["errors"] = [notice(131052, details=details)]
    return True


def _part(payload: dict, kind: str) -> dict:
    part = payload.get(kind)
    if not isinstance(part, dict):
        raise ControlError(f"A message of type {kind} needs the object {kind}.")
    return part


def customer_message(
    sim: Simulator,
    customer: Customer,
    number_uid: str,
    payload: dict,
    context: dict | None = None,
    media: Media | None = None,
    wamid: str = "",
) -> Message:
    """Return a new message of ``customer``.

    :param payload: what the webhook will carry beside sender, id and time
    :param context: Meta's, where ``wamid`` names the message that is answered
    """
    quoted = _add_context(sim, number_uid, customer, payload, context)
    portfolio = sim.world.account_of_number(number_uid).portfolio_uid
    return Message(
        wamid=wamid or sim.new_wamid(customer, portfolio),
        number_uid=number_uid,
        phone=customer.phone,
        direction="inbound",
        type=payload["type"],
        payload=payload,
        at=sim.clock.now(),
        quoted_wamid=quoted,
        media_uid=media.uid if media else "",
    )


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
