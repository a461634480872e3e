"""The JSON of webhooks: contacts, inbound messages, statuses, pricing and the envelope."""

from dataclasses import dataclass
from hashlib import sha256

from .world import Chat, Customer, Message, Number


@dataclass(slots=True)
class Update:
    """One piece of news on its way to the business.

    :param number: None for news of a whole account
    :param list_name: the list of the value that ``item`` belongs to; empty: ``item`` is the value
    """

    account_uid: str
    number: Number | None
    phone: str
    list_name: str
    item: dict
    contact: dict | None = None
    field: str = "messages"
    at: float = 0.0

    @property
    def number_uid(self) -> str:
        return self.number.uid if self.number else ""

    def same_subject(self, other: "Update") -> bool:
        return self.item.get("id") == other.item.get("id")


def contact_of(customer: Customer, portfolio_uid: str, *, with_username: bool = True) -> dict:
    """Return an element of ``contacts[]``; ``wa_id`` is absent, not empty, for hidden phones."""
    profile = {"name": customer.name}
    if customer.username and with_username:
        profile["username"] = customer.username
    contact = {"profile": profile}
    if not customer.phone_hidden:
        contact["wa_id"] = customer.wa_id
    contact["user_id"] = customer.bsuid(portfolio_uid)
    return contact


def inbound_item(message: Message, customer: Customer, portfolio_uid: str) -> dict:
    """Return an element of ``messages[]`` for what a customer wrote."""
    item = {} if customer.phone_hidden else {"from": customer.wa_id}
    item["from_user_id"] = customer.bsuid(portfolio_uid)
    item["id"] = message.wamid
    item["timestamp"] = str(int(message.at))
    return item | message.payload


def status_item(
    message: Message, customer: Customer | None, portfolio_uid: str, status: str, at: float
) -> dict:
    """Return an element of ``statuses[]`` without pricing and errors.

    A failed message that was addressed by phone has no ``recipient_user_id``
    (Meta Cloud API: message status webhooks).
    """
    item = {"id": message.wamid, "status": status, "timestamp": str(int(at))}
    if customer is None or not customer.phone_hidden:
        item["recipient_id"] = customer.wa_id if customer else message.phone
    if customer and (status != "failed" or message.addressed_by == "bsuid"):
        item["recipient_user_id"] = customer.bsuid(portfolio_uid)
    if message.callback_data:
        item["biz_opaque_callback_data"] = message.callback_data
    return item


def pricing_of(message: Message, *, from_ad: bool, within_free_tier: bool) -> dict:
    """Return ``pricing`` by the rules since 1 October 2026 (Meta Cloud API: pricing)."""
    if from_ad:
        kind, category = "free_entry_point", "referral_conversion"
    elif message.type == "template":
        kind, category = "regular", message.shown.get("category", "UTILITY").lower()
    else:
        kind, category = ("free_customer_service" if within_free_tier else "regular"), "service"
    return {
        "billable": kind == "regular",
        "pricing_model": "PMP",
        "type": kind,
        "category": category,
    }


def conversation_of(chat: Chat, status: str) -> dict:
    """Return ``conversation`` of a free entry point; the time of its end is told with ``sent``."""
    uid = sha256(f"{chat.number_uid} {chat.phone} {chat.entered_at}".encode()).hexdigest()[:32]
    found = {"id": uid}
    if status == "sent":
        found["expiration_timestamp"] = str(int(chat.free_entry_until()))
    return found | {"origin": {"type": "referral_conversion"}}


def envelope(updates: list[Update]) -> dict:
    """Put updates into one webhook body: an entry per account, a change per number and list."""
    values: dict[tuple, dict] = {}
    entries: dict[str, dict] = {}
    for update in updates:
        entry = entries.setdefault(update.account_uid, {"id": update.account_uid, "changes": []})
        if update.number is None:
            entry["time"] = int(update.at)
        key = (update.account_uid, update.number_uid, update.field, update.list_name)
        if not update.list_name or key not in values:
            values[key] = _empty_value(update.number)
            entry["changes"].append({"value": values[key], "field": update.field})
        _add(values[key], update)
    return {"object": "whatsapp_business_account", "entry": list(entries.values())}


def _empty_value(number: Number | None) -> dict:
    if number is None:
        return {}
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.uid},
    }


def _add(value: dict, update: Update) -> None:
    if not update.list_name:
        value.update(update.item)
        return
    if update.field == "standby":
        value = value.setdefault("standby", {})
    if update.contact:
        contacts = value.setdefault("contacts", [])
        if update.contact not in contacts:
            contacts.append(update.contact)
    value.setdefault(update.list_name, []).append(update.item)
