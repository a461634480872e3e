"""Templates as customers see them."""

import json

import pytest
from cloud_api.contents import Location
from cloud_api.templates.placeholders import fill, names, placeholders, without
from cloud_api.templates.render import RenderedButton, as_json, as_text, render
from cloud_api.templates.slots import slots
from cloud_api.templates.values import MediaFile

from tests.unit.template_samples import NAMES, sample
from tests.unit.test_template_send import ENDS, ORDER, values_for


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {{1}} b {{2}} {{1}}", ["1", "2"]),
        ("{{10}} {{2}}", ["2", "10"]),
        ("{{first_name}} {{ order }}", ["first_name", "order"]),
        ("{{b}} {{1}} {{a}}", ["1", "b", "a"]),
        ("{{}} {{1 2}} {1} {{a-b}} {{١}} {{12345}} {{{1}}}", ["1"]),
        ("", []),
    ],
)
def test_variables_of_a_text(text, found):
    assert names(text) == found


def test_places_of_variables():
    first, second = placeholders("a {{1}}{{x}}")
    assert (first.name, first.start, first.end, first.is_number) == ("1", 2, 7, True)
    assert (second.name, second.start, second.end, second.is_number) == ("x", 7, 12, False)
    assert without("a {{1}}b") == "a b"


def test_values_are_put_in_at_once():
    assert fill("{{1}} {{2}}", {"1": "{{2}}", "2": "b\\1"}.get) == "{{2}} b\\1"
    assert fill("{{1}} {{2}}", {"2": ""}.get) == "{{1}} "


def test_a_template_with_everything_usual():
    shown = render(sample("order_update__positional"), ORDER | {"button.0.payload": "yes"})
    assert (shown.header_format, shown.header) == ("text", "Order S00042 is ready")
    assert shown.body.startswith("Hello Ana, your order S00042 over $ 120.00 is confirmed")
    assert shown.footer == "Ideal Wood"
    assert shown.buttons == (
        RenderedButton("quick_reply", "Confirm", payload="yes"),
        RenderedButton("quick_reply", "Ask a question"),
        RenderedButton("url", "See order", "https://shop.example.com/my/orders/42?access_token=x"),
        RenderedButton("url", "Shop", "https://shop.example.com"),
        RenderedButton("phone_number", "Call us", "+15550001111"),
    )
    assert as_text(shown).splitlines() == [
        "*Order S00042 is ready*",
        "Hello Ana, your order S00042 over $ 120.00 is confirmed and leaves us on 12 May. "
        "Thank you!",
        "Ideal Wood",
    ]
    assert as_text(shown, with_buttons=True).endswith("[Shop]\n[Call us]")


def test_nothing_is_escaped_away():
    shown = render(sample("order_update__positional"), ORDER | {"body.1": "*A* <b>&_x_"})
    assert "Hello *A* <b>&_x_," in shown.body


def test_empty_values_leave_the_variable_or_show_the_example():
    template = sample("order_update__arabic_named")
    assert "{{first_name}}" in render(template, {"body.first_name": " "}).body
    assert "مرحبا منى" in render(template, {}, with_samples=True).body
    assert render(template, {"body.first_name": "س"}, with_samples=True).body.startswith("مرحبا س")
    dynamic = render(sample("order_update__positional"), {}).buttons[2]
    assert dynamic.target == "https://shop.example.com/my/orders/{{1}}"


def test_headers_of_other_kinds():
    place = Location(30.5, 31.25, "Shop", "12 Nile St")
    shown = render(sample("delivery__location_header"), {"header.location": place})
    assert shown.header.splitlines()[:2] == ["Shop", "12 Nile St"]
    assert render(sample("delivery__location_header"), {}).header == ""
    file = {"header.document": MediaFile("1", "S00042.pdf")}
    shown = render(sample("quotation__document_header"), file)
    assert (shown.header_format, shown.header) == ("document", "S00042.pdf")
    assert as_text(shown).startswith("S00042.pdf\n")


def test_offers_and_cards():
    template = sample("spring_offer__limited_time")
    shown = render(template, values_for(template))
    assert (shown.offer, shown.offer_code, shown.offer_ends_at) == ("Spring sale", "SAVE10", ENDS)
    template = sample("new_chairs__carousel")
    shown = render(template, {}, with_samples=True)
    assert [card.body for card in shown.cards] == [
        "Chair No 1 is back in our shop.",
        "Chair No 2 is back in our shop.",
    ]
    assert shown.cards[1].buttons[1].target == "https://shop.example.com/p/2"
    assert "Chair No 2" in as_text(shown)


def test_what_the_browser_gets():
    shown = render(sample("order_update__positional"), ORDER | {"button.0.payload": "yes"})
    found = as_json(shown)
    assert found["kind"] == "template"
    assert (found["header_format"], found["header"]) == ("text", "Order S00042 is ready")
    assert found["footer"] == "Ideal Wood"
    assert found["buttons"][0] == {"kind": "quick_reply", "text": "Confirm", "target": ""}
    assert "body" not in found
    assert as_json(render(sample("survey__flow"), {})) == {
        "kind": "template",
        "buttons": [{"kind": "flow", "text": "Answer", "target": ""}],
    }
    template = sample("spring_offer__limited_time")
    found = as_json(render(template, values_for(template)))
    assert (found["offer_code"], found["offer_ends_at"]) == ("SAVE10", 1796126400000)
    template = sample("new_chairs__carousel")
    first, _second = json.loads(json.dumps(as_json(render(template, values_for(template)))))[
        "cards"
    ]
    assert first["body"] == "Chair vcard.0.body.1 is back in our shop."
    assert first["header_format"] == "image"


def test_codes():
    shown = render(sample("login_code__otp_button"), {"body.1": "123456"})
    assert shown.body.startswith("*123456* is your verification code. For your security")
    assert shown.footer == "This code expires in 5 minutes."
    assert render(sample("login_code__authentication"), {"body.1": "9"}).body.startswith("*9* is")


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_shown(name):
    template = sample(name)
    shown = repr(render(template, values_for(template)))
    for slot in slots(template):
        if slot.kind in ("text", "url_suffix"):
            assert f"v{slot.key}" in shown
    assert "{{" not in as_text(render(template, values_for(template)))
