"""Identifiers as Meta makes them: opaque, but of the real shape and length."""

import base64
import hashlib
from random import Random

BUSINESS_MARK, CUSTOMER_MARK = 0x11, 0x12

# Longest prefix wins; only what a demonstration is likely to need, the rest is said with `country`.
CALLING_CODES = {
    "1": "US", "7": "RU", "20": "EG", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR",
    "34": "ES", "36": "HU", "39": "IT", "40": "RO", "41": "CH", "43": "AT", "44": "GB", "45": "DK",
    "46": "SE", "47": "NO", "48": "PL", "49": "DE", "51": "PE", "52": "MX", "54": "AR", "55": "BR",
    "56": "CL", "57": "CO", "58": "VE", "60": "MY", "61": "AU", "62": "ID", "63": "PH", "64": "NZ",
    "65": "SG", "66": "TH", "81": "JP", "82": "KR", "84": "VN", "86": "CN", "90": "TR", "91": "IN",
    "92": "PK", "94": "LK", "98": "IR", "212": "MA", "213": "DZ", "216": "TN", "218": "LY",
    "221": "SN", "225": "CI", "233": "GH", "234": "NG", "249": "SD", "254": "KE", "256": "UG",
    "351": "PT", "353": "IE", "358": "FI", "380": "UA", "420": "CZ", "593": "EC", "598": "UY",
    "852": "HK", "880": "BD", "886": "TW", "961": "LB", "962": "JO", "963": "SY", "964": "IQ",
    "965": "KW", "966": "SA", "967": "YE", "968": "OM", "970": "PS", "971": "AE", "972": "IL",
    "973": "BH", "974": "QA",
}  # fmt: skip


def country_of_phone(phone: str) -> str:
    """Return the ISO 3166 code for phone digits with calling code, ``US`` when unknown."""
    for length in (3, 2, 1):
        if phone[:length] in CALLING_CODES:
            return CALLING_CODES[phone[:length]]
    return "US"


def same_line(phone: str) -> str:
    """Return digits that are equal for the ways of writing one mobile line.

    Brazil, Mexico and Argentina: WhatsApp's id may have a digit more or less than the number.
    """
    if phone.startswith("521") and len(phone) == 13:
        return "52" + phone[3:]
    if phone.startswith("549") and len(phone) == 13:
        return "54" + phone[3:]
    if phone.startswith("55") and len(phone) == 13 and phone[4] == "9":
        return phone[:4] + phone[5:]
    return phone


def business_scoped_id(portfolio_uid: str, phone: str, country: str) -> str:
    """Return the BSUID of a user for one business portfolio: ``ES.20345…``, always the same."""
    digest = hashlib.sha256(f"{portfolio_uid}|{phone}".encode()).digest()
    return f"{country}.{int.from_bytes(digest[:8], 'big'):020d}"


class IdFactory:
    """Makes new identifiers from the chance passed in."""

    def __init__(self, chance: Random):
        self._chance = chance

    def _hex(self, length: int) -> str:
        return f"{self._chance.getrandbits(length * 4):0{length}X}"

    def wamid(self, user: str, mark: int) -> str:
        """Return a message id that embeds ``user`` (phone digits or BSUID) as Meta's do.

        :param mark: ``BUSINESS_MARK`` or ``CUSTOMER_MARK``, who wrote the message
        """
        own = self._hex(18) if mark == BUSINESS_MARK else "3A" + self._hex(18)
        user_bytes, own_bytes = user.encode(), own.encode()
        blob = (
            bytes((0x1C, 0x18, len(user_bytes)))
            + user_bytes
            + bytes((0x15, 0x02, 0x00, mark, 0x18, len(own_bytes)))
            + own_bytes
            + b"\x00"
        )
        return "wamid." + base64.b64encode(blob).decode()

    def number(self, digits: int = 16) -> str:
        """Return a decimal object id, as media and templates have."""
        return str(self._chance.randrange(10 ** (digits - 1), 10**digits))

    def fbtrace(self) -> str:
        """Return a trace id for an error body."""
        raw = self._chance.getrandbits(128).to_bytes(16, "big")
        return "A" + base64.urlsafe_b64encode(raw).decode().rstrip("=")

    def token(self) -> str:
        """Return hex for ids of our own (rules, deliveries)."""
        return self._hex(12).lower()
