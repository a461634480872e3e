"""Every sample file and what it is read as; a new sample must be listed here."""

import pytest
from cloud_api.parse import parse_webhook
from cloud_api.parse_fields import READ_FIELDS

from tests.unit.conftest import SAMPLES
from tests.unit.sample_events import CONTENTS, EVENTS, FIELDS, SEVERAL

NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))


def expected_event(name):
    """Return the class that a sample's name promises: that of its message, status or error."""
    by_prefix = {
        "message": "InboundMessage",
        "status": "StatusUpdate",
        "error": "ErrorReport",
        "object": "UnhandledEvent",
        "value": "UnhandledEvent",
    }
    if name.startswith("field_"):
        return EVENTS.get(name) or FIELDS[field_of(name)]
    return EVENTS.get(name) or by_prefix[name.partition("_")[0]]


def field_of(name):
    """Return the webhook field that the name of a sample tells."""
    return name.removeprefix("field_").partition("__")[0]


def test_the_names_say_event_and_variant():
    assert len(NAMES) > 170
    assert all(name.count("__") == 1 for name in NAMES)


def test_no_expectation_is_left_over():
    assert {*EVENTS, *SEVERAL} <= set(NAMES)
    assert {field_of(name) for name in NAMES if name.startswith("field_")} == set(FIELDS)


def test_every_field_of_the_reference_has_a_sample():
    assert READ_FIELDS - {"messages"} == set(FIELDS)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SEVERAL])
def test_a_sample_of_one_event(sample, name):
    (event,) = parse_webhook(sample(name))
    assert type(event).__name__ == expected_event(name)
    if name.startswith("field_"):
        assert event.field == field_of(name)


@pytest.mark.parametrize(("name", "expected"), SEVERAL.items())
def test_a_sample_of_several_events(sample, name, expected):
    assert [type(event).__name__ for event in parse_webhook(sample(name))] == expected


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.startswith("message_") and name not in EVENTS]
)
def test_a_message_sample_keeps_its_kind(sample, name):
    (event,) = parse_webhook(sample(name))
    kind = name.removeprefix("message_").partition("__")[0]
    assert type(event.content).__name__ == (CONTENTS.get(name) or CONTENTS[kind])
    assert event.type == ("hologram" if kind == "new_kind" else kind)
    assert event.raw["id"] == event.wamid
