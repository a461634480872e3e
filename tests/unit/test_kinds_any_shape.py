"""Content of any other shape is Unknown or incomplete, never an exception."""

import json

import pytest
from cloud_api.contents import (
    CardPhone,
    ContactCard,
    Contacts,
    Edit,
    Form,
    Location,
    Media,
    Order,
    OrderItem,
    Reply,
    System,
    Text,
    Unknown,
    Unsupported,
)
from cloud_api.kinds import read_content
from cloud_api.lenient import decimal, wa_id, web_address

ERRORS = [{"code": 131060, "title": "Unavailable"}]


def read(kind, part, **more):
    return read_content(kind, {kind: part, **more})


@pytest.mark.parametrize(
    ("kind", "part", "content"),
    [
        ("location", {"latitude": True, "longitude": 1}, "location without a position"),
        ("location", {"latitude": "NaN", "longitude": 1}, "location without a position"),
        ("location", {"latitude": "1e400", "longitude": 1}, "location without a position"),
        ("location", {"latitude": "٣", "longitude": 1}, "location without a position"),
        ("location", {"latitude": 1, "longitude": 180.1}, "location that is not on Earth"),
        ("location", ["x"], "location without a position"),
        ("contacts", [], "contacts without a card"),
        ("contacts", {"name": "x"}, "contacts without a card"),
        ("contacts", ["x", None], "contacts without a card"),
        ("order", {}, "order without items"),
        ("order", {"product_items": ["x"]}, "order without items"),
        ("reaction", {"emoji": "x"}, "reaction to no message"),
        ("reaction", {"message_id": "w", "emoji": "x" * 65}, "reaction that is no emoji"),
        ("revoke", {"original_message_id": 7}, "deletion of no message"),
        ("edit", {"message": {"type": "text", "text": {"body": "x"}}}, "edit of no message"),
        ("edit", {"original_message_id": "w", "message": {"type": "edit"}}, "edit: edit"),
        ("edit", {"original_message_id": "w"}, "edit: no content"),
        ("edit", {"original_message_id": "w", "message": {"type": "poll"}}, "edit: poll"),
        ("button", {}, "template reply without words"),
        ("interactive", None, "interactive"),
        ("interactive", {"type": "button_reply"}, "button reply without words"),
        ("interactive", {"type": "list_reply", "list_reply": []}, "list reply without words"),
        ("poll", {"type": "new"}, "poll: new"),
    ],
)
def test_what_is_not_read(kind, part, content):
    assert read(kind, part) == Unknown(content)


@pytest.mark.parametrize(
    ("kind", "part", "content"),
    [
        ("location", {"latitude": "-33.9", "longitude": "1.5e1"}, Location(-33.9, 15.0)),
        (
            "location",
            {"latitude": 1, "longitude": 2, "name": 5, "url": "javascript:alert(1)"},
            Location(1.0, 2.0),
        ),
        ("contacts", [{}], Contacts((ContactCard(""),))),
        (
            "contacts",
            [{"phones": [None, {}, {"wa_id": "1555"}], "name": "x", "birthday": "soon"}],
            Contacts((ContactCard("", (CardPhone("+1555", "1555"),)),)),
        ),
        (
            "contacts",
            [{"name": {"first_name": "Ana", "last_name": "Gomez"}, "vcard": 5}],
            Contacts((ContactCard("Ana Gomez"),)),
        ),
        ("order", {"text": "only a note"}, Order("", "only a note", ())),
        (
            "order",
            {"product_items": [{"product_retailer_id": None, "quantity": "NaN"}]},
            Order("", "", (OrderItem("", 0, 0),)),
        ),
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "a"}},
            Reply("button", "a", "a"),
        ),
        ("interactive", {"type": "nfm_reply"}, Form("")),
        (
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"body": "Lotus Villa", "response_json": 0.5}},
            Form("", (("", "0.5"),)),
        ),
        (
            "interactive",
            {"type": "nfm_reply", "nfm_reply": {"body": "Lotus Villa", "response_json": "{}"}},
            Form("", (("", "Lotus Villa"),)),
        ),
        ("system", None, System("other")),
        ("system", {"type": ["x"], "wa_id": "1"}, System("other")),
        ("unsupported", "x", Unsupported("")),
        (
            "edit",
            {"original_message_id": "w", "message": {"type": "video", "video": {}}},
            Edit("w", Media("video")),
        ),
        ("media_placeholder", None, Unsupported("media_placeholder")),
    ],
)
def test_what_is_read_in_part(kind, part, content):
    assert read(kind, part) == content


def test_errors_in_place_of_content_are_kept():
    assert read("text", None, errors=ERRORS) == Unsupported("text", 131060, "Unavailable")
    assert read("hologram", None, errors=ERRORS) == Unsupported("hologram", 131060, "Unavailable")
    assert read("sticker", None, errors=ERRORS) == Media("sticker")
    assert read("text", {"body": "x"}, errors=ERRORS) == Text("x")
    assert read("text", None, errors=["x"]) == Unknown("text without a body")


def test_an_edit_within_edits_as_deep_as_json_goes():
    part = {}
    for _depth in range(800):
        part = {"original_message_id": "w", "message": {"type": "edit", "edit": part}}
    assert read("edit", part) == Unknown("edit: edit")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "1"),
        (0.1, "0.1"),
        (1e-7, "1E-7"),
        (" 12.50 ", "12.50"),
        (".5", "0.5"),
        ("+3", "3"),
        *((odd, None) for odd in (None, True, "", "1,5", "0x1", "1_000", "9" * 40, [], "1e999")),
    ],
)
def test_numbers(value, expected):
    found = decimal(value)
    assert (None if found is None else str(found)) == expected


def test_only_addresses_of_the_web_become_links():
    assert web_address(" https://example.com/a?b=1 ") == "https://example.com/a?b=1"
    for odd in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "http://a b",
        'https://"x',
        5,
    ):
        assert web_address(odd) == ""


def test_what_has_letters_is_no_phone_identity():
    assert wa_id("+1 (555) 000-2222") == "15550002222"
    assert wa_id("120363041234567890@g.us") == ""
    assert wa_id("US.13491208655302741918") == ""


def test_raw_json_of_a_form_stays_whole():
    response = json.dumps({"a": "x" * 5000})
    form = read("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": response}})
    assert len(form.answers[0][1]) == 4000
