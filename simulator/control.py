"""The control API: reset, accounts, clock, rules, settings, calls; what tests and the page use."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from .checks import (
    AsciiJSON,
    ControlError,
    json_object,
    number_of,
    require_keys,
    switch_of,
    text_of,
)
from .clock import as_iso
from .engine import Simulator
from .handshake import handshake
from .loopback import require_loopback_url
from .views import account_view, chat_line, customer_view
from .world import Account, App, Number, digits_of

ACCOUNT_KEYS = (
    "app_uid",
    "app_secret",
    "access_token",
    "verify_token",
    "callback_url",
    "portfolio_uid",
    "name",
    "numbers",
    "handshake",
    "subscribed",
)
NUMBER_KEYS = ("phone_number_uid", "display_phone_number", "verified_name")

ControlHandler = Callable[[Simulator, Request, dict], Awaitable[dict | list | Response]]


def control_endpoint(handler: ControlHandler) -> Callable[[Request], Awaitable[Response]]:
    """Wrap ``handler(sim, request, body)``; what it refuses becomes a 400 in plain words."""

    async def endpoint(request: Request) -> Response:
        try:
            answer = await handler(request.app.state.simulator, request, await _body(request))
        except ControlError as error:
            return AsciiJSON({"error": str(error)}, 400)
        return answer if isinstance(answer, Response) else AsciiJSON(answer)

    return endpoint


async def _body(request: Request) -> dict:
    try:
        return json_object(await request.body())
    except ValueError as error:
        raise ControlError(str(error)) from error


async def reset(sim: Simulator, request: Request, body: dict) -> dict:
    sim.reset()
    return {"reset": True}


async def state(sim: Simulator, request: Request, body: dict) -> dict:
    world = sim.world
    return {
        "accounts": [account_view(account, world) for account in world.accounts.values()],
        "customers": [customer_view(customer, world) for customer in world.customers.values()],
        "chats": [chat_line(chat, world) for chat in world.chats.values()],
        "settings": sim.settings.as_json(),
        "clock": _clock(sim),
        "rules": [
            {"id": rule.uid, "on": rule.on, "times": rule.times, "hits": rule.hits}
            for rule in sim.script.rules
        ],
        "webhooks": {
            "down": sim.carrier.down,
            "held": sim.sender.held,
            "waiting_for_retry": sim.sender.waiting,
        },
    }


async def put_account(sim: Simulator, request: Request, body: dict) -> dict:
    """Create or change an account, its app and its numbers; keys not given keep their value."""
    require_keys(body, ACCOUNT_KEYS, "account key")
    uid = request.path_params["waba_uid"]
    account = sim.world.accounts.get(uid) or Account(uid, app_uid=f"app-{uid}")
    numbers = [_number(sim, uid, given) for given in _list_of_objects(body, "numbers")]
    callback_url = _callback_url(body)
    for key in ("app_uid", "access_token", "portfolio_uid", "name"):
        setattr(account, key, text_of(body, key, default=getattr(account, key)))
    app = sim.world.apps.setdefault(account.app_uid, App(account.app_uid))
    app.secret = text_of(body, "app_secret", default=app.secret)
    app.verify_token = text_of(body, "verify_token", default=app.verify_token)
    app.callback_url = callback_url or app.callback_url
    account.subscribed = switch_of(body, "subscribed", account.subscribed or bool(callback_url))
    sim.world.accounts[uid] = account
    sim.world.numbers |= {number.uid: number for number in numbers}
    sim.directory_changed()
    if callback_url and switch_of(body, "handshake", False):
        return {"handshake": await handshake(sim, callback_url, app.verify_token)}
    return {"handshake": None}


def _callback_url(body: dict) -> str:
    url = text_of(body, "callback_url")
    try:
        return require_loopback_url(url) if url else ""
    except ValueError as error:
        raise ControlError(f"callback_url: {error}") from error


def _list_of_objects(body: dict, key: str) -> list[dict]:
    found = body.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ControlError(f"{key} must be a list of objects.")
    return found


def _number(sim: Simulator, account_uid: str, given: dict) -> Number:
    require_keys(given, NUMBER_KEYS, "number key")
    uid = text_of(given, "phone_number_uid", required=True)
    known = sim.world.numbers.get(uid)
    if known and known.account_uid != account_uid:
        raise ControlError(f"Number {uid} belongs to account {known.account_uid}.")
    number = known or Number(uid, account_uid)
    for key in ("display_phone_number", "verified_name"):
        setattr(number, key, text_of(given, key, default=getattr(number, key)))
    if not digits_of(number.display_phone_number):
        raise ControlError(f"Number {uid} needs a display_phone_number with digits.")
    return number


def _clock(sim: Simulator) -> dict:
    return {"now": as_iso(sim.clock.now()), "offset_seconds": sim.clock.offset_seconds}


async def get_clock(sim: Simulator, request: Request, body: dict) -> dict:
    return _clock(sim)


async def set_clock(sim: Simulator, request: Request, body: dict) -> dict:
    require_keys(body, ("advance_seconds", "offset_seconds"), "clock key")
    if len(body) != 1:
        raise ControlError("Say either advance_seconds or offset_seconds.")
    if "offset_seconds" in body:
        sim.clock.offset_seconds = number_of(body, "offset_seconds")
    else:
        sim.clock.advance(number_of(body, "advance_seconds"))
    sim.directory_changed()
    return _clock(sim)


async def add_rule(sim: Simulator, request: Request, body: dict) -> dict:
    return {"id": sim.script.add(body, sim.ids.token()).uid}


async def clear_rules(sim: Simulator, request: Request, body: dict) -> dict:
    """Forget all rules; what a hold rule kept back goes out."""
    sim.script.clear()
    return {"released": sim.sender.release_held()}


async def change_settings(sim: Simulator, request: Request, body: dict) -> dict:
    sim.settings.update(body)
    sim.directory_changed()
    return sim.settings.as_json()


async def calls(sim: Simulator, request: Request, body: dict) -> dict:
    return {"calls": list(sim.calls)}


async def clear_calls(sim: Simulator, request: Request, body: dict) -> dict:
    sim.calls.clear()
    return {"calls": []}


async def events(sim: Simulator, request: Request, body: dict) -> Response:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(sim.hub.stream(), media_type="text/event-stream", headers=headers)
