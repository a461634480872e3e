"""Webhook bodies to events: what is read, and what odd shapes do (nothing bad)."""

import json
from datetime import datetime, timezone

import pytest
from cloud_api import events
from cloud_api.parse import MalformedWebhook, parse_webhook


def parse(payload):
    return parse_webhook(json.dumps(payload).encode())


def parse_value(value, field="messages"):
    """Parse one value in an otherwise ordinary envelope."""
    change = {"field": field, "value": value}
    return parse({"entry": [{"id": "1000000001", "changes": [change]}]})


def message(**changes):
    return {"id": "wamid.1", "type": "text", "text": {"body": "hi"}, "timestamp": "1790000000"} | (
        changes
    )


def test_a_plain_text_message(sample):
    (event,) = parse_webhook(sample("message_text__plain"))
    assert event == events.InboundMessage(
        account_uid="1000000001",
        field="messages",
        phone_number_uid="2000000001",
        path="entry[0].changes[0].value.messages[0]",
        raw=json.loads(sample("message_text__plain"))["entry"][0]["changes"][0]["value"][
            "messages"
        ][0],
        wamid="wamid.HBgLMessageTextPlain",
        sent_at=datetime(2026, 9, 21, 14, 13, 20, tzinfo=timezone.utc),
        type="text",
        sender=events.Identity(
            bsuid="US.13491208655302741918", wa_id="15550002222", profile_name="Ana"
        ),
        content=events.Text("Hello, where is my order?"),
    )


def test_a_sender_without_phone_number(sample):
    (event,) = parse_webhook(sample("message_text__bsuid_only"))
    assert event.sender == events.Identity(
        bsuid="ES.20000000000000000002", username="lucia.t", profile_name="Lucía"
    )


def test_an_image_with_caption(sample):
    (event,) = parse_webhook(sample("message_image__with_caption"))
    assert event.content == events.Media(
        kind="image",
        media_uid="1001",
        mime_type="image/jpeg",
        sha256="n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
        caption="The *broken* part",
        url="https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1001",
    )


def test_a_media_address_is_not_shown_by_repr(sample):
    (event,) = parse_webhook(sample("message_image__with_caption"))
    assert "lookaside" not in repr(event)


def test_a_message_that_meta_could_not_deliver_keeps_its_reason(sample):
    (event,) = parse_webhook(sample("message_image__too_big"))
    assert event.content == events.Media("image", mime_type="image/jpeg")
    assert event.notices[0].code == 131052
    assert "100 MB" in event.notices[0].details


def test_a_kind_that_is_not_read_keeps_type_and_raw(sample):
    (event,) = parse_webhook(sample("message_new_kind__not_yet_known"))
    assert event.type == "hologram"
    assert isinstance(event.content, events.Unknown)
    assert event.raw["type"] == "hologram"


def test_quote_and_forward(sample):
    (quoted,) = parse_webhook(sample("message_text__quoted"))
    (forwarded,) = parse_webhook(sample("message_text__forwarded"))
    (often,) = parse_webhook(sample("message_text__frequently_forwarded"))
    assert quoted.context == events.Context("wamid.HBgLOurQuestion", "15550001111")
    assert forwarded.context == events.Context(forwarded=True)
    assert often.context == events.Context(frequently_forwarded=True)


def test_a_group_message_names_group_and_participant(sample):
    (event,) = parse_webhook(sample("message_text__in_group"))
    assert event.group_uid == "Y2FwaV9ncm91cDox"
    assert event.sender.wa_id == "15550002222"


def test_a_status_with_pricing_and_our_own_id(sample):
    (event,) = parse_webhook(sample("status_sent__with_pricing"))
    assert (event.wamid, event.status) == ("wamid.HBgLOurAnswer", "sent")
    assert event.callback_data == "whatsapp_helpdesk:42"
    assert event.pricing["type"] == "free_customer_service"
    assert event.occurred_at == datetime(2026, 9, 21, 14, 13, 30, tzinfo=timezone.utc)
    assert event.recipient.profile_name == "Ana"


def test_failed_statuses(sample):
    (window,) = parse_webhook(sample("status_failed__131047"))
    (bare,) = parse_webhook(sample("status_failed__without_error_data"))
    (silent,) = parse_webhook(sample("status_failed__without_errors"))
    assert window.notices[0].code == 131047
    assert window.notices[0].details.startswith("Message failed to send")
    assert bare.notices == (events.ApiNotice(131000, "Something went wrong", ""),)
    assert silent.notices == ()


def test_a_group_status_names_the_participant(sample):
    (event,) = parse_webhook(sample("status_sent__group"))
    assert event.recipient == events.Identity(
        bsuid="US.13491208655302741918", wa_id="15550002222", profile_name="Ana"
    )


def test_a_payment_is_not_a_message_status(sample):
    (event,) = parse_webhook(sample("status_payment__captured"))
    assert event.reason == "payments in the chat are not supported"


def test_an_error_report(sample):
    (event,) = parse_webhook(sample("error_report__130429"))
    assert isinstance(event, events.ErrorReport)
    assert event.notices[0].code == 130429
    assert event.phone_number_uid == "2000000001"


def test_two_senders_in_one_body_are_told_apart(sample):
    ana, lucia = parse_webhook(sample("batch__two_senders"))
    assert (ana.sender.profile_name, lucia.sender.profile_name) == ("Ana", "Lucía")


def test_everything_in_a_mixed_batch_arrives_in_order(sample):
    found = parse_webhook(sample("batch__mixed"))
    assert [(type(event).__name__, event.path) for event in found] == [
        ("InboundMessage", "entry[0].changes[0].value.messages[0]"),
        ("InboundMessage", "entry[0].changes[0].value.messages[1]"),
        ("StatusUpdate", "entry[0].changes[0].value.statuses[0]"),
        ("StatusUpdate", "entry[0].changes[0].value.statuses[1]"),
        ("ErrorReport", "entry[0].changes[0].value.errors"),
        ("InboundMessage", "entry[0].changes[1].value.messages[0]"),
        ("AccountEvent", "entry[1].changes[0]"),
    ]
    assert found[5].phone_number_uid == "2000000002"
    assert found[6].account_uid == "1000000009"


def test_one_message_without_id_does_not_cost_its_neighbours(sample):
    found = parse_webhook(sample("batch__one_poison_in_ten"))
    assert [type(event) for event in found].count(events.InboundMessage) == 9
    assert found[4].reason == "messages: no usable id"
    assert found[4].raw["text"] == ["not", "an", "object"]


def test_other_fields_are_kept():
    (event,) = parse_value({"next": ["year"]}, field="holograms")
    assert isinstance(event, events.UnhandledEvent)
    assert event.reason == "field 'holograms' is not known"
    assert event.raw == {"field": "holograms", "value": {"next": ["year"]}}


def test_other_parts_of_a_value_are_kept(sample):
    (event,) = parse_webhook(sample("value_unknown__user_actions"))
    assert event.reason == "clicks on marketing messages are not used"
    assert event.raw[0]["action_type"] == "marketing_messages_link_click"


def test_another_object_is_kept_whole(sample, sample_json):
    (event,) = parse_webhook(sample("object_unknown__page"))
    assert event.raw == sample_json("object_unknown__page")


def test_nul_and_lone_surrogates_are_cleaned_in_fields_and_raw_json(sample):
    (event,) = parse_webhook(sample("message_text__nul_and_lone_surrogates"))
    assert event.content.body == "ab \ufffd c\ufffd"
    assert event.sender.profile_name == "Ana \ufffd"
    assert "\\u0000" not in event.raw_json
    event.raw_json.encode()


# Contacts


ANA = {"profile": {"name": "Ana"}, "wa_id": "15550002222", "user_id": "US.1"}
BOB = {"profile": {"name": "Bob"}, "wa_id": "15550003333", "user_id": "US.2"}


def sender_of(message_ids, contacts):
    (event,) = parse_value({"contacts": contacts, "messages": [message(**message_ids)]})
    return event.sender


def test_a_contact_is_found_by_user_id_then_by_wa_id():
    assert sender_of({"from_user_id": "US.2"}, [ANA, BOB]).profile_name == "Bob"
    assert sender_of({"from": "15550003333"}, [ANA, BOB]).bsuid == "US.2"


def test_a_contact_is_never_taken_by_position():
    assert sender_of({"from": "15550009999"}, [ANA]).profile_name == ""
    assert sender_of({}, [ANA, BOB]) == events.Identity()


def test_the_only_contact_belongs_to_the_only_message_without_ids():
    assert sender_of({}, [ANA]).profile_name == "Ana"
    found = parse_value({"contacts": [ANA], "messages": [message(), message(id="wamid.2")]})
    assert [event.sender for event in found] == [events.Identity()] * 2


def test_a_number_that_passed_to_another_person_is_not_mixed_up():
    sender = sender_of({"from_user_id": "US.9", "from": "15550002222"}, [ANA])
    assert sender == events.Identity(bsuid="US.9", wa_id="15550002222")


def test_numbers_and_usernames_are_normalised():
    contact = {"profile": {"username": "@ana"}, "wa_id": "+1 555 000 2222"}
    sender = sender_of({"from": "15550002222"}, [contact])
    assert (sender.wa_id, sender.username) == ("15550002222", "ana")


# Shapes


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"1", b"null", b'"x"', b"\xff\xfe\xfa", b"<x/>"]
)
def test_a_body_that_is_no_json_object_is_malformed(body):
    with pytest.raises(MalformedWebhook):
        parse_webhook(body)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({}, "entry is not a list"),
        ({"entry": {}}, "entry is not a list"),
        ({"entry": []}, "no entry"),
        ({"object": None, "entry": []}, "object ''"),
        ({"entry": ["x"]}, "entry without changes"),
        ({"entry": [{"changes": []}]}, "entry without changes"),
        ({"entry": [{"changes": [None]}]}, "field '' is not known"),
        ({"entry": [{"changes": [{"field": "messages"}]}]}, "value is not an object"),
    ],
)
def test_an_envelope_of_another_shape_is_kept(payload, reason):
    (event,) = parse(payload)
    assert event.reason == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"contacts": []}, "nothing but the envelope"),
        ({"messages": "x"}, "unexpected 'messages'"),
        ({"messages": {}}, "unexpected 'messages'"),
        ({"messages": []}, "no messages"),
        ({"messages": [None]}, "messages: not an object"),
        ({"surprise": [1]}, "unexpected 'surprise'"),
        ({"messages": [message(id="")]}, "messages: no usable id"),
        ({"messages": [message(id=7)]}, "messages: no usable id"),
        ({"messages": [message(id="w" * 513)]}, "messages: no usable id"),
        ({"statuses": [{"id": "w"}]}, "no status"),
        ({"errors": []}, "unexpected 'errors'"),
        ({"errors": ["x"]}, "unexpected 'errors'"),
    ],
)
def test_a_value_of_another_shape_is_kept(value, reason):
    (event,) = parse_value(value)
    assert event.reason == reason


@pytest.mark.parametrize(
    ("changes", "content"),
    [
        ({"text": None}, events.Unknown("text without a body")),
        ({"text": {"body": 5}}, events.Unknown("text without a body")),
        ({"text": {"body": ""}}, events.Text("")),
        ({"type": "image"}, events.Unknown("image without an id or address")),
        ({"type": "image", "image": {"id": 5}}, events.Media("image", media_uid="5")),
        ({"type": ["text"]}, events.Unknown("unknown")),
    ],
)
def test_content_of_another_shape(changes, content):
    (event,) = parse_value({"messages": [message(**changes)]})
    assert event.content == content


@pytest.mark.parametrize(
    "timestamp", ["soon", "", None, [], "-5", "1e9", "1790000000000", 10**300, "٣", True, 0]
)
def test_a_timestamp_without_sense_is_absent(timestamp):
    (event,) = parse_value({"messages": [message(timestamp=timestamp)]})
    assert event.sent_at is None


def test_a_timestamp_may_be_a_number():
    (event,) = parse_value({"messages": [message(timestamp=1790000000)]})
    assert event.sent_at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=timezone.utc)


def test_numbers_that_no_column_holds_do_no_harm():
    body = (
        b'{"entry":[{"id":%s,"changes":[{"field":"messages","value":{"errors":'
        b'[{"code":NaN},{"code":1e999},{"code":%s},{"code":"131047"}]}}]}]}'
        % (b"9" * 10_000, b"9" * 5000)
    )
    (event,) = parse_webhook(body)
    assert [notice.code for notice in event.notices] == [0, 0, 0, 131047]
    assert "NaN" not in event.raw_json and "Infinity" not in event.raw_json


def test_the_last_of_two_equal_keys_counts():
    body = b'{"entry":[],"entry":[{"changes":[{"field":"x","field":"calls","value":{}}]}]}'
    (event,) = parse_webhook(body)
    assert event.field == "calls"


@pytest.mark.parametrize("depth", [50, 500, 900, 100_000])
def test_deep_nesting_is_kept(depth):
    body = b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"id":"w","x":'
    body += b"[" * depth + b"]" * depth + b"}]}}]}]}"
    (event,) = parse_webhook(body)
    assert json.loads(event.raw_json)
