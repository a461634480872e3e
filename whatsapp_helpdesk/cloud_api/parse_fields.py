"""One row per webhook field: who reads it, or why it has no effect here.

To add a field: write a reader of its value in the file of its subject, add a row here, add a sample
file per variant. Source: Meta Cloud API: webhook fields.
"""

from collections.abc import Callable, Iterator
from typing import Any

from .events import Event
from .parse_account import account_event
from .parse_calls import calls_value
from .parse_coexistence import app_state_value, echoes_value
from .parse_history import history_value
from .parse_items import ENVELOPE
from .parse_messages import messages_value
from .parse_routing import handover, preferences_value, standby_value
from .place import Place

_GROUPS = "groups are not supported"


def read_field(value: Any, change: Any, place: Place) -> Iterator[Event]:
    """Yield the events of one ``changes[]`` item, at least one.

    :param value: of the field, in whatever shape
    :param change: the whole item, kept by events that are about all of it
    :param place: of the item, its routing filled in
    """
    if place.field in _NO_EFFECT:
        yield place.unhandled(_NO_EFFECT[place.field], change)
    elif place.field not in _LISTS and place.field not in _WHOLE:
        yield place.unhandled(f"field {place.field!r} is not known", change)
    elif not isinstance(value, dict):
        yield place.unhandled("value is not an object", change)
    elif value.keys() <= ENVELOPE:
        yield place.unhandled("nothing but the envelope", change)
    elif place.field in _WHOLE:
        yield _WHOLE[place.field](value, change, place)
    else:
        yield from _LISTS[place.field](value, place.below("value"))


# Fields whose value is one event.
_WHOLE: dict[str, Callable[[dict[str, Any], Any, Place], Event]] = {
    "account_alerts": account_event,
    "account_review_update": account_event,
    "account_settings_update": account_event,
    "account_update": account_event,
    "business_capability_update": account_event,
    "business_status_update": account_event,
    "business_username_update": account_event,
    "business_username_updates": account_event,
    "message_template_components_update": account_event,
    "message_template_quality_update": account_event,
    "message_template_status_update": account_event,
    "messaging_handovers": handover,
    "phone_number_name_update": account_event,
    "phone_number_quality_update": account_event,
    "security": account_event,
    "template_category_update": account_event,
    "template_correct_category_detection": account_event,
}

# Fields whose value holds lists of events.
_LISTS: dict[str, Callable[[dict[str, Any], Place], Iterator[Event]]] = {
    "calls": calls_value,
    "history": history_value,
    "message_echoes": echoes_value,
    "messages": messages_value,
    "smb_app_state_sync": app_state_value,
    "smb_message_echoes": echoes_value,
    "standby": standby_value,
    "user_preferences": preferences_value,
}

_NO_EFFECT = {
    "automatic_events": "conversions that Meta finds in chats are not used",
    "consumer_profile": "profiles of customers come with their messages",
    "flows": "flows are looked after in WhatsApp Manager",
    "group_lifecycle_update": _GROUPS,
    "group_participants_update": _GROUPS,
    "group_settings_update": _GROUPS,
    "group_status_update": _GROUPS,
    "partner_solutions": "news for solution partners of Meta",
    "payment_configuration_update": "payments in the chat are not supported",
    "tracking_events": "clicks on marketing messages are not used",
}

READ_FIELDS = frozenset({*_WHOLE, *_LISTS, *_NO_EFFECT})
