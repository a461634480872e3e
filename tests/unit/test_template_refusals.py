"""Meta's refusals of messages from templates: the class, and the variable that is meant."""

import random
import string

import pytest
from cloud_api.errors import ERROR_TABLE
from cloud_api.templates.refusals import _BY_CODE, REASONS, Refusal, read_refusal
from cloud_api.templates.slots import slots

from tests.unit.template_samples import sample
from tests.unit.test_template_send import ORDER, values_for

BODY = ("body.1", "body.2", "body.3", "body.4")


def meant(found):
    return (found.reason, found.component, tuple(slot.key for slot in found.slots))


@pytest.mark.parametrize(
    ("code", "details", "expected"),
    [
        (
            132000,
            "body: number of localizable_params (2) does not match the expected number (1)",
            ("count", "body", BODY),
        ),
        (
            132000,
            "header: number of localizable_params (0) does not match the expected number (1)",
            ("count", "header", ("header.1",)),
        ),
        (
            131008,
            "buttons: Button at index 2 of type Url requires a parameter",
            ("variables", "button", ("button.2.url_suffix",)),
        ),
        (
            132012,
            "header: Format mismatch, expected IMAGE, received UNKNOWN",
            ("variables", "header", ("header.1",)),
        ),
        (
            100,
            "Param template['components'][1]['parameters'][2]['text'] must be a string.",
            ("variables", "body", ("body.3",)),
        ),
        (
            100,
            "Param template['components'][2]['sub_type'] must be one of {URL} - got \"x\".",
            ("variables", "button", ("button.2.url_suffix",)),
        ),
        (
            100,
            "Param template['components'][9]['parameters'][0] is not valid",
            ("variables", "", ()),
        ),
        (
            100,
            "buttons: **Button at index 4 is of type Call and does not support parameters**",
            ("other", "button", ()),
        ),
        (132005, "Translated text too long", ("too_long", "", ())),
        (132001, "template name (x) does not exist in en", ("gone", "", ())),
        (132007, "", ("policy", "", ())),
        (132015, "", ("paused", "", ())),
        (132016, "", ("disabled", "", ())),
        (132068, "", ("flow", "", ())),
        (131049, "Meta chose not to deliver", ("per_user_limit", "", ())),
        (131050, "", ("stopped", "", ())),
        (131064, "", ("misuse", "", ())),
        (131053, "", ("media", "", ())),
        (131008, "The parameter to is required", ("other", "", ())),
        (131026, "", ("other", "", ())),
        (0, "", ("other", "", ())),
    ],
)
def test_what_meta_means(code, details, expected):
    assert meant(read_refusal(sample("order_update__positional"), ORDER, code, details)) == expected


def test_buttons_without_a_value_are_not_counted():
    template = sample("order_update__positional")
    details = "Param template['components'][2]['parameters'][0]['payload'] is too long"
    values = ORDER | {"button.1.payload": "x"}
    found = read_refusal(template, values, 131009, details)
    assert meant(found) == ("variables", "button", ("button.1.payload",))


def test_named_variables_are_found_by_name():
    template = sample("order_update__arabic_named")
    values = values_for(template)
    found = read_refusal(template, values, 132018, "Parameter amount is not valid for body")
    assert meant(found) == ("variables", "body", ("body.amount",))
    found = read_refusal(template, values, 132018, "Parameter amounts is not valid")
    assert meant(found) == ("variables", "", ())


def test_when_templates_have_to_be_read_again():
    assert [reason for reason in REASONS if Refusal(reason).needs_sync] == [
        "count",
        "gone",
        "paused",
        "disabled",
    ]


def test_the_codes_are_known_ones():
    assert set(_BY_CODE) <= set(ERROR_TABLE)
    assert set(_BY_CODE.values()) < set(REASONS)


@pytest.mark.parametrize("seed", range(3))
def test_any_details_are_read(seed):
    chance = random.Random(seed)
    pieces = (
        *("body", "header", "buttons", ": ", "['components'][0]", "['components'][999]"),
        *("['parameters'][7]", "Button at index 1", "amount", "\n", *string.printable),
    )
    for _ in range(300):
        template = sample(chance.choice(["order_update__positional", "new_chairs__carousel"]))
        details = "".join(chance.choice(pieces) for _ in range(8))
        code = chance.choice([100, 131008, 132000, 132012, 1])
        found = read_refusal(template, values_for(template), code, details)
        assert found.reason in REASONS
        assert set(found.slots) <= set(slots(template))
