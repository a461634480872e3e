"""The simulator never leaves the machine: which hosts it may listen on and talk to."""

import ipaddress
from urllib.parse import urlsplit


def is_loopback_host(host: str) -> bool:
    """Tell whether ``host`` (a name or an address, without port) is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_loopback_url(url: str) -> str:
    """Return ``url`` unchanged.

    :raises ValueError: in plain words, when it is not http(s) to a loopback host
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError(f"{url!r} is not a URL: {error}.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"{url!r} is not an http(s) URL.")
    if not is_loopback_host(host):
        raise ValueError(f"{host} is not on this machine: the simulator only talks to loopback.")
    return url
