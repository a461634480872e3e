"""Comparing a file with the SHA-256 that Meta announced for it.

Source: Meta Cloud API: media (base64 in webhooks, hex in some answers).
"""

import base64
import binascii
import re

_SIZE = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}")


def contradicts(announced: str, digest: bytes) -> bool:
    """Tell whether the announced digest is readable and another one.

    :param announced: base64, base64 for URLs or hex; what is none of these proves nothing
    :param digest: SHA-256 of the file, 32 bytes
    """
    expected = _decode(announced.strip())
    return len(expected) == _SIZE and expected != digest


def _decode(announced: str) -> bytes:
    if _HEX.fullmatch(announced):
        return bytes.fromhex(announced)
    padded = announced.rstrip("=") + "=" * (-len(announced.rstrip("=")) % 4)
    try:
        return base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return b""
