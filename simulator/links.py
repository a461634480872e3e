"""Files behind links: fetched as Meta does, cached per exact URL, and only from this machine."""

import httpx

from .loopback import require_loopback_url
from .media_kinds import MEGABYTE, plain_mime

LINK_CACHE_SECONDS = 600
LARGEST_BYTES = 100 * MEGABYTE


async def fetch_link(sim, link: str) -> tuple[bytes, str]:
    """Return content and MIME type behind ``link``, cached per exact URL for ten minutes.

    :raises ValueError: saying why the file cannot be had
    """
    now = sim.clock.now()
    cached = sim.links.get(link)
    if cached and now - cached[0] < LINK_CACHE_SECONDS:
        return cached[1], cached[2]
    content, mime_type = await _download(sim.http, require_loopback_url(link))
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
                if len(content) > LARGEST_BYTES:
                    raise ValueError(f"The link gives more than {LARGEST_BYTES} bytes.")
    except httpx.HTTPError as error:
        raise ValueError(f"The link could not be fetched: {type(error).__name__}.") from error
    return bytes(content), plain_mime(response.headers.get("content-type", ""))
