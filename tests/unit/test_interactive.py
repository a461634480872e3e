"""Interactive messages: bodies, checks, and how they are kept."""

import json

import pytest
from cloud_api.errors import InvalidRequest
from cloud_api.interactive import (
    InteractiveHeader,
    ListSection,
    LocationRequest,
    Product,
    ProductList,
    ProductSection,
)
from cloud_api.interactive_checks import InteractiveError, find_problems
from cloud_api.payloads import Recipient
from cloud_api.payloads_interactive import interactive_content, interactive_message
from cloud_api.stored_interactive import (
    INTERACTIVE_KINDS,
    as_json,
    read_interactive,
    text_of,
)

from tests.unit.interactive_samples import (
    ALL,
    AT_THE_LIMITS,
    BROKEN,
    link_button,
    list_message,
    reply_buttons,
    rows,
)

ANA = Recipient(phone="+15550002222")


def test_reply_buttons():
    payload = interactive_message(ANA, ALL["buttons"], reply_to="wamid.1", callback_data="odoo:1")
    assert payload == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": "interactive",
        "interactive": {
            "type": "button",
            "header": {"type": "text", "text": "Order S1"},
            "body": {"text": "Confirm?"},
            "footer": {"text": "Ideal Wood"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "yes:42", "title": "Yes"}},
                    {"type": "reply", "reply": {"id": "no:42", "title": "No"}},
                ]
            },
        },
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "odoo:1",
    }


@pytest.mark.parametrize(
    ("name", "kind", "action"),
    [
        (
            "list",
            "list",
            {
                "button": "Choose",
                "sections": [
                    {
                        "rows": [
                            {"id": "a", "title": "Today", "description": "Until 6 pm"},
                            {"id": "b", "title": "Later"},
                        ]
                    }
                ],
            },
        ),
        (
            "link",
            "cta_url",
            {
                "name": "cta_url",
                "parameters": {"display_text": "Open", "url": "https://shop.example.com/t/1"},
            },
        ),
        ("location_request", "location_request_message", {"name": "send_location"}),
        ("contact_request", "request_contact_info", {"name": "request_contact_info"}),
        ("product", "product", {"catalog_id": "55", "product_retailer_id": "CHAIR-1"}),
        (
            "product_list",
            "product_list",
            {
                "catalog_id": "55",
                "sections": [
                    {
                        "title": "New",
                        "product_items": [
                            {"product_retailer_id": "A"},
                            {"product_retailer_id": "B"},
                        ],
                    }
                ],
            },
        ),
    ],
)
def test_the_other_kinds(name, kind, action):
    content = interactive_message(ANA, ALL[name])["interactive"]
    assert (content["type"], content["action"]) == (kind, action)


def test_sections_have_titles():
    sections = interactive_content(ALL["list_of_sections"])["action"]["sections"]
    assert [section["title"] for section in sections] == ["Mornings", "Evenings"]


def test_headers_with_files():
    file = {"id": "777", "filename": "S1.pdf"}
    header = interactive_content(ALL["buttons_with_file"])["header"]
    assert header == {"type": "document", "document": file}
    assert interactive_content(ALL["link"])["header"] == {"type": "image", "image": {"id": "777"}}
    assert interactive_content(ALL["product_list"])["header"] == {"type": "text", "text": "Chairs"}


def test_what_is_empty_is_left_out():
    assert "body" not in interactive_content(ALL["product_alone"])
    assert "header" not in interactive_content(reply_buttons())
    assert "footer" not in interactive_content(reply_buttons())


@pytest.mark.parametrize("name", AT_THE_LIMITS)
def test_the_limits_themselves_are_allowed(name):
    assert find_problems(AT_THE_LIMITS[name]) == []


@pytest.mark.parametrize(
    ("content", "reason", "part"),
    [
        *BROKEN,
        (reply_buttons(body=" \n"), "missing", "body"),
        (reply_buttons(body="😀" * 513), "too_long", "body"),
        (reply_buttons(header=InteractiveHeader("text", "h" * 61)), "too_long", "header"),
        (reply_buttons(header=InteractiveHeader("text")), "missing", "header"),
        (reply_buttons(header=InteractiveHeader("sticker", media_uid="1")), "kind", "header"),
        (reply_buttons(header=InteractiveHeader("image")), "not_uploaded", "header"),
        (list_message(header=InteractiveHeader("image", media_uid="1")), "kind", "header"),
        (
            list_message(*(ListSection(rows(1, n), f"t{n}") for n in range(11))),
            "too_many",
            "sections",
        ),
        (list_message(ListSection(rows(1), "t" * 25)), "too_long", "sections.0.title"),
        (link_button(label="l" * 21), "too_long", "label"),
        (link_button(url="javascript:alert(1)"), "address", "url"),
        (link_button(url=""), "missing", "url"),
        (link_button(url="https://x/" + "x" * 2000), "too_long", "url"),
        (Product("", "A"), "missing", "catalog"),
        (Product("55", " "), "missing", "product"),
        (Product("55", "A", footer="f" * 61), "too_long", "footer"),
        (ProductList("", "b", "55", (ProductSection(("A",)),)), "missing", "header"),
        (ProductList("h", "", "55", (ProductSection(("A",)),)), "missing", "body"),
        (ProductList("h", "b", "55", ()), "missing", "sections"),
        (
            ProductList("h", "b", "55", (ProductSection(("A",) * 31),)),
            "too_many",
            "products",
        ),
        (
            ProductList("h", "b", "55", (ProductSection(("",)),)),
            "missing",
            "sections.0.products.0",
        ),
    ],
)
def test_what_whatsapp_would_refuse(content, reason, part):
    with pytest.raises(InteractiveError) as caught:
        interactive_message(ANA, content)
    error = caught.value
    assert (reason, part) in [(p.reason, p.part) for p in error.problems]
    assert error.limit == f"interactive_{error.problem.reason}"
    assert isinstance(error, InvalidRequest)


def test_numbers_come_with_the_problem():
    (problem,) = find_problems(reply_buttons(body="b" * 1030))
    assert (problem.maximum, problem.actual) == (1024, 1030)


def test_files_may_be_uploaded_later():
    content = reply_buttons(header=InteractiveHeader("image", filename="a.png"))
    assert find_problems(content, uploaded=False) == []


# Keeping


def test_every_kind_has_a_sample():
    assert {as_json(content)["kind"] for content in ALL.values()} == set(INTERACTIVE_KINDS)


@pytest.mark.parametrize("content", [*ALL.values(), *AT_THE_LIMITS.values()])
def test_messages_survive_the_database(content):
    assert read_interactive(json.loads(json.dumps(as_json(content)))) == content


@pytest.mark.parametrize("kind", INTERACTIVE_KINDS)
def test_odd_stored_messages_are_incomplete(kind):
    for odd in (None, 5, "x", [], ["x"], [[]], {}, [{"rows": 5}], [{"rows": [{"title": []}]}]):
        keys = ("body", "header", "buttons", "sections", "label", "retailer_uid")
        content = read_interactive({"kind": kind} | dict.fromkeys(keys, odd))
        assert all(problem.part for problem in find_problems(content))
    assert find_problems(read_interactive({"kind": kind}))


@pytest.mark.parametrize("data", [None, {}, {"kind": "location"}, {"kind": 5}, "list"])
def test_what_is_no_interactive_message(data):
    with pytest.raises(InvalidRequest):
        read_interactive(data)


def test_the_text():
    assert text_of(ALL["buttons"]) == "Order S1\nConfirm?\nIdeal Wood"
    assert text_of(ALL["buttons"], with_options=True).endswith("[Yes]\n[No]")
    assert text_of(ALL["buttons_with_file"]) == "S1.pdf\nConfirm?"
    assert text_of(ALL["list"], with_options=True).endswith("[Today]\n[Later]")
    assert text_of(ALL["link"], with_options=True) == "Track it\n[Open]"
    assert text_of(LocationRequest("Where?"), with_options=True) == "Where?"
    assert text_of(ALL["product_list"]) == "Chairs\nFor you\nFooter"
