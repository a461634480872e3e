"""Positions in what people copy: links of map services, and plain coordinates."""

import re

_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)"
_PATTERNS = tuple(
    re.compile(pattern.replace("N", _NUMBER))
    for pattern in (
        r"!3dN!4dN",  # the pin of a Google link, beside the middle of the map
        r"[?&](?:q|ll|query|destination)=(?:loc:)?N(?:,|%2C)\s*N",
        r"[?&]mlat=N&mlon=N",
        r"@N,N",
        r"#map=\d+/N/N",
        r"^\s*(?:geo:)?N\s*[,;\u060c\s]\s*N(?![\d.])",
    )
)


def read_position(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees that ``text`` names, None when it names none.

    :param text: ``30.0444, 31.2357``, a ``geo:`` address, or a link of Google Maps or OpenStreetMap
    """
    for pattern in _PATTERNS:
        if match := pattern.search(text):
            latitude, longitude = float(match[1]), float(match[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return latitude, longitude
    return None
