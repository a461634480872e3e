"""Every sample file and what it is read as; a new sample must be listed here."""

import pytest
from cloud_api.parse import parse_webhook

from tests.unit.conftest import SAMPLES

# Messages of kinds that are read; every other message keeps its type and an Unknown content.
READ_KINDS = {"text": "Text", "image": "Media"}

SEVERAL = {
    "batch__mixed": 7,
    "batch__one_poison_in_ten": 10,
    "batch__statuses_out_of_order": 3,
    "batch__two_senders": 2,
}
UNHANDLED = {"message_text__without_id", "status_payment__captured"}

NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))


def _expected_class(name):
    if name in UNHANDLED or "unknown__" in name:
        return "UnhandledEvent"
    return {"message": "InboundMessage", "status": "StatusUpdate", "error": "ErrorReport"}[
        name.partition("_")[0]
    ]


def test_the_names_say_event_and_variant():
    assert len(NAMES) > 60
    assert all(name.count("__") == 1 for name in NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SEVERAL])
def test_a_sample_of_one_event(sample, name):
    (event,) = parse_webhook(sample(name))
    assert type(event).__name__ == _expected_class(name)


@pytest.mark.parametrize(("name", "count"), SEVERAL.items())
def test_a_sample_of_several_events(sample, name, count):
    assert len(parse_webhook(sample(name))) == count


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.startswith("message_") and name not in UNHANDLED]
)
def test_a_message_sample_keeps_its_kind(sample, name):
    (event,) = parse_webhook(sample(name))
    expected = READ_KINDS.get(event.type, "Unknown")
    if name == "message_image__too_big":
        expected = "Unknown"
    assert type(event.content).__name__ == expected
    assert name.startswith(f"message_{event.type}__") or event.type == "hologram"
    assert event.raw["id"] == event.wamid
