"""Webhooks in the control API: inject, cut off, fast-forward, look at the log."""

from cloud_api.signature import escape_like_meta, sign
from starlette.requests import Request

from .checks import ControlError, number_of, require_keys, switch_of, text_of
from .delivery import route
from .engine import Simulator

LOG_DEFAULT = 1000


async def deliver(sim: Simulator, request: Request, body: dict) -> dict:
    """POST any payload to the receiver at once, without retry.

    ``signature`` is ``valid``, ``wrong``, ``missing``, or a secret to sign with.
    """
    require_keys(body, ("waba_uid", "phone_number_uid", "body", "signature"), "key")
    account_uid, number_uid = _target(sim, body)
    url, secret = route(sim.world, account_uid, number_uid)
    if not url:
        raise ControlError(f"Account {account_uid} has no callback URL or is not subscribed.")
    raw = _raw(body.get("body"))
    signature = _signature(raw, secret, text_of(body, "signature", default="valid"))
    return {"status": 0} | await sim.carrier.raw_post(url, raw, signature)


def _target(sim: Simulator, body: dict) -> tuple[str, str]:
    number_uid, account_uid = text_of(body, "phone_number_uid"), text_of(body, "waba_uid")
    if number_uid:
        if number_uid not in sim.world.numbers:
            raise ControlError(f"No business number {number_uid}.")
        return sim.world.numbers[number_uid].account_uid, number_uid
    if account_uid not in sim.world.accounts:
        raise ControlError("Say which waba_uid or phone_number_uid the payload is for.")
    return account_uid, ""


def _raw(given) -> bytes:
    if isinstance(given, str):
        return given.encode("utf-8", "surrogatepass")
    if isinstance(given, dict | list):
        return escape_like_meta(given)
    raise ControlError("body must be an object, or a string that is sent as it is.")


def _signature(raw: bytes, secret: str, wish: str) -> str | None:
    if wish == "missing":
        return None
    if wish == "wrong":
        return sign(raw, secret + "?")
    return sign(raw, secret if wish == "valid" else wish)


async def fast_forward(sim: Simulator, request: Request, body: dict) -> dict:
    require_keys(body, ("seconds",), "key")
    retried = await sim.sender.fast_forward(number_of(body, "seconds"))
    return {"retried": retried, "waiting": sim.sender.waiting}


async def down(sim: Simulator, request: Request, body: dict) -> dict:
    require_keys(body, ("down",), "key")
    if "down" not in body:
        raise ControlError("down is missing.")
    sim.carrier.down = switch_of(body, "down", False)
    sim.directory_changed()
    return {"down": sim.carrier.down}


async def release(sim: Simulator, request: Request, body: dict) -> dict:
    """Let go what a hold rule keeps back."""
    return {"released": sim.sender.release_held()}


async def log(sim: Simulator, request: Request, body: dict) -> dict:
    given = dict(request.query_params)
    limit = text_of(given, "limit", default=str(LOG_DEFAULT))
    if not limit.isdigit():
        raise ControlError("limit must be a whole number.")
    number_uid = text_of(given, "phone_number_uid")
    chosen = [d for d in sim.sender.log if number_uid in ("", d.number_uid)]
    last = chosen[-int(limit) :] if int(limit) else []
    return {
        "deliveries": [delivery.as_json() for delivery in last],
        "waiting": sim.sender.waiting,
        "held": sim.sender.held,
    }
