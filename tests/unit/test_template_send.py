"""Templates filled in: slots, bodies of messages, and what keeps them from being sent."""

import math
import random
from datetime import datetime, timedelta, timezone

import pytest
from cloud_api.contents import Location
from cloud_api.errors import InvalidRequest
from cloud_api.payloads import Recipient
from cloud_api.templates.model import (
    Body,
    Button,
    Buttons,
    Card,
    Carousel,
    Header,
    Offer,
    Template,
)
from cloud_api.templates.send import obstacles, template_content, template_message
from cloud_api.templates.slots import SLOT_KINDS, Slot, slots, suffix_of
from cloud_api.templates.stored import stored_values, values_json
from cloud_api.templates.values import (
    MediaFile,
    TemplateValueError,
    find_problems,
    one_line,
)

from tests.unit.template_samples import NAMES, sample

ANA = Recipient(phone="+15550002222")
ENDS = datetime(2026, 12, 1, 12, 0, tzinfo=timezone.utc)
ORDER = {
    "header.1": "S00042",
    "body.1": "Ana",
    "body.2": "S00042",
    "body.3": "$ 120.00",
    "body.4": "12 May",
    "button.2.url_suffix": "42?access_token=x",
}


def text_template(text, **more):
    more = {"status": "approved", "category": "utility"} | more
    return Template("a", "en", components=(Body(text), *more.pop("parts", ())), **more)


def values_for(template, **changed):
    """Return values that fit every slot of ``template``."""
    by_kind = {
        "location": Location(30.5, 31.25, "Shop", "12 Nile St"),
        "expiration": ENDS,
        "copy_code": "SAVE10",
        "one_time_code": "123456",
        **{kind: MediaFile("777", "S00042.pdf") for kind in ("image", "video", "document")},
    }
    found = {slot.key: by_kind.get(slot.kind, f"v{slot.key}") for slot in slots(template)}
    return found | changed


# Slots


def test_slots_come_in_the_order_of_reading():
    found = slots(sample("order_update__positional"))
    assert [slot.key for slot in found] == [
        "header.1",
        "body.1",
        "body.2",
        "body.3",
        "body.4",
        "button.0.payload",
        "button.1.payload",
        "button.2.url_suffix",
    ]
    assert found[1] == Slot("body.1", "body", "text", "1", sample="Ana")
    assert found[5] == Slot(
        "button.0.payload", "button", "payload", label="Confirm", required=False
    )
    assert found[7].sample == "42?access_token=x"
    assert (found[7].index, found[7].label) == (2, "See order")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("hello_world__plain", []),
        (
            "order_update__arabic_named",
            [
                "header.order_number",
                "body.first_name",
                "body.order_number",
                "body.amount",
                "button.0.payload",
            ],
        ),
        ("quotation__document_header", ["header.document", "body.1", "body.2"]),
        ("delivery__location_header", ["header.location", "body.1"]),
        ("coupon__copy_code", ["body.1", "button.0.copy_code"]),
        ("survey__flow", ["button.0.flow_token"]),
        ("login_code__authentication", ["body.1"]),
        ("login_code__otp_button", ["body.1"]),
        (
            "spring_offer__limited_time",
            [
                "header.image",
                "offer.expiration",
                "body.1",
                "button.0.copy_code",
                "button.1.url_suffix",
            ],
        ),
        ("catalog__button", ["button.0.product"]),
        (
            "new_chairs__carousel",
            ["body.1"]
            + [
                f"card.{number}.{key}"
                for number in (0, 1)
                for key in ("header.image", "body.1", "button.0.payload", "button.1.url_suffix")
            ],
        ),
    ],
)
def test_slots_of_every_kind(name, keys):
    assert [slot.key for slot in slots(sample(name))] == keys


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_kinds_known(name):
    found = slots(sample(name))
    assert len({slot.key for slot in found}) == len(found)
    assert {slot.kind for slot in found} <= set(SLOT_KINDS)


@pytest.mark.parametrize(
    ("url", "address", "suffix"),
    [
        ("https://x.example/{{1}}", "https://x.example/my/1?t=2", "my/1?t=2"),
        ("https://x.example/{{1}}", "https://y.example/my/1", ""),
        ("https://x.example/{{1}}", "my/1", "my/1"),
        ("https://x.example/{{1}}/go", "https://x.example/7/go", "7"),
        ("https://x.example/{{1}}/go", "https://x.example/7", ""),
        ("https://x.example/", "https://x.example/", ""),
        ("https://x.example/{{1}}", "", ""),
    ],
)
def test_what_an_address_has_in_place_of_the_variable(url, address, suffix):
    assert suffix_of(url, address) == suffix


# Bodies


def test_positional_values():
    payload = template_message(
        ANA, sample("order_update__positional"), ORDER, callback_data="odoo:1"
    )
    assert payload == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": "template",
        "template": {
            "name": "order_update",
            "language": {"code": "en_US"},
            "components": [
                {"type": "header", "parameters": [{"type": "text", "text": "S00042"}]},
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "Ana"},
                        {"type": "text", "text": "S00042"},
                        {"type": "text", "text": "$ 120.00"},
                        {"type": "text", "text": "12 May"},
                    ],
                },
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "2",
                    "parameters": [{"type": "text", "text": "42?access_token=x"}],
                },
            ],
        },
        "biz_opaque_callback_data": "odoo:1",
    }


def test_named_values_carry_their_names():
    template = sample("order_update__arabic_named")
    values = {
        "header.order_number": "S1",
        "body.first_name": "منى",
        "body.order_number": "S1",
        "body.amount": "٥",
        "button.0.payload": "confirm:42",
    }
    content = template_content(template, values)
    assert content["language"] == {"code": "ar"}
    header, body, button = content["components"]
    assert header["parameters"] == [
        {"type": "text", "parameter_name": "order_number", "text": "S1"}
    ]
    assert [p["parameter_name"] for p in body["parameters"]] == [
        "first_name",
        "order_number",
        "amount",
    ]
    assert button == {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": "confirm:42"}],
    }


def test_a_template_without_variables_has_no_components():
    assert template_content(sample("hello_world__plain"), {}) == {
        "name": "hello_world",
        "language": {"code": "en_US"},
    }


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("image", {"id": "777"}),
        ("video", {"id": "777"}),
        ("document", {"id": "777", "filename": "S00042.pdf"}),
    ],
)
def test_files_go_by_id(kind, file):
    template = sample(f"quotation__{kind}_header")
    header = template_content(template, values_for(template))["components"][0]
    assert header == {"type": "header", "parameters": [{"type": kind, kind: file}]}


def test_a_place_as_header():
    template = sample("delivery__location_header")
    header = template_content(template, values_for(template))["components"][0]
    place = {"latitude": "30.5", "longitude": "31.25", "name": "Shop", "address": "12 Nile St"}
    assert header["parameters"] == [{"type": "location", "location": place}]


def test_codes_flows_and_products():
    def button(name, **changed):
        template = sample(name)
        return template_content(template, values_for(template, **changed))["components"][-1]

    assert button("coupon__copy_code") == {
        "type": "button",
        "sub_type": "copy_code",
        "index": "0",
        "parameters": [{"type": "coupon_code", "coupon_code": "SAVE10"}],
    }
    token = {"button.0.flow_token": ""}
    assert button("survey__flow", **token)["parameters"] == [
        {"type": "action", "action": {"flow_token": "unused"}}
    ]
    assert button("survey__flow")["sub_type"] == "flow"
    product = {"button.0.product": "CHAIR-1"}
    assert button("catalog__button", **product)["parameters"] == [
        {"type": "action", "action": {"thumbnail_product_retailer_id": "CHAIR-1"}}
    ]
    assert "components" not in template_content(sample("catalog__button"), {})


@pytest.mark.parametrize("name", ["login_code__authentication", "login_code__otp_button"])
def test_a_code_goes_into_text_and_button(name):
    body, button = template_content(sample(name), {"body.1": "123456"})["components"]
    assert body == {"type": "body", "parameters": [{"type": "text", "text": "123456"}]}
    assert (button["sub_type"], button["index"]) == ("url", "0")
    assert button["parameters"] == body["parameters"]


def test_a_limited_time_offer():
    template = sample("spring_offer__limited_time")
    components = template_content(template, values_for(template))["components"]
    assert [part["type"] for part in components] == [
        "header",
        "limited_time_offer",
        "body",
        "button",
        "button",
    ]
    offer = {"expiration_time_ms": 1796126400000}
    assert components[1]["parameters"] == [
        {"type": "limited_time_offer", "limited_time_offer": offer}
    ]
    naive = values_for(template) | {"offer.expiration": ENDS.replace(tzinfo=None)}
    assert template_content(template, naive)["components"][1] == components[1]


def test_cards():
    template = sample("new_chairs__carousel")
    values = values_for(template) | {"card.0.button.0.payload": "", "card.1.body.1": "B"}
    body, carousel = template_content(template, values)["components"]
    assert body["type"] == "body"
    first, second = carousel["cards"]
    assert (first["card_index"], second["card_index"]) == (0, 1)
    assert [part["type"] for part in first["components"]] == ["header", "body", "button"]
    assert second["components"][1]["parameters"] == [{"type": "text", "text": "B"}]
    assert second["components"][2]["parameters"][0]["payload"] == "vcard.1.button.0.payload"
    assert second["components"][3]["index"] == "1"


def test_cards_with_named_values():
    card = Card((Header("image"), Body("A {{chair}} for you")))
    template = text_template(
        "Hello {{first_name}}, look", parameter_format="named", parts=(Carousel((card, card)),)
    )
    _body, carousel = template_content(template, values_for(template))["components"]
    assert carousel["cards"][1]["components"][1]["parameters"] == [
        {"type": "text", "parameter_name": "chair", "text": "vcard.1.body.chair"}
    ]


# Problems


@pytest.mark.parametrize(
    ("changed", "reason", "key"),
    [
        ({"body.2": ""}, "missing", "body.2"),
        ({"body.2": None}, "missing", "body.2"),
        ({"body.2": " \x00 "}, "missing", "body.2"),
        ({"header.1": "a\nb"}, "line_break", "header.1"),
        ({"body.1": "a\r\nb"}, "line_break", "body.1"),
        ({"body.1": "a\u2028b"}, "line_break", "body.1"),
        ({"body.1": "a\tb"}, "tab", "body.1"),
        ({"body.1": "a     b"}, "spaces", "body.1"),
        ({"body.3": 120}, "wrong_kind", "body.3"),
        ({"body.3": MediaFile("1")}, "wrong_kind", "body.3"),
        ({"button.2.url_suffix": "a b"}, "address", "button.2.url_suffix"),
        ({"button.2.url_suffix": ""}, "missing", "button.2.url_suffix"),
        ({"button.0.payload": "x" * 129}, "too_long", "button.0.payload"),
        ({"header.1": "x" * 60}, "text_too_long", "header.1"),
        ({"body.4": "x" * 1000}, "text_too_long", "body.4"),
        ({"button.2.url_suffix": "x" * 1990}, "text_too_long", "button.2.url_suffix"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_of_its_slot(changed, reason, key):
    template = sample("order_update__positional")
    with pytest.raises(TemplateValueError) as caught:
        template_content(template, ORDER | changed)
    assert (caught.value.reason, caught.value.slot.key) == (reason, key)
    assert caught.value.limit == f"template_{reason}"
    assert key in str(caught.value)
    assert isinstance(caught.value, InvalidRequest)


def test_four_spaces_are_allowed():
    assert find_problems(sample("order_update__positional"), ORDER | {"body.1": "a    b"}) == []


def test_all_problems_are_told_at_once():
    template = sample("order_update__positional")
    found = find_problems(template, ORDER | {"body.1": "", "body.3": "a\tb", "body.9": "x"})
    assert [(p.reason, p.slot.key if p.slot else p.name) for p in found] == [
        ("missing", "body.1"),
        ("tab", "body.3"),
        ("unknown_slot", "body.9"),
    ]


@pytest.mark.parametrize(
    ("name", "changed", "reason"),
    [
        ("delivery__location_header", {"header.location": Location(91, 0)}, "place"),
        ("delivery__location_header", {"header.location": Location(math.nan, 0)}, "place"),
        ("delivery__location_header", {"header.location": "Cairo"}, "wrong_kind"),
        ("delivery__location_header", {"header.location": Location(1, 2, "Shop")}, "unnamed_place"),
        (
            "delivery__location_header",
            {"header.location": Location(1, 2, "", "x")},
            "unnamed_place",
        ),
        ("quotation__image_header", {"header.image": MediaFile()}, "not_uploaded"),
        ("quotation__image_header", {"header.image": "777"}, "wrong_kind"),
        ("coupon__copy_code", {"button.0.copy_code": "x" * 21}, "too_long"),
        ("login_code__authentication", {"body.1": "1" * 16}, "too_long"),
        ("spring_offer__limited_time", {"offer.expiration": "tomorrow"}, "wrong_kind"),
        ("spring_offer__limited_time", {"body.1": "x" * 540}, "text_too_long"),
        ("new_chairs__carousel", {"card.1.body.1": "x" * 140}, "text_too_long"),
    ],
)
def test_problems_of_other_kinds(name, changed, reason):
    template = sample(name)
    (problem,) = find_problems(template, values_for(template) | changed)
    assert problem.reason == reason
    assert problem.slot.key in changed


def test_files_may_be_uploaded_later():
    template = sample("quotation__image_header")
    values = values_for(template) | {"header.image": MediaFile(filename="a.png")}
    assert find_problems(template, values, uploaded=False) == []


def test_an_offer_that_is_over():
    template = sample("spring_offer__limited_time")
    values = values_for(template)
    assert find_problems(template, values, now=ENDS - timedelta(seconds=1)) == []
    (problem,) = find_problems(template, values, now=ENDS)
    assert problem.reason == "over"
    with pytest.raises(TemplateValueError):
        template_message(ANA, template, values, now=ENDS.replace(tzinfo=None))


def test_lengths_are_those_of_the_whole_text():
    (problem,) = find_problems(text_template("a {{1}} b"), {"body.1": "😀" * 511})
    assert (problem.reason, problem.name) == ("text_too_long", "body")
    assert (problem.maximum, problem.actual) == (1024, 1026)
    assert find_problems(text_template("a {{1}} b"), {"body.1": "😀" * 510}) == []


@pytest.mark.parametrize(
    ("template", "reason", "name"),
    [
        (sample("promo__paused"), "not_approved", "paused"),
        (sample("novelty__not_yet_known"), "not_approved", "unknown"),
        (sample("products__mpm_button"), "not_supported", "button mpm"),
        (text_template("x", parts=(Header("product"),)), "not_supported", "header product"),
    ],
)
def test_templates_that_cannot_be_sent_at_all(template, reason, name):
    (problem,) = obstacles(template)
    assert (problem.reason, problem.name) == (reason, name)
    with pytest.raises(TemplateValueError) as caught:
        template_content(template, values_for(template))
    assert (caught.value.reason, caught.value.slot) == (reason, None)


def test_a_value_that_looks_like_a_variable_stays_a_value():
    content = template_content(text_template("a {{1}} {{2}} b"), {"body.1": "{{2}}", "body.2": "x"})
    assert content["components"][0]["parameters"][0]["text"] == "{{2}}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("12 Nile St\r\nCairo\n\nEgypt", "12 Nile St, Cairo, Egypt"),
        (" a\t\tb      c ", "a b c"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_one_line(text, line):
    assert one_line(text) == line


def test_any_text_can_be_made_to_fit():
    chance = random.Random(7)
    template = text_template("a {{1}} b")
    for _ in range(500):
        text = "x" + "".join(chance.choice("a \t\n\r\u2028\u00a0\x85ب😀") for _ in range(40))
        assert find_problems(template, {"body.1": one_line(text)}) == []


# Storing


@pytest.mark.parametrize("name", NAMES)
def test_values_survive_the_database(name):
    template = sample(name)
    values = values_for(template)
    assert stored_values(template, values_json(values)) == values


def test_odd_stored_values_are_left_out():
    template = sample("spring_offer__limited_time")
    for odd in (None, [], 5, "x", {"a": 1}):
        stored = {slot.key: odd for slot in slots(template)} | {"gone": "x"}
        for value in stored_values(template, stored).values():
            assert isinstance(value, (str, MediaFile, datetime))
    assert stored_values(template, None) == {}
    assert stored_values(sample("delivery__location_header"), {"header.location": {}}) == {}


# Any template


def any_template(chance):
    named = chance.random() < 0.5
    variables = ["first_name", "order", "x_1"] if named else ["1", "2", "3"]

    def text(most):
        parts = [f"{{{{{name}}}}}" for name in variables[: chance.randrange(most + 1)]]
        return " and ".join(["Hello", *parts, "bye"])

    def buttons():
        some = [
            Button("quick_reply", "Yes"),
            Button("url", "Go", "https://x.example/{{1}}"),
            Button("url", "Home", "https://x.example"),
            Button("copy_code", "Copy"),
            Button("flow", "Open"),
            Button("phone_number", "Call", phone_number="+1555"),
        ]
        return Buttons(tuple(chance.sample(some, chance.randrange(4))))

    def header():
        return Header(chance.choice(["text", "image", "video", "document", "location"]), text(1))

    parts = [header(), Body(text(3)), buttons()]
    if chance.random() < 0.3:
        parts.insert(1, Offer("Now", True))
    if chance.random() < 0.3:
        cards = [Card((header(), Body(text(2)), buttons())) for _ in range(2)]
        parts.append(Carousel(tuple(cards)))
    return Template(
        "a",
        "en",
        "marketing",
        tuple(parts),
        "named" if named else "positional",
        status="approved",
    )


@pytest.mark.parametrize("seed", range(5))
def test_every_value_is_sent_once_and_only_then(seed):
    chance = random.Random(seed)
    for _ in range(100):
        template = any_template(chance)
        values = values_for(template)
        content = template_content(template, values)
        cards = [p["cards"] for p in content.get("components", []) if p["type"] == "carousel"]
        inner = [part for row in cards for card in row for part in card["components"]]
        outer = [p for p in content.get("components", []) if p["type"] != "carousel"]
        sent = sum(len(part["parameters"]) for part in outer + inner)
        assert sent == len(slots(template)) == len(values)
        for slot in slots(template):
            reasons = [p.reason for p in find_problems(template, values | {slot.key: ""})]
            assert reasons == (["missing"] if slot.required else [])
