"""Download addresses of media: they name the file, tell until when they work, and are sealed."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

from .world import Media

URL_SECONDS = 300


def download_url(base_url, media: Media, now: float) -> str:
    """Return an address on this server that works for five minutes of WhatsApp's clock."""
    expires = int(now) + URL_SECONDS
    query = urlencode({"mid": media.uid, "ext": expires, "hash": _seal(media, str(expires))})
    return f"{base_url}whatsapp_business/attachments/?{query}"


def url_works(media: Media, query: Mapping, now: float) -> bool:
    """Tell whether the query of a download address is genuine and not expired."""
    expires = str(query.get("ext", ""))
    genuine = hmac.compare_digest(_seal(media, expires), str(query.get("hash", "")))
    return genuine and now <= int(expires) and not media.expired(now)


def _seal(media: Media, expires: str) -> str:
    message = f"{media.uid}|{expires}".encode()
    return hmac.new(media.uid.encode(), message, hashlib.sha256).hexdigest()[:32]
