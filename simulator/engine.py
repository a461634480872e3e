"""Puts the rooms together: one simulated WhatsApp with its clock, script, senders and logs."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from random import Random

import httpx
from cloud_api.signature import escape_like_meta, sign

from .amendments import amend
from .clock import Clock, as_iso
from .delivery import Carrier
from .hub import Hub
from .ids import CUSTOMER_MARK, IdFactory
from .media_urls import download_url
from .payloads import Update, contact_of, inbound_item
from .posting import Poster
from .rates import Rates
from .rules import Script
from .settings import Settings
from .statuses import StatusPlayer
from .templates.life import TemplateLife
from .views import message_view
from .webhooks import WebhookSender
from .world import (
    AMENDING_TYPES,
    Chat,
    Customer,
    Media,
    Message,
    Number,
    ResumableUpload,
    World,
)

CALLS_KEPT = 5000
TIMEOUT_SECONDS = 20.0


class Simulator:
    """The whole simulated WhatsApp; routes are thin skins over it.

    :param real_now: seconds since 1970
    :param chance: source of ids
    """

    def __init__(self, real_now: Callable[[], float] = time.time, chance: Random | None = None):
        self.clock = Clock(real_now)
        self.ids = IdFactory(chance or Random())
        self.hub = Hub()
        self.on_save: Callable[[], None] = lambda: None
        # Kept over a reset: making one loads certificates, which takes longer than a whole test.
        self.http = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False)
        self.poster = Poster(TIMEOUT_SECONDS)
        self._background: set[asyncio.Task] = set()
        self._make_world(World())

    def _make_world(self, world: World) -> None:
        self.world, self.script, self.settings = world, Script(), Settings()
        self.calls: deque[dict] = deque(maxlen=CALLS_KEPT)
        self.links: dict[str, tuple[float, bytes, str]] = {}
        self.uploads: dict[str, ResumableUpload] = {}
        self.rates = Rates(self.clock)
        self.carrier = Carrier(self.world, self.clock, sign, self.poster)
        self.sender = WebhookSender(
            self.settings,
            self.script,
            self.carrier.post,
            escape_like_meta,
            self._update_delivered,
            self.ids.token,
        )
        self.statuses = StatusPlayer(
            self.world, self.clock, self.settings, self.script, self.sender, self.changed
        )
        self.templates = TemplateLife(
            self.world, self.clock, self.settings, self.tell_account, self.templates_changed
        )

    def reset(self, world: World | None = None) -> None:
        """Forget everything, or start from ``world``."""
        self._stop()
        self.clock.offset_seconds = 0.0
        self._make_world(world or World())
        self.hub.publish("reload")
        self.on_save()

    def _stop(self) -> None:
        for task in list(self._background):
            task.cancel()
        self.templates.stop()
        self.statuses.forget_everything()
        self.sender.forget_everything()

    async def close(self) -> None:
        """End what is under way, before the server stops."""
        self.hub.close()
        self._stop()
        self.poster.close()
        await self.http.aclose()

    def changed(self, message: Message) -> None:
        """Tell the pages and the storage about a new or changed message.

        Pages show what a reaction, an edit or a deletion does to another message, not itself.
        """
        if message.type not in AMENDING_TYPES:
            self.hub.publish(
                "message",
                phone_number_uid=message.number_uid,
                phone=message.phone,
                message=message_view(message, self.world),
            )
        self.on_save()

    def chat_changed(self, chat: Chat) -> None:
        """Tell the pages about typing, an opened chat or a moved window."""
        now = self.clock.now()
        self.hub.publish(
            "chat",
            phone_number_uid=chat.number_uid,
            phone=chat.phone,
            typing_seconds=max(0.0, chat.typing_until - now),
            open=chat.open,
            window_expires_at=as_iso(chat.window_expires_at()),
        )
        self.on_save()

    def directory_changed(self) -> None:
        """Tell the pages to read accounts, customers, settings and clock again."""
        self.hub.publish("directory")
        self.on_save()

    def templates_changed(self) -> None:
        """Tell the pages to read the templates again."""
        self.hub.publish("templates")
        self.on_save()

    def write_from_phone(self, customer: Customer, message: Message, *, shown: bool = True) -> None:
        """A customer sends ``message``: it appears on the phone and leaves as a webhook.

        A wamid that exists already is only sent again, as Meta does with duplicates. A number
        that blocked the customer learns nothing.
        """
        if shown:
            self.show(message)
        account = self.world.account_of_number(message.number_uid)
        portfolio = account.portfolio_uid
        contact = None if message.type == "system" else contact_of(customer, portfolio)
        item = inbound_item(message, customer, portfolio)
        number = self.world.numbers[message.number_uid]
        if customer.phone in number.blocked:
            return
        self.rates.count(number)
        owner = self.world.chat(number.uid, customer.phone).owner
        self.tell(number, customer.phone, "messages", item, contact, "standby" if owner else "")

    def show(self, message: Message) -> None:
        """Put ``message`` on the phone, or do to another message what it says."""
        if message.wamid in self.world.messages:
            return
        self.world.add_message(message)
        if message.type in AMENDING_TYPES:
            target = amend(self.world, message)
            if target:
                self.changed(target)
            return
        self.changed(message)
        self.chat_changed(self.world.chat(message.number_uid, message.phone))

    def tell(
        self,
        number: Number,
        phone: str,
        list_name: str,
        item: dict,
        contact: dict | None = None,
        field: str = "",
    ) -> None:
        """Send news of ``number`` to the business.

        :param phone: of the chat it belongs to, because news of one chat keep their order
        :param list_name: the list of the webhook's value it belongs to; empty: it is the value
        :param field: of the webhook, ``messages`` when empty
        """
        update = Update(
            number.account_uid, number, phone, list_name, item, contact, field or "messages"
        )
        self.sender.submit(update)

    def tell_account(self, account_uid: str, field: str, value: dict) -> None:
        """Send news of a whole account, which has no number."""
        update = Update(account_uid, None, "", "", value, field=field, at=self.clock.now())
        self.sender.submit(update)

    def new_wamid(self, customer: Customer, portfolio_uid: str, mark: int = CUSTOMER_MARK) -> str:
        """Return a message id in a chat of ``customer``; ``mark`` says who wrote it."""
        user = customer.bsuid(portfolio_uid) if customer.phone_hidden else customer.wa_id
        return self.ids.wamid(user, mark)

    def store_media(
        self, number_uid: str, content: bytes, mime_type: str, *, uploaded: bool, filename: str = ""
    ) -> Media:
        """Keep a file and return it with its new id."""
        media = Media(
            uid=self.ids.number(),
            number_uid=number_uid,
            mime_type=mime_type,
            content=content,
            created_at=self.clock.now(),
            uploaded=uploaded,
            filename=filename,
        )
        self.world.media[media.uid] = media
        self.on_save()
        return media

    def download_url(self, base_url, media: Media) -> str:
        """Return the address of ``media`` that a webhook may carry."""
        return download_url(base_url, media, self.clock.now())

    def business_read(self, message: Message) -> None:
        """The business marks ``message`` and everything before it in that chat as read."""
        chat = self.world.chat(message.number_uid, message.phone)
        for earlier in chat.messages:
            is_before = earlier.at <= message.at or earlier is message
            if earlier.direction == "inbound" and is_before and earlier.status != "read":
                earlier.raise_status("read")
                self.changed(earlier)

    def keep(self, work: Coroutine) -> None:
        """Run ``work`` in the background and hold on to it until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _update_delivered(self, update: Update) -> None:
        message = self.world.messages.get(update.item.get("id", ""))
        if message and update.list_name == "messages" and message.status == "accepted":
            message.raise_status("delivered")
            self.changed(message)
