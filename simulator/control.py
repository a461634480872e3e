"""The control API: reset, clock, rules, settings, calls; what tests and the page use."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from .checks import AsciiJSON, ControlError, json_object, number_of, require_keys
from .clock import as_iso
from .engine import Simulator
from .views import account_view, chat_line, customer_view

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
    sim.templates.rearm()
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
