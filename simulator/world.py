"""Who exists in the simulated WhatsApp and what was written: plain data, no network, no clock."""

import re
from dataclasses import dataclass, field

from .ids import business_scoped_id, same_line
from .templates.model import Template

WINDOW_SECONDS = 24 * 3600
# Meta names 72 hours, newer pages up to seven days (Meta Cloud API: free entry points).
FREE_ENTRY_SECONDS = 72 * 3600
TYPING_SECONDS = 25
UPLOADED_MEDIA_SECONDS = 30 * 24 * 3600
INBOUND_MEDIA_SECONDS = 7 * 24 * 3600

STATUS_ORDER = ("accepted", "sent", "delivered", "read", "played")
# Meta does not say whether these open the customer service window; none is treated as a message.
SILENT_TYPES = frozenset({"reaction", "system", "unsupported", "edit", "revoke"})
# They change another message and are no bubble of their own.
AMENDING_TYPES = frozenset({"reaction", "edit", "revoke"})
SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")


def digits_of(phone: str) -> str:
    """Return only the digits of a phone number as people write it."""
    return re.sub(r"\D", "", phone)


@dataclass(slots=True)
class App:
    """A Meta app: the secret that signs webhooks and the default callback."""

    uid: str
    secret: str = ""
    callback_url: str = ""
    verify_token: str = ""
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """A WhatsApp Business Account (WABA). A token that never expires has the time 0.

    ``catalog`` is the connected catalogue: ``id``, ``name``, ``products`` (empty: none).
    """

    uid: str
    app_uid: str = ""
    access_token: str = ""
    portfolio_uid: str = "portfolio"
    name: str = ""
    subscribed: bool = False
    override_url: str = ""
    override_token: str = ""
    token_expires_at: float = 0.0
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    catalog: dict = field(default_factory=dict)


@dataclass(slots=True)
class Number:
    """A business phone number.

    ``is_on_biz_app`` means that people also answer from the phone app; ``blocked`` holds phones,
    ``allowed_recipients`` those that a test number may write to (empty: everybody), ``synced`` the
    kinds of data that were fetched from the app and ``phone_app`` what waits there to be fetched.
    """

    uid: str
    account_uid: str
    display_phone_number: str = ""
    verified_name: str = ""
    override_url: str = ""
    override_token: str = ""
    quality_rating: str = "GREEN"
    status: str = "CONNECTED"
    name_status: str = "APPROVED"
    throughput_level: str = "STANDARD"
    messaging_limit: str = "TIER_2K"
    is_on_biz_app: bool = False
    onboarded_at: float = 0.0
    health: dict = field(default_factory=dict)
    profile: dict = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)
    allowed_recipients: list[str] = field(default_factory=list)
    synced: list[str] = field(default_factory=list)
    phone_app: dict = field(default_factory=dict)
    commerce: dict = field(default_factory=dict)

    @property
    def digits(self) -> str:
        return digits_of(self.display_phone_number)


@dataclass(slots=True)
class Customer:
    """A person with a phone; ``marketing_stopped`` holds the numbers whose offers are unwanted."""

    phone: str
    wa_id: str
    name: str = ""
    username: str = ""
    phone_hidden: bool = False
    country: str = "US"
    language: str = "en"
    offline: bool = False
    marketing_stopped: list[str] = field(default_factory=list)

    def bsuid(self, portfolio_uid: str) -> str:
        """Return the id by which businesses of ``portfolio_uid`` know this person."""
        return business_scoped_id(portfolio_uid, self.phone, self.country)


@dataclass(slots=True)
class Media:
    """A stored file; ``uploaded`` by the business or received from a customer."""

    uid: str
    number_uid: str
    mime_type: str
    content: bytes
    created_at: float
    uploaded: bool
    filename: str = ""

    def expired(self, now: float) -> bool:
        lifetime = UPLOADED_MEDIA_SECONDS if self.uploaded else INBOUND_MEDIA_SECONDS
        return now > self.created_at + lifetime


@dataclass(slots=True)
class ResumableUpload:
    """A file that an app uploads in its own time; ``handle`` names it once it is complete."""

    filename: str
    mime_type: str
    length: int
    content: bytes = b""
    handle: str = ""


@dataclass(slots=True)
class Message:
    """One bubble. ``direction`` is the business's view; times are WhatsApp's seconds.

    ``reactions`` holds an emoji by direction, ``events`` the statuses with their times, ``origin``
    is ``app`` for what the business wrote in its phone app, ``shown`` a template filled in,
    ``tapped`` the addresses, numbers and codes that were opened by buttons, ``lost_at`` when a
    message that is not delivered yet never will be, ``held`` whether it waits for a check of its
    template.
    """

    wamid: str
    number_uid: str
    phone: str
    direction: str
    type: str
    payload: dict
    at: float
    status: str = "accepted"
    quoted_wamid: str = ""
    callback_data: str = ""
    media_uid: str = ""
    addressed_by: str = "phone"
    priced: bool = False
    error: str = ""
    origin: str = ""
    edited: bool = False
    revoked: bool = False
    reactions: dict[str, str] = field(default_factory=dict)
    events: list[list] = field(default_factory=list)
    shown: dict = field(default_factory=dict)
    tapped: list[str] = field(default_factory=list)
    lost_at: float = 0.0
    held: bool = False

    def raise_status(self, status: str) -> None:
        """Move forward only, so that a late ``delivered`` does not undo ``read``."""
        if status == "failed" or self.status == "failed":
            self.status = "failed"
        elif STATUS_ORDER.index(status) > STATUS_ORDER.index(self.status):
            self.status = status


@dataclass(slots=True)
class Chat:
    """What one phone shows about one business number.

    ``owner`` is the role that answers in our place (conversation routing), ``referred_at`` when an
    advertisement brought the customer, ``entered_at`` when the business answered that.
    """

    number_uid: str
    phone: str
    messages: list[Message] = field(default_factory=list)
    last_inbound_at: float | None = None
    typing_until: float = 0.0
    open: bool = False
    owner: str = ""
    referred_at: float | None = None
    entered_at: float | None = None

    def window_expires_at(self) -> float | None:
        if self.last_inbound_at is None:
            return None
        return self.last_inbound_at + WINDOW_SECONDS

    def window_open(self, now: float) -> bool:
        expires = self.window_expires_at()
        return expires is not None and now < expires

    def add(self, message: Message) -> None:
        """Append ``message``; one that a customer wrote opens the window."""
        if message.type not in AMENDING_TYPES:
            self.messages.append(message)
        if message.direction == "inbound" and message.type not in SILENT_TYPES:
            self.last_inbound_at = max(message.at, self.last_inbound_at or 0.0)
            if "referral" in message.payload:
                self.referred_at, self.entered_at = message.at, None
        if message.direction == "outbound":
            self.typing_until = 0.0
            self._enter(message)

    def _enter(self, message: Message) -> None:
        """Open the free entry point: an answer within 24 hours (Meta Cloud API: pricing)."""
        waiting = self.referred_at is not None and self.entered_at is None
        if waiting and not message.origin and message.at < self.referred_at + WINDOW_SECONDS:
            self.entered_at = message.at

    def free_entry_until(self) -> float | None:
        """Return until when everything is free because an advertisement brought the customer."""
        return None if self.entered_at is None else self.entered_at + FREE_ENTRY_SECONDS


class World:
    """Everything that exists, with the look-ups that Graph and the phones need."""

    def __init__(self):
        self.apps: dict[str, App] = {}
        self.accounts: dict[str, Account] = {}
        self.numbers: dict[str, Number] = {}
        self.customers: dict[str, Customer] = {}
        self.media: dict[str, Media] = {}
        self.chats: dict[tuple[str, str], Chat] = {}
        self.messages: dict[str, Message] = {}
        self.delivered_services: dict[str, int] = {}
        self.templates: dict[str, Template] = {}

    def account_of_token(self, token: str) -> list[Account]:
        """Return the accounts that ``token`` may act for."""
        return [a for a in self.accounts.values() if token and a.access_token == token]

    def account_of_number(self, number_uid: str) -> Account:
        return self.accounts[self.numbers[number_uid].account_uid]

    def numbers_of(self, account_uid: str) -> list[Number]:
        return [n for n in self.numbers.values() if n.account_uid == account_uid]

    def templates_of(self, account_uid: str) -> list[Template]:
        return [t for t in self.templates.values() if t.account_uid == account_uid]

    def template(self, account_uid: str, name: str, language: str) -> Template | None:
        """Return the template with this name in exactly this language."""
        own = self.templates_of(account_uid)
        return next((t for t in own if (t.name, t.language) == (name, language)), None)

    def chat(self, number_uid: str, phone: str) -> Chat:
        """Return the chat, made empty on first use."""
        key = (number_uid, phone)
        if key not in self.chats:
            self.chats[key] = Chat(number_uid, phone)
        return self.chats[key]

    def customer_by_phone(self, phone: str) -> Customer | None:
        """Find a person by phone digits or by the WhatsApp id that differs from them."""
        if phone in self.customers:
            return self.customers[phone]
        line = same_line(phone)
        people = self.customers.values()
        return next((c for c in people if c.wa_id == phone or same_line(c.phone) == line), None)

    def customer_by_bsuid(self, bsuid: str, portfolio_uid: str) -> Customer | None:
        matches = (c for c in self.customers.values() if c.bsuid(portfolio_uid) == bsuid)
        return next(matches, None)

    def move_customer(self, customer: Customer, phone: str) -> None:
        """Give a person another phone number; the chats stay with the person."""
        del self.customers[customer.phone]
        for key in [key for key in self.chats if key[1] == customer.phone]:
            chat = self.chats.pop(key)
            chat.phone = phone
            self.chats[(chat.number_uid, phone)] = chat
        for message in self.messages.values():
            if message.phone == customer.phone:
                message.phone = phone
        customer.phone = customer.wa_id = phone
        self.customers[phone] = customer

    def add_message(self, message: Message) -> None:
        self.messages[message.wamid] = message
        self.chat(message.number_uid, message.phone).add(message)
