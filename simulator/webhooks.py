"""Meta's webhook sender: batches, keeps order per chat, follows the script, retries for 7 days."""

import asyncio
import json
from collections import deque
from collections.abc import Callable

from .delivery import MAX_AGE_SECONDS, Delivery, Post, retry_delay
from .payloads import Update, envelope
from .rules import NOTHING, Script, Then
from .settings import Settings

LOG_LENGTH = 5000
BATCH_SECONDS = 0.05
# An update that waits for its successor to overtake it goes out alone after this time.
REORDER_PATIENCE_SECONDS = 5.0


class WebhookSender:
    """Turns updates into signed POSTs.

    :param post: does one HTTP POST and records the attempt on the delivery
    :param escape: writes JSON with Meta's own escapes
    :param on_delivered: told about each update that the receiver took with 200
    """

    def __init__(
        self,
        settings: Settings,
        script: Script,
        post: Post,
        escape: Callable[[dict], bytes],
        on_delivered: Callable[[Update], None],
        new_uid: Callable[[], str],
    ):
        self._settings, self._script, self._post = settings, script, post
        self._escape, self._on_delivered, self._new_uid = escape, on_delivered, new_uid
        self.log: deque[Delivery] = deque(maxlen=LOG_LENGTH)
        self._held: list[tuple[Update, Then]] = []
        self._overtakable: list[tuple[Update, Then, bool]] = []
        self._batches: dict[str, list[tuple[Update, Then]]] = {}
        self._lanes: dict[tuple, asyncio.Lock] = {}
        self._retries: dict[Delivery, tuple[float, asyncio.TimerHandle]] = {}
        self._tasks: set[asyncio.Task] = set()

    def submit(self, update: Update, then: Then = NOTHING) -> asyncio.Task | None:
        """Send ``update`` as its rules say.

        :param then: what a rule on its origin (a status) demands; a rule on webhooks adds to it
        :return: the task of the first attempt, None when it is held, batched or late
        """
        if self._script.rules:
            text = json.dumps(update.item, ensure_ascii=False)
            own = self._script.take("webhook", update.number_uid, update.phone, text)
            if own.hold or then.hold:
                self._held.append((update, own if own.hold else then))
                return None
            if own.reorder or then.reorder:
                self._let_overtake(update, own if own.reorder else then, same=then.reorder)
                return None
            then = own if own is not NOTHING else then
        task = self._dispatch(update, then)
        self._release_overtaken(update)
        return task

    def _dispatch(self, update: Update, then: Then) -> asyncio.Task | None:
        if self._settings.batch_webhooks > 1:
            self._collect(update, then)
            return None
        return self._start([(update, then)])

    def _let_overtake(self, update: Update, then: Then, *, same: bool) -> None:
        waiting = (update, then, same)
        self._overtakable.append(waiting)
        loop = asyncio.get_running_loop()
        loop.call_later(REORDER_PATIENCE_SECONDS, self._stop_waiting, waiting)

    def _stop_waiting(self, waiting: tuple) -> None:
        if waiting in self._overtakable:
            self._overtakable.remove(waiting)
            self._dispatch(waiting[0], waiting[1])

    def _release_overtaken(self, newer: Update) -> None:
        for waiting in list(self._overtakable):
            older, _then, same = waiting
            if newer.same_subject(older) if same else newer.account_uid == older.account_uid:
                self._stop_waiting(waiting)

    def _collect(self, update: Update, then: Then) -> None:
        batch = self._batches.setdefault(update.account_uid, [])
        batch.append((update, then))
        if len(batch) >= self._settings.batch_webhooks:
            self._flush(update.account_uid)
        elif len(batch) == 1:
            loop = asyncio.get_running_loop()
            loop.call_later(BATCH_SECONDS, self._flush, update.account_uid)

    def _flush(self, account_uid: str) -> None:
        batch = self._batches.pop(account_uid, [])
        by_number: dict[str | None, list] = {}
        for update, then in batch:
            # A number with its own callback may not share a POST with its neighbours.
            # Neither may news of an account, which no override reaches.
            key = update.number and (update.number_uid if update.number.override_url else "")
            by_number.setdefault(key, []).append((update, then))
        for group in by_number.values():
            self._start(group)

    def _start(self, group: list[tuple[Update, Then]]) -> asyncio.Task:
        updates = [update for update, _then in group]
        delivery = Delivery(
            uid=self._new_uid(),
            account_uid=updates[0].account_uid,
            number_uid=updates[0].number_uid,
            lane=self._lane_of(updates),
            updates=updates,
            body=self._escape(envelope(updates)),
        )
        self.log.append(delivery)
        delay = max(then.delay_s for _update, then in group)
        copies = max(then.duplicate for _update, then in group)
        return self._spawn(self._first_attempts(delivery, delay, 1 + copies))

    def _lane_of(self, updates: list[Update]) -> tuple | None:
        if not self._settings.ordered_webhooks:
            return None
        if len(updates) == 1:
            return (updates[0].number_uid, updates[0].phone)
        return (updates[0].account_uid,)

    async def _first_attempts(self, delivery: Delivery, delay: float, times: int) -> None:
        if delay:
            await asyncio.sleep(delay)
        for _ in range(times):
            await self._attempt(delivery)

    async def _attempt(self, delivery: Delivery) -> None:
        if delivery.lane is None:
            return await self._attempt_now(delivery)
        lock = self._lanes.setdefault(delivery.lane, asyncio.Lock())
        async with lock:
            await self._attempt_now(delivery)

    async def _attempt_now(self, delivery: Delivery) -> None:
        taken = await self._post(delivery)
        if taken:
            self._cancel_retry(delivery)
            for update in delivery.updates:
                self._on_delivered(update)
        elif delivery.state == "retrying" and delivery not in self._retries:
            self._schedule_retry(delivery)

    def _schedule_retry(self, delivery: Delivery) -> None:
        delay = retry_delay(delivery.failures)
        delivery.age += delay
        if delivery.age > MAX_AGE_SECONDS:
            delivery.state = "lost"
            return
        self._arm(delivery, delay)

    def _arm(self, delivery: Delivery, delay: float) -> None:
        loop = asyncio.get_running_loop()
        handle = loop.call_later(delay, self._retry, delivery)
        self._retries[delivery] = (loop.time() + delay, handle)

    def _retry(self, delivery: Delivery) -> asyncio.Task:
        self._cancel_retry(delivery)
        return self._spawn(self._attempt(delivery))

    def _cancel_retry(self, delivery: Delivery) -> None:
        _due, handle = self._retries.pop(delivery, (0.0, None))
        if handle:
            handle.cancel()

    async def fast_forward(self, seconds: float) -> int:
        """Do every retry that is due within ``seconds`` now, wait for the answers, count them."""
        now = asyncio.get_running_loop().time()
        due = {delivery: at for delivery, (at, _handle) in self._retries.items()}
        started = []
        for delivery, at in due.items():
            if at - now <= seconds:
                started.append(self._retry(delivery))
            else:
                self._cancel_retry(delivery)
                self._arm(delivery, at - now - seconds)
        await asyncio.gather(*started)
        return len(started)

    def release_held(self) -> int:
        """Let the updates go that a ``hold`` rule keeps; return how many."""
        held, self._held = self._held, []
        for update, then in held:
            self._dispatch(update, then)
        return len(held)

    @property
    def held(self) -> int:
        return len(self._held)

    @property
    def waiting(self) -> int:
        return len(self._retries)

    def _spawn(self, work) -> asyncio.Task:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def forget_everything(self) -> None:
        """Drop everything under way and the log (reset, or the server stops)."""
        for delivery in list(self._retries):
            self._cancel_retry(delivery)
        for task in list(self._tasks):
            task.cancel()
        self._held.clear()
        self._overtakable.clear()
        self._batches.clear()
        self._lanes.clear()
        self.log.clear()
