"""The life of a business message on the customer's phone: sent, delivered, read or failed."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timezone

from .amendments import amend
from .clock import Clock
from .graph_errors import notice
from .payloads import Update, contact_of, conversation_of, pricing_of, status_item
from .rules import NOTHING, Script, Then
from .settings import Settings
from .webhooks import WebhookSender
from .world import Chat, Customer, Message, World


class StatusPlayer:
    """Plays statuses in WhatsApp's order; each is its own webhook.

    :param on_change: told about each message whose state on the phone changed
    """

    def __init__(
        self,
        world: World,
        clock: Clock,
        settings: Settings,
        script: Script,
        sender: WebhookSender,
        on_change: Callable[[Message], None],
    ):
        self._world, self._clock, self._settings = world, clock, settings
        self._script, self._sender, self._on_change = script, sender, on_change
        self._tasks: set[asyncio.Task] = set()

    def begin(self, message: Message, failure: dict | None, *, silent: bool) -> asyncio.Task:
        """Start the life of an accepted message.

        :param failure: an element of ``errors[]`` when it must fail
        :param silent: the phone shows it, but no webhook tells
        """
        task = asyncio.get_running_loop().create_task(self._live(message, failure, silent))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def begin_before_response(self, message: Message, failure: dict | None) -> None:
        """Let the first status reach the business before its own call is answered."""
        status = "failed" if failure else "sent"
        task = self._emit(message, status, failure=failure)
        if task:
            await asyncio.shield(task)
        if not failure:
            self.begin(message, None, silent=False)

    async def _live(self, message: Message, failure: dict | None, silent: bool) -> None:
        delays = self._settings.status_delays
        if message.status == "accepted":
            await asyncio.sleep(delays.sent)
            self._emit(message, "failed" if failure else "sent", failure=failure, silent=silent)
        if failure:
            return
        if message.type == "reaction":
            self._show_reaction(message)
            return
        await asyncio.sleep(delays.delivered)
        self.deliver(message, silent=silent)

    def _show_reaction(self, message: Message) -> None:
        """A reaction appears on its message and never gets another status than ``sent``."""
        target = amend(self._world, message)
        if target:
            self._on_change(target)

    def deliver(self, message: Message, *, silent: bool = False) -> None:
        """Put ``message`` on the phone, unless that is offline; an open chat reads it at once."""
        customer = self._world.customers.get(message.phone)
        if customer is None or customer.offline or message.status != "sent":
            return
        if 0 < message.lost_at < self._clock.now():
            return
        self._emit(message, "delivered", silent=silent)
        chat = self._world.chat(message.number_uid, message.phone)
        if chat.open or self._settings.auto_read:
            self._emit(message, "read", silent=silent)

    def catch_up(self, customer: Customer) -> None:
        """Deliver what waited while the phone was offline."""
        for chat in list(self._world.chats.values()):
            if chat.phone == customer.phone:
                for message in chat.messages:
                    if message.direction == "outbound":
                        self.deliver(message)

    def read(self, chat: Chat) -> int:
        """The customer looks at the chat: everything delivered becomes read; count it."""
        unread = [m for m in chat.messages if m.direction == "outbound" and m.status == "delivered"]
        for message in unread:
            self._emit(message, "read")
        return len(unread)

    def play(self, message: Message) -> None:
        """The customer listens to a voice message of the business for the first time."""
        if message.status == "delivered":
            self._emit(message, "read")
        if message.status == "read":
            self._emit(message, "played")

    def _emit(
        self, message: Message, status: str, *, failure: dict | None = None, silent: bool = False
    ) -> asyncio.Task | None:
        message.raise_status(status)
        message.events.append([status, self._clock.now()])
        if failure:
            message.error = f"{failure['code']} {failure['title']}"
        self._on_change(message)
        if silent:
            return None
        update = self._update(message, status, failure)
        then = self._script.take("status", message.number_uid, message.phone, f'"{status}"')
        if then.no_statuses:
            return None
        if then.async_failed and status != "failed":
            return self._emit(message, "failed", failure=failure_of(then))
        return self._sender.submit(update, then)

    def _update(self, message: Message, status: str, failure: dict | None) -> Update:
        account = self._world.account_of_number(message.number_uid)
        customer = self._world.customers.get(message.phone)
        now = self._clock.now()
        item = status_item(message, customer, account.portfolio_uid, status, now)
        contact = None
        if failure:
            item["errors"] = [failure]
        elif customer:
            if message.type != "reaction" and self._from_ad(message):
                chat = self._world.chat(message.number_uid, message.phone)
                item["conversation"] = conversation_of(chat, status)
            self._price(message, status, item)
            contact = contact_of(customer, account.portfolio_uid, with_username=status != "sent")
        number = self._world.numbers[message.number_uid]
        return Update(account.uid, number, message.phone, "statuses", item, contact)

    def _from_ad(self, message: Message) -> bool:
        chat = self._world.chat(message.number_uid, message.phone)
        until = chat.free_entry_until()
        return until is not None and chat.entered_at <= message.at < until

    def _price(self, message: Message, status: str, item: dict) -> None:
        late = self._settings.pricing_on == "delivered" and status == "sent"
        if message.priced or message.type == "reaction" or late:
            return
        message.priced = True
        month = datetime.fromtimestamp(message.at, timezone.utc).strftime("%Y-%m")
        key = f"{message.number_uid} {month}"
        counts = self._world.delivered_services
        from_ad = self._from_ad(message)
        counts[key] = counts.get(key, 0) + (message.type != "template" and not from_ad)
        within = counts[key] <= self._settings.free_service_messages
        item["pricing"] = pricing_of(message, from_ad=from_ad, within_free_tier=within)

    def forget_everything(self) -> None:
        for task in list(self._tasks):
            task.cancel()


def failure_of(then: Then) -> dict | None:
    """Return the element of ``errors[]`` that a rule asks for."""
    if then is NOTHING or not then.async_failed:
        return None
    asked = then.async_failed
    return notice(asked["code"], asked.get("title", ""), asked.get("details", ""))
