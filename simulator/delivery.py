"""One webhook POST: its bytes, its attempts, and the HTTP that carries it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from .clock import Clock, as_iso
from .payloads import Update
from .posting import Poster, PostFailed
from .world import World

MAX_AGE_SECONDS = 7 * 24 * 3600
# "Immediately, then with decreasing frequency" (Meta Cloud API: webhooks).
RETRY_SECONDS = (0.5, 5, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
CONCURRENCY = 32
USER_AGENT = "facebookexternalua"

Post = Callable[["Delivery"], Awaitable[bool]]


def retry_delay(failures: int) -> float:
    """Return the seconds to wait after the given number of failed attempts (1 or more)."""
    return RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1]


@dataclass(slots=True, eq=False)
class Delivery:
    """A webhook body on its way. The bytes never change; the route is looked up at each attempt."""

    uid: str
    account_uid: str
    number_uid: str
    lane: tuple | None
    updates: list[Update]
    body: bytes
    state: str = "new"
    attempts: list[dict] = field(default_factory=list)
    failures: int = 0
    age: float = 0.0

    def as_json(self) -> dict:
        return {
            "id": self.uid,
            "waba_uid": self.account_uid,
            "phone_number_uid": self.number_uid,
            "state": self.state,
            "attempts": self.attempts,
            "body": self.body.decode("utf-8", "replace"),
        }


def route(
    world: World, account_uid: str, number_uid: str, *, app_only: bool = False
) -> tuple[str, str]:
    """Return callback URL (empty: none) and app secret; phone goes before WABA before app.

    :param app_only: no override reaches it (Meta Cloud API: callback override, account fields)
    """
    account = world.accounts.get(account_uid)
    if account is None or not account.subscribed:
        return "", ""
    app = world.apps[account.app_uid]
    number = world.numbers.get(number_uid)
    own = (number.override_url if number else "") or account.override_url
    return ("" if app_only else own) or app.callback_url, app.secret


class Carrier:
    """Does the HTTP of webhooks with a limited number of connections."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        sign: Callable[[bytes, str], str],
        poster: Poster,
    ):
        self._world, self._clock, self._sign, self._poster = world, clock, sign, poster
        self.down = False
        self._slots = asyncio.Semaphore(CONCURRENCY)

    async def post(self, delivery: Delivery) -> bool:
        """Attempt ``delivery`` once and record it; True when the receiver answered 200."""
        about_account = not any(update.number for update in delivery.updates)
        url, secret = route(
            self._world, delivery.account_uid, delivery.number_uid, app_only=about_account
        )
        if not self._subscribed(delivery):
            delivery.state = "not_subscribed"
            return False
        if not url:
            delivery.state = "no_receiver"
            return False
        attempt = {"at": as_iso(self._clock.now()), "url": url}
        delivery.attempts.append(attempt)
        if self.down:
            attempt["error"] = "the receiver is cut off (POST /sim/webhooks/down)"
        else:
            signature = self._sign(delivery.body, secret)
            attempt |= await self.raw_post(url, delivery.body, signature)
        taken = attempt.get("status") == 200
        delivery.state = "delivered" if taken or delivery.state == "delivered" else "retrying"
        delivery.failures += not taken
        return taken

    def _subscribed(self, delivery: Delivery) -> bool:
        """Tell whether the app asked for these fields; one that named none gets all."""
        account = self._world.accounts.get(delivery.account_uid)
        fields = self._world.apps[account.app_uid].fields if account else []
        return not fields or any(update.field in fields for update in delivery.updates)

    async def raw_post(self, url: str, body: bytes, signature: str | None) -> dict:
        """POST ``body`` and return ``status`` and ``answer``, or ``error``, with ``seconds``."""
        headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
        if signature is not None:
            headers["X-Hub-Signature-256"] = signature
        loop = asyncio.get_running_loop()
        async with self._slots:
            started = loop.time()
            try:
                status, answer = await self._poster.post(url, body, headers)
            except PostFailed as error:
                outcome = {"error": str(error)}
            else:
                outcome = {"status": status, "answer": answer[:200].decode("utf-8", "replace")}
        return outcome | {"seconds": round(loop.time() - started, 4)}
