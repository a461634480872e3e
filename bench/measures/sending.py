"""How fast messages leave when Meta takes 200 ms for each, and whether a crash sends any twice."""

import collections
import json
import time
import urllib.request
from dataclasses import asdict

import traffic
from results import Measure, at_least, at_most
from stage import say

LATENCY_SECONDS = 0.2
_CRASH_MESSAGES = 160


def run(stage, effort) -> list[Measure]:
    """Send a full queue; then another one whose sender is killed in the middle."""
    _prepare(stage)
    [(last,)] = stage.rows("SELECT max(id) FROM wa_message")
    with stage.odoo(workers=2):
        effort.wait_until_calm()
        count = effort.sent_messages
        answer = stage.inside("sending", count=count, profile=effort.profile)
        if answer["profile"]:
            say(answer["profile"])
        first = _texts_at_meta(stage)
        _control(stage, "DELETE", "/sim/calls")
        _kill_in_the_middle(stage)
        second = _texts_at_meta(stage)
        stage.wait_until_drained()
        lost = _forgotten(stage, last, {**first, **second})
    stage.clear_journal()
    twice = sum(times - 1 for texts in (first, second) for times in texts.values())
    return [
        at_least("send_rate", len(first) / answer["seconds"], "messages/s", 75),
        at_most("send_cpu", answer["cpu"] / count * 1000, "ms/message"),
        at_most("send_missing", count - len(first), "messages", 0),
        at_most("send_twice", twice, "messages", 0),
        at_most("send_lost_by_kill", lost, "messages", 0),
    ]


def _prepare(stage) -> None:
    """Connect the number, and make customers who may be written to."""
    _control(stage, "PUT", f"/sim/accounts/{stage.business.waba_uid}", stage.at_meta)
    for customer in range(stage.customers):
        _control(stage, "PUT", f"/sim/customers/{traffic.phone_of(customer)}", {})
    settings = {"latency_s": LATENCY_SECONDS, "window_mode": "off"}
    _control(stage, "POST", "/sim/settings", settings)
    _control(stage, "DELETE", "/sim/calls")
    stage.inside(
        "ingest", business=asdict(stage.business), groups=[list(range(stage.customers))], rounds=0
    )


def _kill_in_the_middle(stage) -> None:
    """End a sender without warning, and let another one go on when its leases have run out."""
    sender, _answer = stage.begin_inside("sending", count=_CRASH_MESSAGES)
    deadline = time.monotonic() + 120
    while sum(_texts_at_meta(stage).values()) < _CRASH_MESSAGES // 3:
        if time.monotonic() > deadline:
            raise RuntimeError("The sender did not begin.")
        time.sleep(0.05)
    sender.kill()
    sender.wait()
    time.sleep(1)  # what was under way arrives
    stage.change("UPDATE wa_message SET lease_until = now() WHERE state = 'sending'")
    stage.inside("sending", count=0)


def _texts_at_meta(stage) -> collections.Counter:
    """Count the texts that the simulated Meta accepted."""
    calls = _control(stage, "GET", "/sim/calls")["calls"]
    return collections.Counter(
        call["payload"]["text"]["body"] for call in calls if _is_sent_text(call)
    )


def _is_sent_text(call: dict) -> bool:
    return call.get("status") == 200 and "text" in (call["payload"] or {})


def _forgotten(stage, last: int, at_meta: dict) -> int:
    """Count our messages that never reached Meta though we believe so, or that are in limbo.

    :param last: newest ``wa.message`` from before
    """
    rows = stage.rows(
        "SELECT body, state FROM wa_message WHERE direction = 'outbound' AND id > %s", last
    )
    settled = ("sent", "delivered", "read")
    return sum(
        state in ("queued", "sending") or (state in settled and body not in at_meta)
        for body, state in rows
    )


def _control(stage, method: str, path: str, body: dict | None = None) -> dict:
    """Call the simulator's control API."""
    request = urllib.request.Request(
        stage.simulator.url + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method=method,
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        return json.loads(answer.read())
