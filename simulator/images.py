"""Pictures: what Meta takes, what the bytes really are, and fetching them from a link."""

import httpx

from .loopback import require_loopback_url
from .world import Media

IMAGE_BYTES = 5 * 1024 * 1024
LINK_CACHE_SECONDS = 600
SIGNATURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


def image_problem(media: Media | None, number_uid: str, now: float) -> str:
    """Say why ``media`` cannot be sent as an image; empty when it can."""
    if media is None or media.number_uid != number_uid or media.expired(now):
        return "The media id does not exist or has expired."
    return content_problem(media.content, media.mime_type)


def content_problem(content: bytes, mime_type: str) -> str:
    """Say why these bytes are no image that WhatsApp takes; empty when they are."""
    if mime_type not in SIGNATURES:
        return f"Images must be one of {', '.join(SIGNATURES)}, not {mime_type}."
    if len(content) > IMAGE_BYTES:
        return f"Images may have at most {IMAGE_BYTES} bytes, this one has {len(content)}."
    if not content.startswith(SIGNATURES[mime_type]):
        return f"The content of the file is not {mime_type}."
    return ""


async def fetch_link(sim, link: str) -> tuple[bytes, str]:
    """Return content and MIME type behind ``link``, cached per exact URL for ten minutes.

    :raises ValueError: saying why the picture cannot be used
    """
    now = sim.clock.now()
    cached = sim.links.get(link)
    if cached and now - cached[0] < LINK_CACHE_SECONDS:
        return cached[1], cached[2]
    content, mime_type = await _download(sim.http, require_loopback_url(link))
    problem = content_problem(content, mime_type)
    if problem:
        raise ValueError(problem)
    sim.links[link] = (now, content, mime_type)
    return content, mime_type


async def _download(http: httpx.AsyncClient, link: str) -> tuple[bytes, str]:
    content = bytearray()
    try:
        async with http.stream("GET", link) as response:
            if response.status_code != 200:
                raise ValueError(f"The link answered {response.status_code}.")
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > IMAGE_BYTES:
                    raise ValueError(f"The link gives more than {IMAGE_BYTES} bytes.")
    except httpx.HTTPError as error:
        raise ValueError(f"The link could not be fetched: {type(error).__name__}.") from error
    mime_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return bytes(content), mime_type
