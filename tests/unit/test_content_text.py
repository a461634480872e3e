"""The text of every kind of content, for search, mail and the list of conversations."""

from decimal import Decimal

import pytest
from cloud_api import contents
from cloud_api.content_text import map_address, text_of

BOB = contents.ContactCard(
    "Bob Ray",
    (contents.CardPhone("+1 555", "1555"), contents.CardPhone("+1 666")),
    emails=("bob@example.com",),
    organisation="Rays",
    title="Owner",
)
ORDER = contents.Order(
    "3001",
    "as soon as possible",
    (
        contents.OrderItem("SKU-1", Decimal("2.00"), Decimal("9.90"), "EUR"),
        contents.OrderItem("", Decimal(100), Decimal(5), "USD"),
        contents.OrderItem("SKU-2", Decimal("0.5"), Decimal("1e2"), "EUR"),
    ),
)

TEXTS = [
    (contents.Text("*hi*"), "*hi*"),
    (contents.Media("image", "1", caption="a _caption_"), "a _caption_"),
    (contents.Media("audio", "1", voice=True), ""),
    (
        contents.Location(40.4168, -3.7, "Sol", "Madrid", "https://example.com"),
        "Sol\nMadrid\nhttps://maps.google.com/?q=40.4168,-3.7",
    ),
    (contents.Location(0.0, -0.00001), "https://maps.google.com/?q=0,-0.00001"),
    (
        contents.Contacts((BOB, contents.ContactCard("نورا حداد"))),
        "Bob Ray\nRays\n+1 555\n+1 666\nbob@example.com\n\nنورا حداد",
    ),
    (contents.Reply("button", "yes", "Yes"), "Yes"),
    (contents.Reply("list", "r", "Repair", "Book a repair"), "Repair\nBook a repair"),
    (contents.Form("flow", (("Name", "Ana"), ("", "no JSON"))), "Name: Ana\nno JSON"),
    (contents.CallPermission(True), ""),
    (
        ORDER,
        "as soon as possible\n2 × SKU-1 (9.9 EUR)\n100 × ? (5 USD)\n0.5 × SKU-2 (100 EUR)\n"
        "= 69.8 EUR\n= 500 USD",
    ),
    (contents.Reaction("w", "👍"), "👍"),
    (contents.Edit("w", contents.Media("image", caption="new")), "new"),
    (contents.Revoke("w"), ""),
    (contents.System("number", "Ana changed"), "Ana changed"),
    (contents.Unsupported("poll_creation", 131051, "Not supported."), ""),
    (contents.Unknown("hologram"), ""),
]


@pytest.mark.parametrize(("content", "text"), TEXTS)
def test_every_kind(content, text):
    assert text_of(content) == text


def test_no_class_of_content_is_left_out():
    assert {type(content) for content, _text in TEXTS} == set(contents.Content.__args__)


def test_a_position_never_becomes_an_exponent():
    assert map_address(1e-7, 179.99999999) == "https://maps.google.com/?q=0.0000001,180"
