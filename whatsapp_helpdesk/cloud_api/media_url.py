"""Which addresses of files we fetch with our access token: only Meta's and the API's own.

Media addresses come out of answers and webhooks, so one that points elsewhere would hand the token
to a stranger or make the server read inside the company's network.
"""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from .errors import MediaError

META_HOSTS = ("fbsbx.com", "whatsapp.net", "facebook.com")

_PORTS = {"http": 80, "https": 443}
# Characters that two URL parsers may read differently are refused, not interpreted.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:[/?][!-\[\]-~]*)?")


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of ``url``; ``("", "", 0)`` when it is not a plain address."""
    if not _PLAIN_URL.fullmatch(url):
        return ("", "", 0)
    parts = urlsplit(url)
    try:
        return (parts.scheme, _host(parts), parts.port or _PORTS[parts.scheme])
    except ValueError:  # a port that is no number
        return ("", "", 0)


def check(url: str, api_url: str, extra_hosts: Iterable[str] = ()) -> None:
    """Raise `MediaError` unless ``url`` may be fetched with the access token.

    :param api_url: base address of Graph; its own origin is allowed, whatever the scheme
    :param extra_hosts: further exact host names, over https only
    """
    place = origin(url)
    if place != ("", "", 0) and (place == origin(api_url) or _is_trusted(place, extra_hosts)):
        return
    raise MediaError(
        f"The file is offered at {place[1] or 'a malformed address'}, which is not one of Meta's "
        "servers: it was not fetched.",
        reason="elsewhere",
    )


def _is_trusted(place: tuple[str, str, int], extra_hosts: Iterable[str]) -> bool:
    scheme, host, port = place
    if (scheme, port) != ("https", 443):
        return False
    return host in extra_hosts or any(
        host == known or host.endswith(f".{known}") for known in META_HOSTS
    )


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")
