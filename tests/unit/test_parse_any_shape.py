"""Whatever valid JSON arrives: no exception, at least one event, and no sibling lost."""

import copy
import json
import random
from datetime import timezone

import pytest
from cloud_api import events
from cloud_api.content_json import as_json
from cloud_api.content_text import text_of
from cloud_api.parse import parse_webhook
from cloud_api.parse_fields import READ_FIELDS

from tests.unit.conftest import SAMPLES

NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
MOST_PLACES = 24  # of one sample; what long samples leave out is the same as what they try
ODD_VALUES = [
    None,
    True,
    0,
    -1,
    10**17,
    1.5,
    "",
    "x",
    "\x00",
    "\ud800",
    "9" * 40,
    [],
    {},
    [[]],
    [None],
    ["a", 1],
    "-1e3",
    '{"a": [1, {"b": "c"}]}',
    "BEGIN:VCARD\nN:;;\nTEL;waid=x:\nEND:VCARD",
    {"id": 1},
    {"x": {"y": []}},
]


def _places(node, path=()):
    yield path
    if isinstance(node, (dict, list)):
        children = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in children:
            yield from _places(child, (*path, key))


def _replaced(payload, path, value):
    changed = copy.deepcopy(payload)
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def _removed(payload, path):
    changed = copy.deepcopy(payload)
    node = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return changed


def _check(found):
    assert found
    for event in found:
        json.loads(event.raw_json.encode())
        assert "\x00" not in repr(event)
        if isinstance(event, events.InboundMessage):
            assert event.wamid and event.type
            assert event.sent_at is None or event.sent_at.tzinfo is timezone.utc
        if isinstance(event, events.StatusUpdate):
            assert event.wamid and event.status
        if isinstance(event, events.UnhandledEvent):
            assert event.reason
        if isinstance(event, events.AccountEvent):
            json.dumps(event.value).encode()
        if content := getattr(event, "content", None):
            stored = json.dumps([as_json(content), text_of(content)], allow_nan=False)
            assert "\\u0000" not in stored and "\\ud800" not in stored


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_every_sample_replaced_or_removed(name, sample_json):
    payload = sample_json(name)
    chance = random.Random(name)
    places = [path for path in _places(payload) if path]
    for path in chance.sample(places, min(len(places), MOST_PLACES)):
        for odd in chance.sample(ODD_VALUES, 4):
            _check(parse_webhook(json.dumps(_replaced(payload, path, odd)).encode()))
        _check(parse_webhook(json.dumps(_removed(payload, path)).encode()))


def _any_json(chance, depth):
    if depth and chance.random() < 0.7:
        keys = chance.sample(KEYS, chance.randrange(1, 6))
        if chance.random() < 0.5:
            return {key: _any_json(chance, depth - 1) for key in keys}
        return [_any_json(chance, depth - 1) for _key in keys]
    return chance.choice(ODD_VALUES)


def _keys(node):
    if isinstance(node, dict):
        yield from node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, (dict, list)):
            yield from _keys(child)


# Every key that occurs in a sample, so that random objects reach every reader.
KEYS = sorted(
    {key for path in SAMPLES.glob("*.json") for key in _keys(json.loads(path.read_text()))}
)
MESSAGES = {
    name: json.loads((SAMPLES / f"{name}.json").read_text())["entry"][0]["changes"][0]["value"][
        "messages"
    ][0]
    for name in NAMES
    if name.startswith("message_")
}


def test_random_json():
    chance = random.Random(2026)
    for _round in range(400):
        payload = {key: _any_json(chance, 5) for key in chance.sample(KEYS, 6)}
        payload |= {"object": "whatsapp_business_account"}
        _check(parse_webhook(json.dumps(payload).encode()))


@pytest.mark.parametrize("field", sorted(READ_FIELDS))
def test_random_values_of_every_field(field):
    chance = random.Random(field)
    for _round in range(40):
        value = {key: _any_json(chance, 4) for key in chance.sample(KEYS, 12)}
        change = {"field": field, "value": value | {field: _any_json(chance, 4)}}
        _check(parse_webhook(json.dumps({"entry": [{"changes": [change]}]}).encode()))


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_survives_beside_a_spoilt_one_of_any_kind(name):
    chance = random.Random(name)
    good = {"id": "wamid.good", "type": "text", "text": {"body": "still here"}}
    places = [path for path in _places(MESSAGES[name]) if path]
    for path in chance.sample(places, min(len(places), 12)):
        spoilt = _replaced(MESSAGES[name], path, chance.choice(ODD_VALUES))
        value = {"messages": [spoilt, good, spoilt]}
        change = {"field": "messages", "value": value}
        found = parse_webhook(json.dumps({"entry": [{"changes": [change]}]}).encode())
        _check(found)
        assert len(found) == 3
        assert found[1].content == events.Text("still here")


def test_good_messages_survive_among_any_neighbours():
    chance = random.Random(7)
    good = {"id": "wamid.good", "type": "text", "text": {"body": "still here"}}
    for _round in range(300):
        neighbours = [_any_json(chance, 3) for _number in range(4)]
        neighbours.insert(chance.randrange(5), good)
        value = {"contacts": _any_json(chance, 3), "messages": neighbours}
        changes = [_any_json(chance, 3), {"field": "messages", "value": value}]
        entries = [_any_json(chance, 3), {"id": _any_json(chance, 1), "changes": changes}]
        found = parse_webhook(json.dumps({"entry": entries}).encode())
        texts = [event for event in found if getattr(event, "wamid", "") == "wamid.good"]
        assert [event.content for event in texts] == [events.Text("still here")]


def test_a_full_batch_of_a_thousand_is_read_whole(sample_json):
    payload = sample_json("message_text__plain")
    messages = payload["entry"][0]["changes"][0]["value"]["messages"]
    messages[:] = [messages[0] | {"id": f"wamid.{number}"} for number in range(1000)]
    found = parse_webhook(json.dumps(payload).encode())
    assert [event.wamid for event in found] == [f"wamid.{number}" for number in range(1000)]
