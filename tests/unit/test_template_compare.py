"""Two versions of a template, compared part by part."""

import dataclasses

import pytest
from cloud_api.templates.compare import Difference, differences
from cloud_api.templates.model import Body, Button, Buttons, Footer, Header, Template

from tests.unit.template_samples import NAMES, sample

ORDER = Template(
    "order_ready",
    "en_US",
    "utility",
    (
        Header("text", "Order {{1}}"),
        Body("It is ready.", {"1": "S1"}),
        Buttons((Button("url", "Open", url="https://x.example/{{1}}"), Button("catalog"))),
    ),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_like_itself(name):
    assert differences(sample(name), sample(name)) == []


def test_changed_added_and_removed_parts():
    changed = dataclasses.replace(
        ORDER,
        components=(
            Header("image"),
            Body("It is *ready*.", {"1": "S1"}),
            Footer("Your shop"),
        ),
    )
    assert differences(ORDER, changed) == [
        Difference("header", "Order {{1}}", "[image]"),
        Difference("body", "It is ready.", "It is *ready*."),
        Difference("footer", "", "Your shop"),
        Difference("buttons", "[Open] https://x.example/{{1}}\n[catalog]", ""),
    ]


def test_cards_are_compared_with_their_texts():
    chairs = sample("new_chairs__carousel")
    (found,) = differences(dataclasses.replace(chairs, components=(chairs.body,)), chairs)
    assert found.part == "cards"
    assert chairs.cards[0].body.text in found.theirs


def test_what_is_not_shown_differs_in_details():
    other = dataclasses.replace(
        ORDER, components=(ORDER.components[0], Body("It is ready."), ORDER.components[2])
    )
    assert differences(ORDER, other) == []  # a sample without a variable is not told to Meta
    variable = dataclasses.replace(ORDER, components=(Body("For {{1}}.", {"1": "S1"}),))
    sampled = dataclasses.replace(ORDER, components=(Body("For {{1}}.", {"1": "S2"}),))
    assert differences(variable, sampled) == [Difference("details", "", "")]
