"""News of the account, its numbers and templates.

Source: Meta Cloud API: webhooks of accounts, phone numbers and templates.
"""

from typing import Any

from .events import AccountEvent
from .lenient import identifier, mapping, moment, uid, wa_id
from .place import Place
from .text import clean_json


def account_event(value: dict[str, Any], change: Any, place: Place) -> AccountEvent:
    """Return the news as Meta tells it, with the number that it is about, if any."""
    number = wa_id(value.get("display_phone_number")) or wa_id(value.get("phone_number"))
    common = place.common(change)
    common["phone_number_uid"] = place.phone_number_uid or _phone_number_uid(value)
    return AccountEvent(
        value=clean_json(value),
        display_phone_number=number or place.business_number,
        occurred_at=moment(place.entry_time) or moment(value.get("timestamp")),
        **common,
    )


def _phone_number_uid(value: dict[str, Any]) -> str:
    if identifier(value.get("entity_type")) == "PHONE_NUMBER":
        return uid(value.get("entity_id"))
    return uid(mapping(value.get("phone_number_settings")).get("phone_number_id"))
