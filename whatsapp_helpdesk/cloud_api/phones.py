"""Phone numbers as WhatsApp writes them.

Source: Meta Cloud API: phone number formats (a ``wa_id`` need not equal the dialled number).
"""

import re

import phonenumbers
from phonenumbers import timezone

_BSUID = re.compile(r"([A-Z]{2})\.(?:ENT\.)?[0-9A-Za-z]+")

_BRAZIL_OLD_MOBILE = re.compile(r"55([1-9]\d)([6-9]\d{7})")
_BRAZIL_MOBILE = re.compile(r"55([1-9]\d)9([6-9]\d{7})")
_MEXICO = re.compile(r"52(1?)(\d{10})")
_ARGENTINA = re.compile(r"54(9?)(\d{10})")


def digits(number: str) -> str:
    """Return the decimal digits of ``number`` in ASCII, whatever script and punctuation it has."""
    if number.isascii() and number.isdigit():  # as Meta writes them
        return number
    return "".join(str(int(char)) for char in number if char.isdecimal())


def to_e164(wa_id: str) -> str:
    """Return ``+`` and the digits of an international number, '' when there are none."""
    bare = digits(wa_id)
    return f"+{bare}" if bare else ""


def variants(number: str) -> tuple[str, ...]:
    """Return the ways in which one WhatsApp user's number may be written, in E.164.

    The number itself comes first. Brazilian mobiles exist with and without the ninth digit,
    Mexican ones with 52 and 521, Argentine ones with 54 and 549.

    :param number: international number, with or without ``+``
    """
    bare = digits(number)
    if not bare:
        return ()
    other = _other_spelling(bare)
    return (f"+{bare}", f"+{other}") if other else (f"+{bare}",)


def _other_spelling(bare: str) -> str:
    if match := _BRAZIL_OLD_MOBILE.fullmatch(bare):
        return f"55{match[1]}9{match[2]}"
    if match := _BRAZIL_MOBILE.fullmatch(bare):
        return f"55{match[1]}{match[2]}"
    if match := _MEXICO.fullmatch(bare):
        return f"52{'' if match[1] else '1'}{match[2]}"
    if match := _ARGENTINA.fullmatch(bare):
        return f"54{'' if match[1] else '9'}{match[2]}"
    return ""


def country_of_bsuid(bsuid: str) -> str:
    """Return the two-letter country code of a business-scoped user id, '' if it is none."""
    match = _BSUID.fullmatch(bsuid)
    return match[1] if match else ""


def is_valid(number: str) -> bool:
    """Tell whether ``number`` (international) can exist, in any of its spellings."""
    return any(_exists(variant) for variant in variants(number))


def _exists(e164: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False


def time_zones(e164: str) -> tuple[str, ...]:
    """Return the time zones in which a number may be, as IANA names; none if it tells nothing."""
    try:
        zones = timezone.time_zones_for_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in zones if zone != timezone.UNKNOWN_TIMEZONE)
