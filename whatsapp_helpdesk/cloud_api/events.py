"""What a webhook tells us, as immutable data. `parse.py` builds these, the models store them."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .contents import ApiNotice, Content, Media, Text, Unknown
from .text import clean_json

__all__ = [
    "ApiNotice",
    "Content",
    "Media",
    "Text",
    "Unknown",
]


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
class Referral:
    """The ad or post that a customer came from, on the first message after the click.

    :param ctwa_clid: Meta's id of the click, '' for ads in a WhatsApp status
    """

    source_url: str = ""
    source_uid: str = ""
    source_type: str = ""
    headline: str = ""
    body: str = ""
    media_type: str = ""
    image_url: str = ""
    ctwa_clid: str = ""


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
    referral: Referral | None = None
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoedMessage(Event):
    """A message that the business sent past this program: from the phone app or another partner.

    :param recipient: the customer
    :param standby: a copy for those who do not own the thread, not the phone app's echo
    """

    wamid: str
    sent_at: datetime | None = None
    type: str = "unknown"
    recipient: Identity = Identity()
    context: Context = Context()
    content: Content
    notices: tuple[ApiNotice, ...] = ()
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricMessage(Event):
    """A message from before the number was connected, of the app's history.

    :param customer: whom the business chatted with
    :param from_business: whether the business wrote it
    :param status: Meta's word for its fate: DELIVERED, ERROR, PENDING, PLAYED, READ, SENT
    :param phase: 0 the last day, 1 up to 90 days, 2 up to 180 days
    :param chunk_order: of the chunk within the phase; chunks arrive in any order
    :param progress: percent of the whole that had been handed over with this chunk
    """

    wamid: str
    sent_at: datetime | None = None
    type: str = "unknown"
    customer: Identity = Identity()
    from_business: bool = False
    context: Context = Context()
    content: Content
    status: str = ""
    phase: int = 0
    chunk_order: int = 0
    progress: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContact(Event):
    """A contact of the phone app's address book that was added, changed or removed."""

    action: str
    customer: Identity = Identity()
    full_name: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUpdate(Event):
    """News of a call.

    :param call_uid: ``wacid.…``
    :param happened: ``connect`` (it rings) or ``terminate``, or the word of a status in lower case
    :param from_customer: whether the customer called
    :param answered: only known when it ended
    :param seconds: how long they talked, 0 if they did not
    """

    call_uid: str
    happened: str
    occurred_at: datetime | None = None
    from_customer: bool = True
    customer: Identity = Identity()
    answered: bool = False
    seconds: int = 0
    notices: tuple[ApiNotice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Event):
    """A thread passed from one responder to another.

    :param kind: ``control_passed`` or ``control_taken``
    :param previous_role: of Meta's roles, such as ``ai_agent`` or ``customer_service``
    """

    kind: str
    customer: Identity = Identity()
    previous_role: str = ""
    new_role: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Event):
    """A customer stopped or resumed marketing messages.

    :param category: ``marketing_messages``
    :param value: ``stop``, ``resume`` or ``signup``
    """

    customer: Identity = Identity()
    category: str = ""
    value: str = ""
    detail: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEvent(Event):
    """News of the account, a number or a template: the field says which, ``value`` is Meta's.

    :param value: the decoded ``changes[].value``, scalars and all
    :param display_phone_number: digits of the number concerned, '' when the account is
    :param occurred_at: ``entry[].time``
    """

    value: dict[str, Any]
    display_phone_number: str = ""
    occurred_at: datetime | None = None


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
