"""What a webhook tells us, as immutable data. `parse.py` builds these, the models store them."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .text import clean_json


@dataclass(frozen=True, slots=True)
class Identity:
    """A WhatsApp user as far as Meta discloses it; what it does not disclose is ''.

    :param bsuid: business-scoped user id, ``ES.1349…``; changes when the user changes number
    :param parent_bsuid: the same for linked business portfolios, ``ES.ENT.…``
    :param wa_id: digits only; may differ from the phone number people dial (Brazil, Mexico)
    :param username: without the leading @
    :param profile_name: the name the user chose, untrusted text
    """

    bsuid: str = ""
    parent_bsuid: str = ""
    wa_id: str = ""
    username: str = ""
    profile_name: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a message answers (``wamid``) and whether it was forwarded (often: over five times)."""

    wamid: str = ""
    sender_wa_id: str = ""
    forwarded: bool = False
    frequently_forwarded: bool = False


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
class Unknown:
    """Content that this version does not read; the event keeps it in ``raw``."""

    reason: str


Content = Text | Media | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events share.

    :param account_uid: ``entry[].id``, the WhatsApp Business Account for message events
    :param field: ``changes[].field``
    :param phone_number_uid: the business number concerned, '' when the webhook names none
    :param path: where it stood in the body, ``entry[0].changes[1].value.messages[2]``
    :param raw: the decoded JSON that stood there, unchanged
    """

    account_uid: str = ""
    field: str = ""
    phone_number_uid: str = ""
    path: str = ""
    raw: Any = dataclasses.field(default=None, repr=False)

    @property
    def raw_json(self) -> str:
        """``raw`` as JSON text that PostgreSQL accepts in a text or JSON column."""
        return json.dumps(clean_json(self.raw), ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage(Event):
    """A message from a customer.

    :param sent_at: WhatsApp's time in UTC (aware), None when the webhook had no sensible one
    :param type: Meta's word, ``unknown`` when missing
    :param group_uid: '' for an ordinary chat
    """

    wamid: str
    sent_at: datetime | None = None
    type: str = "unknown"
    sender: Identity = Identity()
    context: Context = Context()
    content: Content
    notices: tuple[ApiNotice, ...] = ()
    group_uid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate(Event):
    """News of a message that we sent.

    :param status: Meta's word: sent, delivered, read, played, failed, or one it adds later
    :param callback_data: what we put into ``biz_opaque_callback_data`` when sending
    :param pricing: scalar values of Meta's ``pricing`` object, {} when absent
    """

    wamid: str
    status: str
    occurred_at: datetime | None = None
    recipient: Identity = Identity()
    callback_data: str = ""
    notices: tuple[ApiNotice, ...] = ()
    pricing: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport(Event):
    """A problem of the number, account or app that belongs to no message."""

    notices: tuple[ApiNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnhandledEvent(Event):
    """Anything else: kept and counted, never an error."""

    reason: str
