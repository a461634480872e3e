"""Values of a template's slots as the database keeps them until the message is sent."""

from datetime import datetime, timezone
from typing import Any

from ..contents import Location
from .model import Template
from .slots import TEXT_KINDS, Slot, slots
from .values import MediaFile, Value, Values, milliseconds


def values_json(values: Values) -> dict[str, Any]:
    """Return values as JSON for a database, to be read back by `stored_values`."""
    return {key: _value_json(value) for key, value in values.items()}


def _value_json(value: Value) -> Any:
    if isinstance(value, MediaFile):
        return {"media_uid": value.media_uid, "filename": value.filename}
    if isinstance(value, Location):
        return {
            "latitude": value.latitude,
            "longitude": value.longitude,
            "name": value.name,
            "address": value.address,
        }
    return milliseconds(value) if isinstance(value, datetime) else value


def stored_values(template: Template, stored: Any) -> dict[str, Value]:
    """Read what `values_json` wrote; what fits no slot of ``template`` any more is left out."""
    if not isinstance(stored, dict):
        return {}
    found = ((slot.key, _stored_value(slot, stored.get(slot.key))) for slot in slots(template))
    return {key: value for key, value in found if value is not None}


def _stored_value(slot: Slot, value: Any) -> Value | None:
    if slot.kind in TEXT_KINDS:
        return value if isinstance(value, str) else None
    if slot.kind == "expiration":
        is_time = isinstance(value, int) and 0 < value < 2**43
        return datetime.fromtimestamp(value / 1000, timezone.utc) if is_time else None
    if not isinstance(value, dict):
        return None
    if slot.kind == "location":
        place = (value.get("latitude"), value.get("longitude"))
        if not all(isinstance(degrees, (int, float)) for degrees in place):
            return None
        return Location(
            *map(float, place), str(value.get("name", "")), str(value.get("address", ""))
        )
    return MediaFile(str(value.get("media_uid", "")), str(value.get("filename", "")))
