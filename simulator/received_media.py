"""Files that reach the business from a phone: stored, with Meta's keys in their place."""

import base64
import binascii

from .checks import ControlError, text_of
from .engine import Simulator
from .links import fetch_link
from .media_kinds import is_animated, plain_mime
from .samples import SAMPLES
from .views import media_hash
from .world import Media

MEDIA_TYPES = ("image", "video", "audio", "document", "sticker")
OWN_KEYS = ("data", "link", "sample")


async def store_file(
    sim: Simulator, number_uid: str, kind: str, payload: dict, base_url=None
) -> Media | None:
    """Store the file that `data`, `link` or `sample` gives and put Meta's keys in its place.

    :param base_url: of this server, for a webhook that carries the download address
    :return: None for kinds without file, and for media that are told by an `id` of their own
    """
    given = payload.get(kind)
    if kind not in MEDIA_TYPES or not isinstance(given, dict):
        return None
    # WhatsApp leaves an empty caption out.
    dropped = OWN_KEYS if given.get("caption") else (*OWN_KEYS, "caption")
    rest = {key: value for key, value in given.items() if key not in dropped}
    found = await _content(sim, kind, given)
    if found is None:
        if "id" not in given:
            raise ControlError(
                f"{kind} needs data (base64) with mime_type, or link, or sample, or id."
            )
        return None
    content, mime_type, extra = found
    filename = text_of(given, "filename") or str(extra.get("filename", ""))
    media = sim.store_media(number_uid, content, mime_type, uploaded=False, filename=filename)
    keys = {"id": media.uid, "mime_type": mime_type, "sha256": media_hash(media)}
    if base_url is not None and sim.settings.webhook_media_url:
        keys["url"] = sim.download_url(base_url, media)
    payload[kind] = extra | rest | keys
    return media


async def _content(sim: Simulator, kind: str, given: dict) -> tuple[bytes, str, dict] | None:
    if "data" in given:
        mime_type = text_of(given, "mime_type", required=True)
        content = _decoded(given["data"])
        return content, mime_type, _facts(kind, content, mime_type)
    if "link" in given:
        return await _fetched(sim, kind, text_of(given, "link", required=True))
    if "sample" in given:
        return _sample(kind, given["sample"])
    return None


def _decoded(data) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise ControlError(f"data is not base64: {error}.") from error


def _facts(kind: str, content: bytes, mime_type: str) -> dict:
    """Return the keys that WhatsApp finds out by itself."""
    if kind == "sticker" and plain_mime(mime_type) == "image/webp":
        return {"animated": is_animated(content)}
    return {}


async def _fetched(sim: Simulator, kind: str, link: str) -> tuple[bytes, str, dict]:
    try:
        content, mime_type = await fetch_link(sim, link)
    except ValueError as error:
        raise ControlError(f"{link}: {error}") from error
    return content, mime_type, _facts(kind, content, mime_type)


def _sample(kind: str, name) -> tuple[bytes, str, dict]:
    sample = SAMPLES.get(kind if name is True else name)
    if sample is None or sample.kind != kind:
        known = ", ".join(key for key, one in SAMPLES.items() if one.kind == kind)
        raise ControlError(f"sample must be one of {known}, not {name!r}.")
    return sample.content, sample.mime_type, dict(sample.keys)
