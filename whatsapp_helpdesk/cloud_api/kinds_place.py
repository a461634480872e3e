"""Positions."""

from typing import Any

from .contents import Content, Location, Unknown
from .lenient import decimal, mapping, text, web_address


def location(message: dict[str, Any]) -> Content:
    """Read a position; Meta writes degrees as numbers, some senders as text."""
    part = mapping(message.get("location"))
    latitude, longitude = decimal(part.get("latitude")), decimal(part.get("longitude"))
    if latitude is None or longitude is None:
        return Unknown("location without a position")
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Unknown("location that is not on Earth")
    return Location(
        latitude=float(latitude),
        longitude=float(longitude),
        name=text(part.get("name")).strip(),
        address=text(part.get("address")).strip(),
        url=web_address(part.get("url")),
    )
