"""Signing and checking webhooks, side by side so that the two cannot drift apart.

Source: Meta Cloud API: webhooks, "Validate payloads" and "Verification requests".
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_HEADER = re.compile(r"sha256=([0-9a-f]{64})", re.IGNORECASE)


def sign(body: bytes, secret: str) -> str:
    """Return the value of ``X-Hub-Signature-256`` for ``body``: ``sha256=<64 hex digits>``.

    :param body: the exact bytes on the wire; JSON that was decoded and encoded again never matches
    :param secret: the app secret of the Meta app that sends
    """
    digest = hmac.new(secret.encode("utf-8", "surrogatepass"), body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def verify(body: bytes, header: str | None, secrets: Iterable[str]) -> bool:
    """Tell whether ``header`` signs ``body`` with one of ``secrets``.

    Several secrets are accepted while an app secret is being changed. Empty secrets are skipped
    and no secret means no: an account that is half set up must not accept everybody.

    :param header: ``X-Hub-Signature-256`` as received, None when the request had none
    :raises TypeError: when one string is passed instead of a collection of them, because each of
        its letters would become a secret
    """
    if isinstance(secrets, str):
        raise TypeError("Pass the secrets as a collection, not as one string.")
    match = _HEADER.fullmatch(header or "")
    if not match:
        return False
    received = f"sha256={match.group(1).lower()}"
    # A list, not a generator: how long we take must not tell which secret matched.
    matches = [hmac.compare_digest(sign(body, secret), received) for secret in secrets if secret]
    return any(matches)


def escape_like_meta(payload: Any) -> bytes:
    """Serialise ``payload`` as Meta does: one line, ``\\uXXXX`` for non-ASCII and ``\\/``."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"))
    return text.replace("/", "\\/").encode("ascii")


def challenge_answer(params: Mapping[str, Any], verify_token: str) -> str | None:
    """Answer the GET handshake that Meta makes when a callback address is saved.

    :param params: the query of the request (``hub.mode``, ``hub.verify_token``, ``hub.challenge``)
    :param verify_token: the token agreed with Meta; an empty one refuses everybody
    :return: the text to send back with status 200, None when the request must be refused
    """
    token, challenge = params.get("hub.verify_token"), params.get("hub.challenge")
    if not (isinstance(token, str) and isinstance(challenge, str) and challenge and verify_token):
        return None
    same = hmac.compare_digest(_octets(token), _octets(verify_token))
    return challenge if same and params.get("hub.mode") == "subscribe" else None


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
