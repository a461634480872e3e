"""The GET that Meta makes before it accepts a callback URL."""

from random import SystemRandom

import httpx

from .loopback import require_loopback_url

_chance = SystemRandom()


async def handshake(sim, url: str, verify_token: str) -> str:
    """Ask the receiver at ``url`` to prove that it knows ``verify_token``.

    :return: ``ok``, or the reason in plain words
    """
    challenge = str(_chance.randrange(10**9, 10**10))
    query = {
        "hub.mode": "subscribe",
        "hub.challenge": challenge,
        "hub.verify_token": verify_token,
    }
    try:
        address = httpx.URL(require_loopback_url(url)).copy_merge_params(query)
        response = await sim.http.get(address)
    except (ValueError, httpx.InvalidURL) as error:
        return str(error)
    except httpx.HTTPError as error:
        return f"{url} could not be reached: {type(error).__name__}."
    if response.status_code != 200:
        return f"{url} answered the verification with HTTP {response.status_code}."
    if response.text != challenge:
        return f"{url} did not answer with the challenge."
    return "ok"
