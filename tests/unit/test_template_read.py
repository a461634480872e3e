"""Templates of Meta's as data, and back without loss."""

import random
from datetime import datetime, timezone

import pytest
from cloud_api.templates.model import (
    Body,
    Button,
    Carousel,
    Footer,
    Header,
    Offer,
    OtherComponent,
    Template,
)
from cloud_api.templates.read import component, template, template_page
from cloud_api.templates.write import (
    component_json,
    components_json,
    content_digest,
    create_payload,
    edit_payload,
)

from tests.unit.template_samples import NAMES, row, sample


def test_a_template_with_everything_usual():
    found = sample("order_update__positional")
    assert (found.uid, found.name, found.language) == ("594425479261596", "order_update", "en_US")
    assert (found.category, found.sub_category) == ("utility", "custom")
    assert (found.status, found.quality, found.rejected_reason) == ("approved", "green", "")
    assert found.quality_at == datetime.fromtimestamp(1758754645, timezone.utc)
    assert found.updated_at == datetime(2026, 9, 25, 10, 17, 25, tzinfo=timezone.utc)
    assert found.header == Header("text", "Order {{1}} is ready", {"1": "S00042"})
    assert found.body.samples == {"1": "Ana", "2": "S00042", "3": "$ 120.00", "4": "12 May"}
    assert found.footer == Footer("Ideal Wood")
    kinds = [button.kind for button in found.buttons]
    assert kinds == ["quick_reply", "quick_reply", "url", "url", "phone_number"]
    assert found.buttons[2].sample == "https://shop.example.com/my/orders/42?access_token=x"
    assert found.buttons[4].phone_number == "+15550001111"
    assert not found.is_named


def test_names_instead_of_numbers():
    found = sample("order_update__arabic_named")
    assert found.is_named
    assert found.header.samples == {"order_number": "S00042"}
    assert list(found.body.samples) == ["first_name", "order_number", "amount"]


def test_the_text_tells_the_format_when_meta_does_not():
    assert sample("promo__paused").parameter_format == "named"
    assert template({"components": [{"type": "body", "text": "a {{1}}"}]}).is_named is False


@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_headers_with_files(kind):
    header = sample(f"quotation__{kind}_header").header
    assert header.format == kind
    assert header.media_sample.startswith("https://")


def test_offers_flows_codes_and_cards():
    offer = sample("spring_offer__limited_time")
    assert offer.offer == Offer("Spring sale", True)
    assert offer.buttons[0].sample == "SPRING25"
    (flow,) = sample("survey__flow").buttons
    assert (flow.flow_uid, flow.flow_action, flow.flow_screen) == (
        "1234567890",
        "navigate",
        "WELCOME",
    )
    code = sample("login_code__otp_button")
    assert code.body == Body(add_security_recommendation=True)
    assert code.footer.code_expiration_minutes == 5
    assert (code.buttons[0].kind, code.buttons[0].otp_type) == ("otp", "one_tap")
    assert code.buttons[0].extra["supported_apps"][0]["package_name"] == "com.example"
    first, second = sample("new_chairs__carousel").cards
    assert first.header.format == "image"
    assert second.body.samples == {"1": "No 2"}
    assert [button.kind for button in second.buttons] == ["quick_reply", "url"]


def test_what_meta_may_add_is_kept_and_named():
    found = sample("novelty__not_yet_known")
    assert (found.status, found.category) == ("unknown", "other")
    assert found.raw["status"] == "HIBERNATING"
    (other,) = found.others
    assert other == OtherComponent("hologram", row("novelty__not_yet_known")["components"][1])
    (button,) = found.buttons
    assert button == Button("teleport", "Beam", extra={"target": {"planet": "Mars"}})


@pytest.mark.parametrize("name", NAMES)
def test_reading_and_writing_loses_nothing(name):
    assert template({**row(name), "components": components_json(sample(name))}) == sample(name)
    for raw in row(name)["components"]:
        written = component_json(component(raw), sample(name).is_named)
        assert shapes(written) == shapes(raw)


def shapes(value):
    """Even out the spellings that Meta uses side by side."""
    if isinstance(value, dict):
        value = {key: shapes(part) for key, part in value.items()}
        if value.get("type") == "COPY_CODE" and isinstance(value["example"], list):
            value["example"] = value["example"][0]
        if "flow_id" in value:
            value |= {"flow_id": str(value["flow_id"]), "flow_action": "navigate"}
        return value
    return [shapes(part) for part in value] if isinstance(value, list) else value


def test_pages():
    rows = [row("hello_world__plain"), "odd", row("survey__flow")]
    paging = {"cursors": {"before": "a", "after": "CURSOR"}, "next": "https://graph/leaky"}
    page = template_page({"data": rows, "paging": paging})
    assert [found.name for found in page.templates] == ["hello_world", "survey"]
    assert page.after == "CURSOR"
    assert template_page({"data": rows, "paging": {"cursors": {"after": "END"}}}).after == ""
    assert template_page({"data": "x", "paging": []}).templates == ()


def test_what_creates_a_template():
    template_ = Template(
        name="order_ready",
        language="ar",
        category="utility",
        parameter_format="named",
        ttl_seconds=3600,
        components=(
            Header("document", media_sample="4::handle"),
            Body("Hi {{first_name}}, come.", {"first_name": "Ana", "gone": "x"}),
        ),
    )
    assert create_payload(template_) == {
        "name": "order_ready",
        "language": "ar",
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "message_send_ttl_seconds": 3600,
        "components": [
            {"type": "HEADER", "format": "DOCUMENT", "example": {"header_handle": ["4::handle"]}},
            {
                "type": "BODY",
                "text": "Hi {{first_name}}, come.",
                "example": {
                    "body_text_named_params": [{"param_name": "first_name", "example": "Ana"}]
                },
            },
        ],
    }


def test_examples_by_position_leave_room_for_missing_ones():
    body = component_json(Body("{{2}} and {{3}} of {{1}}", {"3": "c", "1": "a"}))
    assert body["example"] == {"body_text": [["a", "", "c"]]}
    assert "example" not in component_json(Body("{{1}}"))


@pytest.mark.parametrize(
    ("status", "told"), [("approved", False), ("rejected", True), ("paused", True)]
)
def test_the_category_of_an_approved_template_is_not_edited(status, told):
    current = Template("a", "en", "utility", status=status)
    payload = edit_payload(Template("a", "en", "marketing", (Body("x"),), ttl_seconds=60), current)
    assert payload.get("category") == ("MARKETING" if told else None)
    assert payload["components"] == [{"type": "BODY", "text": "x"}]
    assert payload["message_send_ttl_seconds"] == 60
    assert edit_payload(current, current) == {"components": []}


def test_the_digest_tells_content_from_addresses():
    raw = row("quotation__image_header")
    before = content_digest(template(raw))
    raw["components"][0]["example"]["header_handle"] = ["https://scontent.example.com/other"]
    assert content_digest(template(raw)) == before
    raw["components"][1]["text"] += "!"
    assert content_digest(template(raw)) != before


ODD = (None, True, 7, -1.5, "", "x", "{{1}}", [], ["x"], [[]], {}, {"type": "BODY"}, {"text": 3})
KEYS = (
    "type",
    "format",
    "text",
    "example",
    "buttons",
    "cards",
    "components",
    "limited_time_offer",
    "header_handle",
    "body_text",
    "header_text_named_params",
    "url",
    "flow_id",
)
TYPES = ("HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "", 5)


def odd_value(chance, depth):
    if depth and chance.random() < 0.6:
        if chance.random() < 0.4:
            return [odd_value(chance, depth - 1) for _ in range(chance.randrange(3))]
        value = {key: odd_value(chance, depth - 1) for key in chance.sample(KEYS, 4)}
        return value | {"type": chance.choice(TYPES)}
    return chance.choice(ODD)


def mutated(chance, value):
    """Return ``value`` with one part, somewhere, replaced by something odd."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        return value | {key: mutated(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], mutated(chance, value[at]), *value[at + 1 :]]
    return odd_value(chance, 3)


@pytest.mark.parametrize("seed", range(8))
def test_no_shape_is_too_odd(seed):
    chance = random.Random(seed)
    for _ in range(250):
        raw = row(chance.choice(NAMES))
        for _change in range(chance.randrange(1, 4)):
            raw = mutated(chance, raw)
        found = template(raw if isinstance(raw, dict) else {"components": raw})
        again = template({"components": components_json(found)})
        assert [type(part) for part in again.components] == [type(p) for p in found.components]
        content_digest(found)


def test_cards_within_cards_are_not_followed():
    raw = {"type": "CAROUSEL", "cards": []}
    for _depth in range(300):
        raw = {"type": "CAROUSEL", "cards": [{"components": [raw]}]}
    found = component(raw)
    assert isinstance(found, Carousel)
    assert isinstance(found.cards[0].others[0], OtherComponent)
