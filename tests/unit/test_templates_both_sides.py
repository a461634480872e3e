"""The addon builds what the simulator takes, and finds before what the simulator refuses."""

import random

import pytest
from cloud_api.contents import Location
from cloud_api.templates.lint import has_errors, lint
from cloud_api.templates.model import Body, Button, Buttons, Footer, Header, Template
from cloud_api.templates.read import template as read_template
from cloud_api.templates.refusals import read_refusal
from cloud_api.templates.render import render
from cloud_api.templates.send import obstacles, template_content
from cloud_api.templates.values import MediaFile, TemplateValueError
from cloud_api.templates.write import components_json

from simulator.graph_errors import GraphError
from simulator.graph_kinds import CHECKS
from simulator.templates.components import check_components
from simulator.templates.filling import fill
from simulator.templates.model import Template as MetaTemplate
from tests.unit.template_samples import NAMES, row, sample
from tests.unit.test_template_send import values_for

META_WORDS = {"BODY": "*{{1}}* is your verification code.", "FOOTER": "This code expires."}
SENT = [name for name in NAMES if not obstacles(sample(name))]


def meta_template(raw):
    """Return a sample template as the simulator keeps it."""
    raw = {"parameter_format": "POSITIONAL"} | raw
    components = [dict(part) for part in raw["components"]]
    for part in components:
        if part["type"] in META_WORDS:
            part.setdefault("text", META_WORDS[part["type"]])
    values = {key: raw[key] for key in ("name", "language", "category", "parameter_format")}
    return MetaTemplate(uid="1", account_uid="9", components=components, **values)


@pytest.mark.parametrize("name", SENT)
def test_what_is_sent_is_taken_and_shown_alike(name):
    template, values = sample(name), values_for(sample(name))
    shown = fill(meta_template(row(name)), template_content(template, values), CHECKS)
    expected = render(template, values)
    if template.body.text:
        assert shown["body"] == expected.body
    for button, seen in zip(expected.buttons, shown["buttons"], strict=True):
        if button.kind == "url" and template.category != "authentication":
            assert seen["url"] == button.target
        if button.payload:
            assert seen["id"] == button.payload
    assert [card["body"] for card in shown.get("cards", [])] == [c.body for c in expected.cards]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("order_update__positional", "body.2", ""),
        ("order_update__positional", "body.2", " "),
        ("order_update__positional", "body.2", "a\nb"),
        ("order_update__positional", "body.2", "a\tb"),
        ("order_update__positional", "body.2", "a     b"),
        ("order_update__positional", "body.2", "x" * 1000),
        ("order_update__positional", "header.1", ""),
        ("order_update__positional", "header.1", "x" * 60),
        ("order_update__positional", "button.2.url_suffix", ""),
        ("order_update__arabic_named", "body.amount", ""),
        ("quotation__image_header", "header.image", MediaFile()),
        ("delivery__location_header", "header.location", Location(91, 0, "a", "b")),
        ("delivery__location_header", "header.location", Location(1, 0, "a")),
        ("coupon__copy_code", "button.0.copy_code", ""),
        ("coupon__copy_code", "button.0.copy_code", "x" * 21),
        ("new_chairs__carousel", "card.1.body.1", ""),
    ],
)
def test_both_refuse_a_value(name, key, value):
    template, values = sample(name), values_for(sample(name))
    with pytest.raises(TemplateValueError) as caught:
        template_content(template, values | {key: value})
    assert caught.value.slot.key == key
    good = template_content(template, values)
    with pytest.raises(GraphError):
        fill(meta_template(row(name)), spoiled(good, values[key], value), CHECKS)


def spoiled(built, good, bad):
    """Return a body with one value replaced, past all checks of ours."""
    if isinstance(good, Location):
        place = {"latitude": str(bad.latitude), "longitude": "0", "name": bad.name}
        good, bad = "30.5", place | {"address": bad.address}
    if isinstance(good, MediaFile):
        good, bad = good.media_uid, bad.media_uid
    if isinstance(built, list):
        return [spoiled(part, good, bad) for part in built]
    if isinstance(built, dict):
        if isinstance(bad, dict) and built.get("latitude") == good:
            return bad
        return {key: spoiled(part, good, bad) for key, part in built.items()}
    return bad if built == good else built


def test_a_refusal_of_the_simulator_names_the_variable():
    name = "order_update__positional"
    values = values_for(sample(name))
    for key, value in (("body.2", ""), ("button.2.url_suffix", ""), ("header.1", "")):
        content = spoiled(template_content(sample(name), values), values[key], value)
        with pytest.raises(GraphError) as caught:
            fill(meta_template(row(name)), content, CHECKS)
        found = read_refusal(sample(name), values, caught.value.code, caught.value.details)
        assert key in [slot.key for slot in found.slots]


def refused(template):
    """Return whether the simulator refuses to create a template."""
    try:
        check_components(
            components_json(template),
            template.category.upper(),
            template.is_named,
            lambda handle, _kind: handle.startswith("4::"),
        )
    except GraphError:
        return True
    return False


WORDS = (
    *("Hello", "your order", "is on its way", "to you today", "thanks", "مرحبا", "طلبك في الطريق"),
    *("{{1}}", "{{2}}", "{{1}}", "{{name}}", "{{Name}}", "{{3}}", "{{", "}}", "{1}", "{{ 1 }}"),
    *("\n", "\n\n\n", "     ", ".", ",", "*", "👍", "-", "x" * 50, "y" * 700),
)


def any_text(chance, most):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(most + 1)))


def any_button(chance):
    kind = chance.choice(["quick_reply", "url", "phone_number", "copy_code", "flow", "voice_call"])
    addresses = ("https://a.example", "https://a.example/{{1}}", "{{1}}", "https://{{1}}", "x", "")
    return Button(
        kind,
        chance.choice(["Yes", "No", "Open", "x" * 26, "", "Hi {{1}}", "a\nb"]),
        url=chance.choice(addresses) if kind == "url" else "",
        sample=chance.choice(["", "A", "x" * 21]),
        phone_number=chance.choice(["", "+15550001111", "12"]) if kind == "phone_number" else "",
        flow_uid=chance.choice(["", "1"]) if kind == "flow" else "",
    )


def any_new_template(chance):
    samples = {key: chance.choice(["Ana", "Ana", "Ana", ""]) for key in ("1", "2", "3", "name")}
    formats = ["text", "text", "image", "document", "location", "hologram"]
    body = Body(any_text(chance, 9), samples)
    handle = chance.choice(["", "4::handle", "https://scontent/x"])
    header = Header(chance.choice(formats), any_text(chance, 3), samples, handle)
    if header.format != "text":
        header = Header(header.format, media_sample=handle)
    parts = [header] if chance.random() < 0.4 else []
    parts.append(body)
    if chance.random() < 0.3:
        parts.append(Footer(any_text(chance, 3)))
    if chance.random() < 0.5:
        parts.append(Buttons(tuple(any_button(chance) for _ in range(chance.randrange(1, 4)))))
    category = chance.choice(["utility", "marketing"])
    return Template("a", "en", category, tuple(parts), chance.choice(["positional", "named"]))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_simulator_refuses_was_found_before(seed):
    chance = random.Random(seed)
    counts = {True: 0, False: 0}
    for _ in range(400):
        template = any_new_template(chance)
        is_refused = refused(template)
        counts[is_refused] += 1
        assert has_errors(lint(template)) or not is_refused, template
    assert min(counts.values()) > 5


def with_handles(value):
    """Return JSON of a template with its example files uploaded anew."""
    if isinstance(value, list):
        return [with_handles(part) for part in value]
    if isinstance(value, dict):
        found = {key: with_handles(part) for key, part in value.items()}
        return found | ({"header_handle": ["4::handle"]} if "header_handle" in found else {})
    return value


@pytest.mark.parametrize("name", [name for name in SENT if not name.startswith("login")])
def test_sample_templates_could_be_submitted_again(name):
    found = read_template(with_handles(row(name)))
    assert not has_errors(lint(found))
    assert not refused(found)
