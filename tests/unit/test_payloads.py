"""Bodies that we send, and the limits they keep."""

import pytest
from cloud_api import limits
from cloud_api.errors import InvalidRequest
from cloud_api.payloads import Recipient, reaction_message, read_receipt, text_message

ANA = Recipient(phone="+1 555 000 2222", bsuid="US.1")


def test_a_text_message_with_everything():
    payload = text_message(ANA, "hi *you*", reply_to="wamid.1", callback_data="db:42")
    assert payload == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": "text",
        "text": {"body": "hi *you*", "preview_url": True},
        "context": {"message_id": "wamid.1"},
        "biz_opaque_callback_data": "db:42",
    }


def test_optional_parts_are_left_out():
    payload = text_message(ANA, "hi", preview_url=False)
    assert payload["text"] == {"body": "hi", "preview_url": False}
    assert not {"context", "biz_opaque_callback_data", "recipient"} & payload.keys()


@pytest.mark.parametrize("phone", ["15550002222", "+15550002222", "+1 (555) 000-2222"])
def test_the_number_always_has_a_plus(phone):
    assert text_message(Recipient(phone=phone), "hi")["to"] == "+15550002222"


def test_without_a_phone_number_the_user_id_is_the_recipient():
    payload = text_message(Recipient(bsuid="ES.20000000000000000002"), "hola")
    assert payload["recipient"] == "ES.20000000000000000002"
    assert "to" not in payload


def test_a_reaction_and_its_removal():
    assert reaction_message(ANA, "wamid.1", "👍", callback_data="db:7") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550002222",
        "type": "reaction",
        "reaction": {"message_id": "wamid.1", "emoji": "👍"},
        "biz_opaque_callback_data": "db:7",
    }
    removal = reaction_message(Recipient(bsuid="US.1"), "wamid.1", "")
    assert removal["recipient"] == "US.1"
    assert removal["reaction"] == {"message_id": "wamid.1", "emoji": ""}


def test_read_receipt_and_typing():
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert read_receipt("wamid.1") == receipt
    assert read_receipt("wamid.1", typing=True) == receipt | {"typing_indicator": {"type": "text"}}


def test_what_no_json_can_hold_is_taken_out():
    assert text_message(ANA, "a\x00b\ud83d")["text"]["body"] == "ab\ufffd"


@pytest.mark.parametrize(
    ("build", "limit", "maximum", "actual"),
    [
        (lambda: text_message(ANA, "x" * 4097), "TEXT_BODY", 4096, 4097),
        (lambda: text_message(ANA, "👍" * 2049), "TEXT_BODY", 4096, 4098),
        (lambda: reaction_message(ANA, "wamid.1", "👍" * 17), "REACTION", 32, 34),
        (lambda: reaction_message(ANA, "", "👍"), "wamid", 0, 0),
        (
            lambda: text_message(ANA, "x", callback_data="y" * 513),
            "CALLBACK_DATA",
            512,
            513,
        ),
        (lambda: text_message(ANA, ""), "TEXT_BODY", 0, 0),
        (lambda: text_message(ANA, " \n\x00"), "TEXT_BODY", 0, 0),
        (lambda: text_message(Recipient(), "x"), "recipient", 0, 0),
        (lambda: text_message(Recipient(phone="none"), "x"), "recipient", 0, 0),
        (lambda: read_receipt(""), "wamid", 0, 0),
    ],
)
def test_a_broken_limit_says_which_and_by_how_much(build, limit, maximum, actual):
    with pytest.raises(InvalidRequest) as caught:
        build()
    assert (caught.value.limit, caught.value.maximum, caught.value.actual) == (
        limit,
        maximum,
        actual,
    )
    assert not maximum or str(maximum) in str(caught.value)


def test_the_limits_themselves_are_allowed():
    assert text_message(ANA, "x" * limits.TEXT_BODY, callback_data="y" * limits.CALLBACK_DATA)
    assert text_message(ANA, "👍" * (limits.TEXT_BODY // 2))
