"""Fields beyond `messages` in other shapes: kept with a reason, neighbours unharmed."""

import pytest
from cloud_api import events

from tests.unit.test_parse import parse_value

GOOD = {"id": "w", "type": "text", "text": {"body": "x"}, "to": "1555", "from": "1444"}
META = {"display_phone_number": "+1 444", "phone_number_id": "2"}


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("calls", {"calls": [{}]}, "calls: no usable id"),
        ("calls", {"calls": [{"id": "c"}]}, "call to which nothing happened"),
        ("calls", {"calls": {}}, "unexpected 'calls'"),
        ("calls", {"statuses": [{"id": "c", "type": "call"}]}, "no status"),
        ("smb_message_echoes", {"message_echoes": [{}]}, "message_echoes: no usable id"),
        ("smb_message_echoes", {"message_echoes": [3]}, "message_echoes: not an object"),
        ("smb_message_echoes", {"message_echoes": []}, "no message_echoes"),
        ("history", {"history": []}, "no history"),
        ("history", {"history": "x"}, "unexpected 'history'"),
        ("history", {"history": [None]}, "history without messages"),
        ("history", {"history": [{"threads": []}]}, "history without messages"),
        ("history", {"history": [{"threads": ["x"]}]}, "thread without messages"),
        ("history", {"history": [{"threads": [{"messages": []}]}]}, "no messages"),
        ("history", {"history": [{"threads": [{"messages": [{}]}]}]}, "messages: no usable id"),
        ("smb_app_state_sync", {"state_sync": [{}]}, "state of type ''"),
        ("smb_app_state_sync", {"state_sync": "x"}, "unexpected 'state_sync'"),
        ("standby", {"standby": {}}, "unexpected 'standby'"),
        ("standby", {"standby": {"contacts": []}}, "unexpected 'standby'"),
        ("standby", {"standby": {"messages": [{}]}}, "messages: no usable id"),
        ("standby", {"standby": {"surprise": 1}}, "unexpected 'surprise'"),
        ("messaging_handovers", {"type": ["x"]}, "handover of type ''"),
        ("user_preferences", {"user_preferences": [{"value": "stop"}]}, None),
        ("user_preferences", {"user_preferences": [{"wa_id": "1555"}]}, None),
        ("account_update", ["x"], "value is not an object"),
        ("security", {}, "nothing but the envelope"),
    ],
)
def test_odd_values_are_kept(field, value, reason):
    (event,) = parse_value(value, field)
    assert isinstance(event, events.UnhandledEvent)
    assert event.reason == (reason or "preference without a person or a decision")
    assert event.field == field


@pytest.mark.parametrize(
    ("field", "wrap"),
    [
        ("calls", lambda items: {"calls": items}),
        ("smb_message_echoes", lambda items: {"message_echoes": items}),
        ("message_echoes", lambda items: {"message_echoes": items}),
        ("standby", lambda items: {"standby": {"messages": items}}),
        ("standby", lambda items: {"standby": {"message_echoes": items}}),
        ("history", lambda items: {"history": [{"threads": [{"id": "1555", "messages": items}]}]}),
        ("history", lambda items: {"messages": items}),
        ("user_preferences", lambda items: {"user_preferences": items}),
        ("smb_app_state_sync", lambda items: {"state_sync": items}),
    ],
)
def test_odd_neighbours_do_no_harm(field, wrap):
    good = GOOD | {"event": "connect", "wa_id": "1555", "value": "stop"}
    if field == "smb_app_state_sync":
        good = {"type": "contact", "contact": {"phone_number": "1555"}, "action": "add"}
    value = wrap([None, {}, good, "x", [good], {"id": 5}]) | {"metadata": META}
    found = parse_value(value, field)
    assert len(found) == 6
    assert [isinstance(event, events.UnhandledEvent) for event in found] == [
        *[True] * 2,
        False,
        *[True] * 3,
    ]
    assert found[2].phone_number_uid == "2"


def test_errors_beside_several_calls_are_a_report():
    call = {"id": "c", "event": "terminate", "from": "1555"}
    value = {"calls": [call, call | {"id": "d"}], "errors": [{"code": 138021}]}
    *calls, report = parse_value(value, "calls")
    assert [event.notices for event in calls] == [(), ()]
    assert isinstance(report, events.ErrorReport)


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ({"start_time": "1790000000", "end_time": "1790000060"}, 60),
        ({"start_time": "1790000060", "end_time": "1790000000"}, 0),
        ({"duration": "90"}, 90),
        ({"duration": 10**12}, 0),
        ({"duration": -5}, 0),
        ({"duration": {}}, 0),
    ],
)
def test_how_long_a_call_took(times, seconds):
    call = {"id": "c", "event": "terminate", **times}
    (event,) = parse_value({"calls": [call]}, "calls")
    assert event.seconds == seconds


@pytest.mark.parametrize(
    ("thread", "message", "from_business"),
    [
        ("1555", {"from": "1444"}, True),
        ("1555", {"from": "1555"}, False),
        ("1555", {"from": "1666", "to": "1555"}, True),
        ("1555", {}, False),
        ("5511912345678", {"from": "551112345678"}, False),
        ("ES.2", {"from_user_id": "ES.2"}, False),
        ("ES.2", {"from_user_id": "ES.9"}, True),
        ("ES.2", {"to_user_id": "ES.2"}, True),
        ("", {"from": "1555"}, False),
        ("", {"from": "1444", "to": "1555"}, True),
    ],
)
def test_who_wrote_a_historic_message(thread, message, from_business):
    thread = {"id": thread, "messages": [{"id": "w", **message}]}
    (event,) = parse_value({"metadata": META, "history": [{"threads": [thread]}]}, "history")
    assert event.from_business is from_business


def test_contacts_beside_copies_are_used():
    contact = {"profile": {"name": "Ana"}, "wa_id": "1444"}
    value = {"contacts": [contact], "standby": {"messages": [GOOD]}}
    (event,) = parse_value(value, "standby")
    assert event.sender.profile_name == "Ana"


def test_a_chunk_may_hold_errors_and_messages():
    chunk = {"errors": [{"code": 1}], "threads": [{"id": "1555", "messages": [GOOD]}]}
    report, message = parse_value({"history": [chunk]}, "history")
    assert isinstance(report, events.ErrorReport)
    assert isinstance(message, events.HistoricMessage)


def test_values_of_accounts_are_cleaned():
    (event,) = parse_value({"a\x00": "b\x00", "c": [1, None]}, "account_update")
    assert event.value == {"a": "b", "c": [1, None]}
