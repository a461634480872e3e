"""How soon an agent's browser hears of a message, on a quiet system."""

import json
import time
import urllib.request
from http.cookiejar import CookieJar

import generator
import traffic
import websocket
from results import Measure, at_most, percentile

_EVERY_SECONDS = 0.4
_PATIENCE_SECONDS = 10
LOGIN = "omar"


def run(stage, effort) -> list[Measure]:
    """Post one webhook after the other and wait for its event on the agent's websocket."""
    posts = traffic.inbound_posts(stage.business, [0, *[1] * effort.visible_messages])
    lags = []
    with stage.odoo(workers=0) as server:
        effort.wait_until_calm()
        browser = _browser(server.url)
        try:
            for wamid, request in posts:
                started = time.monotonic()
                assert generator.post(stage.port, request) == 200, "the webhook was refused"
                _wait_for(browser, stage, wamid)
                lags.append((time.monotonic() - started) * 1000)
                time.sleep(_EVERY_SECONDS)
        finally:
            browser.close()
    stage.clear_journal()
    ordinary = lags[2:]  # the first ones made contact and conversation, and filled the caches
    return [
        at_most("visible_p50", percentile(ordinary, 50), "ms", 60),
        at_most("visible_p95", percentile(ordinary, 95), "ms", 250),
    ]


def _browser(url: str) -> websocket.WebSocket:
    """Return the websocket of a logged-in agent, as the web client opens it."""
    cookies = CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(cookies)
    )
    params = {"db": "wh_bench", "login": LOGIN, "password": LOGIN}
    login = urllib.request.Request(
        f"{url}/web/session/authenticate",
        json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
        {"Content-Type": "application/json"},
    )
    opener.open(login, timeout=60).read()
    [session] = [cookie.value for cookie in cookies if cookie.name == "session_id"]
    browser = websocket.create_connection(
        f"{url.replace('http', 'ws', 1)}/websocket",
        cookie=f"session_id={session}",
        origin=url,
        timeout=_PATIENCE_SECONDS,
    )
    subscription = {"event_name": "subscribe", "data": {"channels": [], "last": 0}}
    browser.send(json.dumps(subscription))
    time.sleep(1)  # the server answers a subscription with nothing
    return browser


def _wait_for(browser: websocket.WebSocket, stage, wamid: str) -> None:
    """Read events until one tells of the customer's message.

    The team hears of the conversation; its unanswered messages grow with each one.
    """
    while True:
        for notification in json.loads(browser.recv()):
            if notification["message"]["type"] == "whatsapp_helpdesk/incoming":
                return
