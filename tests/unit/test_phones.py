"""Phone numbers as WhatsApp writes them."""

import pytest
from cloud_api import phones


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+49 (30) 12-34", "49301234"),
        ("٢٠١٠٠٠", "201000"),
        ("", ""),
        ("no digits ²", ""),
    ],
)
def test_digits(number, expected):
    assert phones.digits(number) == expected


def test_to_e164():
    assert phones.to_e164("15550002222") == "+15550002222"
    assert phones.to_e164("+1 555 000 2222") == "+15550002222"
    assert phones.to_e164("") == ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("15550002222", ("+15550002222",)),
        ("5511987654321", ("+5511987654321", "+551187654321")),
        ("+55 31 8765-4321", ("+553187654321", "+5531987654321")),
        ("551133334444", ("+551133334444",)),  # a landline has no ninth digit
        ("5511933334444", ("+5511933334444",)),  # and no mobile became one by losing it
        ("5215512345678", ("+5215512345678", "+525512345678")),
        ("525512345678", ("+525512345678", "+5215512345678")),
        ("5491123456789", ("+5491123456789", "+541123456789")),
        ("541123456789", ("+541123456789", "+5491123456789")),
        ("", ()),
    ],
)
def test_variants(number, expected):
    assert phones.variants(number) == expected


@pytest.mark.parametrize("number", ["5511987654321", "5215512345678", "5491123456789"])
def test_variants_lead_back(number):
    there = phones.variants(number)[1]
    assert phones.variants(there)[1] == f"+{number}"


@pytest.mark.parametrize(
    ("bsuid", "country"),
    [
        ("US.13491208655302741918", "US"),
        ("ES.ENT.99", "ES"),
        ("us.1", ""),
        ("USA.1", ""),
        ("US.", ""),
        ("15550002222", ""),
        ("", ""),
    ],
)
def test_country_of_bsuid(bsuid, country):
    assert phones.country_of_bsuid(bsuid) == country


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+4930123456", True),
        ("5215512345678", True),  # the national plan dropped the 1, WhatsApp did not
        ("12", False),
        ("", False),
        ("999999999999999999999999", False),
    ],
)
def test_is_valid(number, expected):
    assert phones.is_valid(number) is expected
