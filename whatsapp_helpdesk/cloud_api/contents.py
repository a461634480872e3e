"""What is inside a message, one class per kind, for both directions.

`kinds.py` reads them from webhooks, `content_json.py` and `content_text.py` say how they are stored
and searched. Source: Meta Cloud API: messages webhook reference, messages reference.
"""

import dataclasses
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ApiNotice:
    """One error inside a webhook. ``code`` is 0 when Meta gave none."""

    code: int = 0
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Content of a text message, in WhatsApp's own markup."""

    body: str


@dataclass(frozen=True, slots=True)
class Media:
    """Content of a message with a file.

    :param kind: ``image`` and so on, Meta's word
    :param media_uid: asks Graph for the address of the file, for seven days
    :param sha256: of the file, base64
    :param url: address valid for five minutes, often absent
    :param voice: recorded in the chat, not an attached audio file
    """

    kind: str
    media_uid: str = ""
    mime_type: str = ""
    sha256: str = ""
    caption: str = ""
    filename: str = ""
    url: str = dataclasses.field(default="", repr=False)
    voice: bool = False
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """A position, in degrees. Only a chosen place has a name, an address or a link."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class CardPhone:
    """A number on a contact card; with ``wa_id`` (digits) it is known to be on WhatsApp."""

    number: str
    wa_id: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One person or company on a contact card; ``birthday`` is YYYY-MM-DD."""

    name: str
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[str, ...] = ()
    organisation: str = ""
    title: str = ""
    urls: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    birthday: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contact cards; ``requested`` when the customer answers a request for the phone number."""

    cards: tuple[ContactCard, ...]
    requested: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A tap on something that we sent.

    :param via: ``button``, ``list`` or ``template``
    :param reply_id: ours, but it comes from outside: not to be trusted
    :param title: the words that the customer saw
    """

    via: str
    reply_id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Answers to a flow or an address message.

    :param answers: (label, value) as readable text, in Meta's order
    """

    name: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CallPermission:
    """Whether the customer lets us call."""

    accepted: bool
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line of a cart; ``retailer_uid`` is the catalogue's id, for us the internal reference."""

    retailer_uid: str
    quantity: Decimal
    price: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A cart that the customer sent from the catalogue."""

    catalog_uid: str
    note: str
    items: tuple[OrderItem, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction to the message ``wamid``; without ``emoji`` the earlier one is taken back."""

    wamid: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """New content of the message ``wamid``."""

    wamid: str
    content: "Content"


@dataclass(frozen=True, slots=True)
class Revoke:
    """The message ``wamid`` was deleted for everybody."""

    wamid: str


@dataclass(frozen=True, slots=True)
class System:
    """News of the customer's account.

    :param change: ``number`` (new phone number), ``user_id`` (new BSUID, number not told),
        ``identity`` (new device or security code) or ``other``
    :param text: WhatsApp's own words
    """

    change: str
    text: str = ""
    new_wa_id: str = ""
    new_bsuid: str = ""
    previous_bsuid: str = ""
    new_parent_bsuid: str = ""
    previous_parent_bsuid: str = ""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A message that WhatsApp does not hand over, such as a poll (``what``)."""

    what: str = ""
    code: int = 0
    details: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Content that this version does not read; the event keeps it in ``raw``."""

    reason: str


Content = (
    Text
    | Media
    | Location
    | Contacts
    | Reply
    | Form
    | CallPermission
    | Order
    | Reaction
    | Edit
    | Revoke
    | System
    | Unsupported
    | Unknown
)
