"""What Meta would object to in a template."""

import dataclasses
import random
import re

import pytest
from cloud_api.templates import lint as linter
from cloud_api.templates.finding_texts import TEXTS, explain
from cloud_api.templates.lint import ERROR, WARNING, has_errors, lint
from cloud_api.templates.model import (
    Body,
    Button,
    Buttons,
    Card,
    Carousel,
    Footer,
    Header,
    Offer,
    OtherComponent,
    Template,
)
from cloud_api.templates.read import template
from cloud_api.templates.write import create_payload

from tests.unit.template_samples import NAMES, sample
from tests.unit.test_template_read import mutated

GOOD = "Hello {{1}}, your order {{2}} is on its way to you today."
GOOD_BODY = Body(GOOD, {"1": "Ana", "2": "S00042"})
REPLY = Button("quick_reply", "Yes")
LINK = Button("url", "Open", "https://shop.example.com/{{1}}", "https://shop.example.com/1")
PICTURE = Header("image", media_sample="4::handle")
CARD = Card((PICTURE, Body("A chair for you."), Buttons((REPLY,))))


def make(*parts, **changed):
    """Return a template that has nothing wrong but ``parts`` and ``changed``."""
    if not any(isinstance(part, Body) for part in parts):
        parts = (*parts, GOOD_BODY)
    values = {"name": "order_sent", "language": "en_US", "category": "utility"}
    return Template(components=parts, **values | changed)


def buttons(*some):
    return make(Buttons(some))


def codes(template, severity=""):
    return [f.code for f in lint(template) if severity in ("", f.severity)]


def test_a_good_template_has_no_findings():
    good = make(
        Header("text", "Order {{1}}", {"1": "S00042"}),
        GOOD_BODY,
        Footer("Ideal Wood"),
        Buttons((REPLY, Button("quick_reply", "No"), LINK)),
    )
    assert lint(good) == []
    assert not has_errors([])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": ""}, "name_missing"),
        ({"name": "Order-Sent"}, "name_pattern"),
        ({"name": "طلب"}, "name_pattern"),
        ({"name": "x" * 513}, "too_long"),
        ({"language": ""}, "language_missing"),
        ({"category": "other"}, "category_missing"),
        ({"ttl_seconds": 29}, "ttl_range"),
        ({"ttl_seconds": 43_201}, "ttl_range"),
        ({"category": "marketing", "ttl_seconds": 600}, "ttl_range"),
    ],
)
def test_the_frame(changed, code):
    assert codes(make(**changed)) == [code]
    assert has_errors(lint(make(**changed)))


def test_what_is_allowed_of_the_frame():
    assert lint(make(name="x" * 512, ttl_seconds=43_200)) == []
    assert lint(make(ttl_seconds=-1)) == []
    assert codes(make(language="xx"), WARNING) == ["language_unknown"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["text_missing"]),
        (" \n ", ["text_missing"]),
        ("x {{1}} " + "y" * 1020, ["too_long", "too_many_variables"]),
        ("{{1}}, your order is on its way to you", ["variable_at_start"]),
        ("*{{1}}*, your order is on its way to you", ["variable_at_start"]),
        ("Hello, your order is on its way to {{1}}", ["variable_at_end"]),
        ("Hello, your order is on its way to *{{1}}* \n", ["variable_at_end"]),
        ("Hello, here are the goods {{1}} {{2}} that you wanted", ["variables_adjacent"]),
        ("Hello, here are the goods {{1}}{{2}} that you wanted", ["variables_adjacent"]),
        ("Hello {{2}}, your order is on its way", ["variables_not_sequential"]),
        ("Hello {{1}}, your order {{3}} is on its way to you", ["variables_not_sequential"]),
        ("Hello {{0}}, your order is on its way", ["variables_not_sequential"]),
        ("Hello {{01}}, your order is on its way", ["variables_not_sequential"]),
        ("Hello {{ana}}, your order is on its way", ["variable_word"]),
        ("Hello {{1}, your order is on its way", ["variable_malformed"]),
        ("Hello {{}}, your order is on its way", ["variable_malformed"]),
        ("Hello {{first name}}, your order is on its way", ["variable_malformed"]),
        ("Hello {{ 1 }}, your order is on its way", ["variable_malformed"]),
        ("Your order is on its way to you, {{1}}.", ["variable_at_end"]),
        ("“{{1}}” is the order that we sent you", ["variable_at_start"]),
        ("Hello {{1}}, {{2}} and {{3}} are here", ["too_many_variables"]),
        ("Hello {{1}},\n\n\nyour order is on its way", ["blank_lines"]),
        ("Hello {{1}},     your order is on its way", ["wide_gap"]),
    ],
)
def test_bodies_that_meta_refuses(text, expected):
    samples = dict.fromkeys(("0", "01", "1", "2", "3", "ana"), "x")
    body = make(Body(text, samples), category="marketing")
    assert codes(body) == expected
    assert has_errors(lint(body))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("👍 {{1}} is the order that we sent you", ["variable_at_start"]),
        ("Hello {1} or {{1}}, your order is on its way", ["single_braces"]),
        ("Hello {{1}} " + "👍🏽" * 11 + " we have new chairs", ["too_many_emoji"]),
    ],
)
def test_bodies_that_meta_may_refuse(text, expected):
    body = make(Body(text, dict.fromkeys("123", "x")), category="marketing")
    assert codes(body) == expected
    assert not has_errors(lint(body))


@pytest.mark.parametrize(
    "text",
    [
        "x {{1}} y z " + "y" * 1012,
        "Hello {{1}},\n\nyour order\nis on its way",
        "Hello {{1}} " + "👨‍👩‍👧" * 10 + " we have new chairs",
        "Hello {{1}} – {{2}} of your orders are on their way",
        "Hello {{2}}, order {{1}} is on its way to you",
        "مرحبا {{1}}، طلبك رقم {{2}} في الطريق إليك الآن.",
        "Hello {{1}} and {{1}}, your order is on its way",
    ],
)
def test_bodies_that_are_good(text):
    assert lint(make(Body(text, {"1": "x", "2": "y"}), category="marketing")) == []


def test_variables_with_names():
    def named(text, **samples):
        return codes(make(Body(text, samples), parameter_format="named"))

    assert named("Hello {{first_name}}, your order is here", first_name="Ana") == []
    assert named("Hello {{First}}, your order is here", First="Ana") == ["variable_name"]
    assert named("Hello {{_x}}, your order is here now", _x="Ana") == ["variable_name"]
    assert named("Hello {{1}}, your order is here now") == ["variable_number", "sample_missing"]
    assert named(f"Hello {{{{{'x' * 65}}}}}, your order is here", **{"x" * 65: "y"}) == [
        "variable_name"
    ]


@pytest.mark.parametrize("missing", ["", " "])
def test_every_variable_needs_an_example(missing):
    (finding,) = lint(make(Body(GOOD, {"1": "Ana", "2": missing})))
    assert (finding.code, finding.part, finding.variable) == ("sample_missing", "body", "2")
    assert codes(make(Body(GOOD, {"1": "{{1}}", "2": "x"}))) == ["sample_is_variable"]
    assert codes(make(Body(GOOD, {"1": "\nAna", "2": "x"}))) == ["sample_line_break"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (Header("text", ""), ["text_missing"]),
        (Header("text", "x" * 61), ["too_long"]),
        (Header("text", "a\nb"), ["line_break"]),
        (Header("text", "Order 👍"), ["emoji"]),
        (Header("text", "Your *order*"), ["markup"]),
        (Header("text", "Your _order_"), ["markup"]),
        (Header("text", "{{1}} and {{2}}", {"1": "a", "2": "b"}), ["header_variables"]),
        (Header("text", "Order {{1}}"), ["sample_missing"]),
        (Header("image"), ["media_sample_missing"]),
        (Header("document", media_sample="https://scontent/x"), ["media_sample_address"]),
        (Header("hologram"), ["header_unknown"]),
        (Header("location"), []),
        (PICTURE, []),
        (Header("text", "x" * 60), []),
        (Header("text", "snake_case_name"), []),
    ],
)
def test_headers(header, expected):
    assert codes(make(header)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["text_missing"]),
        ("x" * 61, ["too_long"]),
        ("Reply {{1}}", ["variable_not_allowed"]),
        ("a\nb", ["line_break"]),
        ("Thanks 🙏", ["emoji"]),
        ("x" * 60, []),
    ],
)
def test_footers(text, expected):
    assert codes(make(Footer(text))) == expected


@pytest.mark.parametrize(
    ("some", "code", "part"),
    [
        ([Button("quick_reply", f"B{n}") for n in range(11)], "too_many_buttons", "buttons"),
        (
            [Button("url", f"B{n}", "https://a.example") for n in range(3)],
            "too_many_of_kind",
            "buttons",
        ),
        (
            [Button("phone_number", f"B{n}", phone_number="+15550001111") for n in range(2)],
            "too_many_of_kind",
            "buttons",
        ),
        ([Button("copy_code", sample="A")] * 2, "too_many_of_kind", "buttons"),
        ([REPLY, LINK, Button("quick_reply", "No")], "quick_replies_split", "buttons"),
        ([REPLY, Button("url", "YES ", "https://a.example")], "label_twice", "buttons.1"),
        ([Button("quick_reply", "")], "text_missing", "buttons.0"),
        ([Button("quick_reply", "x" * 26)], "too_long", "buttons.0"),
        ([Button("quick_reply", "Hi {{1}}")], "variable_not_allowed", "buttons.0"),
        ([Button("quick_reply", "Yes 👍")], "emoji", "buttons.0"),
        ([Button("url", "Go")], "url_missing", "buttons.0"),
        ([Button("url", "Go", "shop.example.com")], "url_invalid", "buttons.0"),
        ([Button("url", "Go", "https://{{1}}", "x")], "url_invalid", "buttons.0"),
        ([Button("url", "Go", "https://[x")], "url_invalid", "buttons.0"),
        ([Button("url", "Go", "javascript:alert(1)")], "url_invalid", "buttons.0"),
        ([Button("url", "Go", "https://a.example/" + "x" * 1990)], "too_long", "buttons.0"),
        ([Button("url", "Go", "https://a.example/{{1}}/x", "1")], "url_variable", "buttons.0"),
        ([Button("url", "Go", "https://a.example/{{1}}{{2}}", "1")], "url_variable", "buttons.0"),
        ([Button("url", "Go", "https://a.example/{{x}}", "1")], "url_variable_name", "buttons.0"),
        ([Button("url", "Go", "https://a.example/{{1}}")], "sample_missing", "buttons.0"),
        ([Button("url", "Go", "https://wa.me/15550001111")], "url_of_chat", "buttons.0"),
        ([Button("url", "Go", "https://www.bit.ly/abc")], "url_short", "buttons.0"),
        ([Button("phone_number", "Call")], "phone_missing", "buttons.0"),
        ([Button("phone_number", "Call", phone_number="5550001111")], "phone_invalid", "buttons.0"),
        ([Button("phone_number", "Call", phone_number="+12")], "phone_invalid", "buttons.0"),
        ([Button("copy_code")], "code_missing", "buttons.0"),
        ([Button("copy_code", sample="x" * 21)], "too_long", "buttons.0"),
        ([Button("flow", "Open")], "flow_missing", "buttons.0"),
        ([Button("teleport", "Beam")], "button_unknown", "buttons.0"),
    ],
)
def test_buttons(some, code, part):
    (finding,) = lint(buttons(*some))
    assert (finding.code, finding.part) == (code, part)


def test_buttons_that_are_good():
    quick = [Button("quick_reply", f"B{n}") for n in range(5)]
    others = [LINK, Button("phone_number", "Call", phone_number="+1 555 000 1111")]
    flow = Button("flow", "Form", flow_uid="1")
    code = Button("copy_code", sample="x" * 20)
    assert lint(buttons(*quick, *others, flow, code)) == []
    assert lint(buttons(*others, *quick)) == []


def offer_template(*parts, **changed):
    values = {"category": "marketing"} | changed
    return make(PICTURE, Offer("Spring", True), GOOD_BODY, *parts, **values)


@pytest.mark.parametrize(
    ("template_", "expected"),
    [
        (offer_template(Buttons((LINK,))), []),
        (offer_template(Buttons((LINK,)), category="utility"), ["offer_category"]),
        (offer_template(Buttons((LINK,)), Footer("x")), ["offer_footer"]),
        (offer_template(), ["offer_button"]),
        (make(Offer("x" * 17), Buttons((LINK,)), category="marketing"), ["too_long"]),
        (make(Offer(""), Buttons((LINK,)), category="marketing"), ["text_missing"]),
        (
            make(Header("text", "Hi"), Offer("x"), Buttons((LINK,)), category="marketing"),
            ["offer_header"],
        ),
        (
            make(Offer("x"), Body("a" * 601), Buttons((LINK,)), category="marketing"),
            ["too_long"],
        ),
    ],
)
def test_offers(template_, expected):
    assert codes(template_) == expected


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ((CARD, CARD), []),
        ((CARD,), ["cards_count"]),
        ((CARD,) * 11, ["cards_count"]),
        ((CARD, Card((PICTURE, Body("x"), Buttons((LINK,))))), ["cards_differ"]),
        (
            (CARD, Card((Header("video", media_sample="4::h"), Body("x"), Buttons((REPLY,))))),
            ["cards_differ"],
        ),
        ((Card((PICTURE,)),) * 2, ["card_buttons"] * 2),
        ((Card((Header("text", "x"), Buttons((REPLY,)))),) * 2, ["card_header"] * 2),
        ((Card((PICTURE, Body("x" * 161), Buttons((REPLY,)))),) * 2, ["too_long"] * 2),
        ((Card((PICTURE, Body("a\nb\nc\nd"), Buttons((REPLY,)))),) * 2, ["card_lines"] * 2),
        (
            (Card((Header("image"), Buttons((REPLY,)))),) * 2,
            ["media_sample_missing"] * 2,
        ),
    ],
)
def test_cards(cards, expected):
    assert codes(make(Carousel(cards), category="marketing")) == expected


def test_beside_cards_there_is_only_a_text():
    found = lint(make(Carousel((CARD, CARD)), Footer("x"), Buttons((REPLY,)), category="marketing"))
    assert [(f.code, f.part) for f in found] == [
        ("carousel_extra", "footer"),
        ("carousel_extra", "buttons"),
    ]


def test_what_is_not_known_is_only_warned_of():
    found = lint(make(OtherComponent("hologram", {})))
    assert [(f.code, f.severity) for f in found] == [("component_unknown", WARNING)]


def test_meta_words_codes_itself():
    assert codes(sample("login_code__otp_button")) == []
    assert codes(sample("login_code__authentication")) == ["authentication_fixed"]


# Explanations


def test_every_finding_has_its_words_and_every_word_its_finding():
    folder = linter.__file__.rpartition("/")[0]
    source = (
        "".join(
            open(f"{folder}/lint{name}.py", encoding="utf-8").read()
            for name in ("", "_buttons", "_cards", "_parts", "_words")
        )
        + open(f"{folder}/finding.py", encoding="utf-8").read()
    )
    used = {*re.findall(r'(?:error|warning|_named|_edge)\(\s*"(\w+)"', source)}
    assert used == set(TEXTS)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_found_can_be_explained(seed):
    chance = random.Random(seed)
    for _ in range(150):
        raw = create_payload(sample(chance.choice(NAMES)))
        for _change in range(3):
            raw = mutated(chance, raw)
        found = lint(template(raw if isinstance(raw, dict) else {}))
        for finding in found:
            assert finding.severity in (ERROR, WARNING)
            words = explain(finding)
            assert all(dataclasses.astuple(words))


def test_the_words():
    (finding,) = lint(make(Body(GOOD, {"1": "Ana"})))
    words = explain(finding)
    assert words.what == "The variable 2 has no example."
    assert words.why and words.advice
    (finding,) = lint(make(Body("Hello {{ 1 }}, your order is here", {"1": "x"})))
    assert explain(finding).what.endswith("{{ 1 }}")
    assert "{{1}} or {{first_name}}" in explain(finding).why
    (finding,) = lint(make(Body("Hello {{1}}, your beer and wine are here", {"1": "x"})))
    assert explain(finding).what == "The text seems to be about alcohol: beer, wine."
