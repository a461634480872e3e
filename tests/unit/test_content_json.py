"""Content as it is stored for the browser; the shapes are what the database holds for good."""

import json
from decimal import Decimal

import pytest
from cloud_api import contents
from cloud_api.content_json import as_json

CARD = contents.ContactCard(
    "Bob Ray",
    (contents.CardPhone("+1 555 000 4444", "15550004444", "CELL"),),
    emails=("bob@example.com",),
    organisation="Rays",
    title="Owner",
    urls=("https://rays.example.com",),
    addresses=("Main St 1",),
    birthday="2012-08-18",
)
ITEMS = (
    contents.OrderItem("SKU-1", Decimal(2), Decimal("9.90"), "EUR"),
    contents.OrderItem("SKU-2", Decimal(1), Decimal(5), "USD"),
    contents.OrderItem("SKU-3", Decimal("0.5"), Decimal(1), "EUR"),
)

WRITTEN = [
    (contents.Text("x"), None),
    (contents.Media("image", "1"), None),
    (contents.Media("video", "1"), None),
    (contents.Media("document", "1"), None),
    (contents.Reaction("w", "👍"), None),
    (contents.Edit("w", contents.Text("x")), None),
    (contents.Revoke("w"), None),
    (contents.Media("audio", "1", voice=True), {"kind": "audio", "voice": True}),
    (contents.Media("sticker", "1", animated=True), {"kind": "sticker", "animated": True}),
    (
        contents.Location(40.4, -3.7, "Sol", "Madrid", "https://example.com"),
        {
            "kind": "location",
            "latitude": 40.4,
            "longitude": -3.7,
            "name": "Sol",
            "address": "Madrid",
            "url": "https://example.com",
        },
    ),
    (
        contents.Contacts((CARD,), requested=True),
        {
            "kind": "contacts",
            "requested": True,
            "cards": [
                {
                    "name": "Bob Ray",
                    "phones": [
                        {"number": "+1 555 000 4444", "wa_id": "15550004444", "type": "CELL"}
                    ],
                    "emails": ["bob@example.com"],
                    "organisation": "Rays",
                    "title": "Owner",
                    "urls": ["https://rays.example.com"],
                    "addresses": ["Main St 1"],
                    "birthday": "2012-08-18",
                }
            ],
        },
    ),
    (
        contents.Reply("list", "r", "Repair", "Book"),
        {
            "kind": "reply",
            "via": "list",
            "reply_id": "r",
            "title": "Repair",
            "description": "Book",
        },
    ),
    (
        contents.Form("flow", (("a", "1"), ("b", "2"))),
        {"kind": "form", "name": "flow", "answers": [["a", "1"], ["b", "2"]]},
    ),
    (
        contents.CallPermission(True, True),
        {"kind": "call_permission", "accepted": True, "permanent": True},
    ),
    (
        contents.Order("3001", "soon", ITEMS),
        {
            "kind": "order",
            "catalog_uid": "3001",
            "note": "soon",
            "items": [
                {"retailer_uid": "SKU-1", "quantity": 2.0, "price": 9.9, "currency": "EUR"},
                {"retailer_uid": "SKU-2", "quantity": 1.0, "price": 5.0, "currency": "USD"},
                {"retailer_uid": "SKU-3", "quantity": 0.5, "price": 1.0, "currency": "EUR"},
            ],
            "totals": [
                {"currency": "EUR", "amount": 20.3},
                {"currency": "USD", "amount": 5.0},
            ],
        },
    ),
    (
        contents.System("number", "Ana changed", new_wa_id="1555", new_bsuid="US.9"),
        {"kind": "system", "change": "number", "text": "Ana changed", "new_wa_id": "1555"},
    ),
    (
        contents.Unsupported("poll_creation", 131051, "Not supported."),
        {
            "kind": "unsupported",
            "what": "poll_creation",
            "code": 131051,
            "details": "Not supported.",
        },
    ),
    (contents.Unknown("hologram"), {"kind": "unknown", "reason": "hologram"}),
]


@pytest.mark.parametrize(("content", "written"), WRITTEN)
def test_every_kind(content, written):
    assert as_json(content) == written
    assert json.loads(json.dumps(as_json(content))) == written


def test_no_class_of_content_is_left_out():
    assert {type(content) for content, _written in WRITTEN} == set(contents.Content.__args__)
