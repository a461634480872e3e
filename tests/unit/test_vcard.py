"""vCards as phones write them."""

import pytest
from cloud_api.contents import CardPhone, ContactCard
from cloud_api.vcard import read_vcard


def card(*lines, end="\r\n"):
    return read_vcard(end.join(("BEGIN:VCARD", *lines, "END:VCARD")))


def test_the_number_with_its_whatsapp_id():
    assert card("TEL;type=CELL;type=VOICE;waid=15551234567:+1 555-123-4567").phones == (
        CardPhone("+1 555-123-4567", "15551234567", "CELL"),
    )
    assert card("item1.TEL:+1 555", "item1.X-ABLabel:Mobile").phones == (CardPhone("+1 555"),)
    assert card("TEL;VALUE=uri;TYPE=home:tel:+1-555").phones == (CardPhone("+1-555", "", "HOME"),)
    assert card("TEL;WORK;VOICE:+1 555").phones == (CardPhone("+1 555", "", "WORK"),)


def test_names():
    assert card("N:Ray;Bob;;;").name == "Bob Ray"
    assert card("N:Ray;Bob;Q;Dr.;Jr.;more").name == "Dr. Bob Q Ray Jr."
    assert card("N:Ray;Bob", "FN:Robert Ray").name == "Robert Ray"
    assert card("N:").name == ""


def test_folded_escaped_and_encoded_lines():
    assert card("FN:Bob", "  Ray\\, the\\; one\\\\two").name == "Bob Ray, the; one\\two"
    assert card("FN:Bob", " by", end="\n").name == "Bobby"
    encoded = "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=86=D9=88=\r\n=D8=B1=D8=A7"
    assert card(encoded, "EMAIL:a@example.com") == ContactCard("نورا", emails=("a@example.com",))


def test_a_photograph_does_not_swallow_what_follows():
    found = card(
        "NOTE;ENCODING=QUOTED-PRINTABLE:a=20b", "PHOTO;ENCODING=b:AAAA==", "TEL:+1 555", "FN:Bob"
    )
    assert found == ContactCard("Bob", (CardPhone("+1 555"),))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("1990-02-03", "1990-02-03"), ("19900203", "1990-02-03"), ("--0203", ""), ("1990-13-01", "")],
)
def test_birthdays(day, expected):
    assert card(f"BDAY:{day}").birthday == expected


@pytest.mark.parametrize(
    "odd", ["", "x", ":", ";:", "TEL", "TEL:", "N:;;;;", "\x00", "=\n" * 1000, "FN" * 100_000]
)
def test_what_is_no_card_is_an_empty_one(odd):
    assert read_vcard(odd) == ContactCard("")
