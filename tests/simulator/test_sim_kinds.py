"""What a business may send: every kind, its limits, and files that are not what they claim."""

import pytest
from business import NUMBER, PHONE

from simulator.samples import SAMPLES

PIN = {"latitude": "40.4168", "longitude": -3.7038, "name": "Sol", "address": "Madrid"}
CARD = {
    "name": {"formatted_name": "Omar Said", "first_name": "Omar"},
    "phones": [{"phone": "+20 100", "type": "CELL", "wa_id": "20100"}],
}
BUTTONS = {
    "type": "button",
    "body": {"text": "Which day?"},
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "mon", "title": "Monday"}},
            {"type": "reply", "reply": {"id": "tue", "title": "Tuesday"}},
        ]
    },
}
ROWS = {
    "type": "list",
    "body": {"text": "Which colour?"},
    "action": {
        "button": "Colours",
        "sections": [{"rows": [{"id": "r1", "title": "Sand", "description": "light"}]}],
    },
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_file_is_delivered(talking, receiver, name):
    sample = SAMPLES[name]
    uid = talking.upload(sample.content, sample.mime_type)
    content = {"id": uid} | ({"voice": True} if name == "voice" else {})
    talking.sent(type=sample.kind, **{sample.kind: content})
    receiver.wait_statuses("sent", "delivered")
    shown = talking.chat()["messages"][-1]
    assert shown["type"] == sample.kind
    assert talking.http.get(shown["media_url"]).content == sample.content


WRONG_FILES = {
    "voice of another codec": ("audio", {"voice": True}, SAMPLES["audio"].content, "audio/mpeg"),
    "OGG without Opus": ("audio", {}, b"OggS" + bytes(600), "audio/ogg"),
    "two channels": ("audio", {}, b"OggS" + bytes(24) + b"OpusHead\x01\x02", "audio/ogg"),
    "video that is none": ("video", {}, b"not a video", "video/mp4"),
    "picture as sticker": ("sticker", {}, SAMPLES["image"].content, "image/jpeg"),
    "sticker as picture": ("image", {}, SAMPLES["sticker"].content, "image/webp"),
    "small sticker": ("sticker", {}, b"RIFF....WEBPVP8L....\x2f" + bytes(20), "image/webp"),
    "fake PDF": ("document", {}, b"hello", "application/pdf"),
}


@pytest.mark.parametrize(("kind", "keys", "content", "mime"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_wrong_file_fails_after_acceptance(talking, receiver, kind, keys, content, mime):
    uid = talking.upload(content, mime)
    talking.sent(type=kind, **{kind: {"id": uid} | keys})
    (status,) = receiver.wait_statuses("failed")
    assert status["errors"][0]["code"] == 131053


def test_still_sticker_has_a_smaller_limit_than_a_moving_one(talking, receiver):
    still = SAMPLES["sticker"].content + bytes(100 * 1024)
    moving = SAMPLES["animated_sticker"].content + bytes(100 * 1024)
    talking.sent(type="sticker", sticker={"id": talking.upload(still, "image/webp")})
    receiver.wait_statuses("failed")
    receiver.clear()
    talking.sent(type="sticker", sticker={"id": talking.upload(moving, "image/webp")})
    receiver.wait_statuses("sent", "delivered")


OTHER_KINDS = {
    "location": {"type": "location", "location": PIN},
    "contacts": {"type": "contacts", "contacts": [CARD, CARD]},
    "buttons": {"type": "interactive", "interactive": BUTTONS},
    "list": {"type": "interactive", "interactive": ROWS},
}


@pytest.mark.parametrize("changes", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_kinds_without_file_are_delivered(talking, receiver, changes):
    talking.sent(**changes)
    receiver.wait_statuses("sent", "delivered")
    shown = talking.chat()["messages"][-1]
    assert shown["payload"][changes["type"]] == changes[changes["type"]]


REFUSED = {
    "latitude": ({"type": "location", "location": PIN | {"latitude": 91}}, 131009),
    "no longitude": ({"type": "location", "location": {"latitude": 1}}, 131008),
    "no card": ({"type": "contacts", "contacts": []}, 131009),
    "258 cards": ({"type": "contacts", "contacts": [CARD] * 258}, 131009),
    "contacts no list": ({"type": "contacts", "contacts": CARD}, 131008),
    "nameless card": (
        {"type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]},
        131008,
    ),
    "audio caption": ({"type": "audio", "audio": {"id": "1", "caption": "x"}}, 100),
    "voice no switch": ({"type": "audio", "audio": {"id": "1", "voice": "yes"}}, 100),
    "video id and link": ({"type": "video", "video": {"id": "1", "link": "http://x/"}}, 100),
    "reaction without target": ({"type": "reaction", "reaction": {"emoji": "👍"}}, 131008),
    "reaction without emoji": ({"type": "reaction", "reaction": {"message_id": "w"}}, 131008),
    "long button": (
        {
            "type": "interactive",
            "interactive": BUTTONS
            | {"action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "x" * 21}}]}},
        },
        100,
    ),
    "same button twice": (
        {
            "type": "interactive",
            "interactive": BUTTONS | {"action": {"buttons": BUTTONS["action"]["buttons"][:1] * 2}},
        },
        131009,
    ),
    "unknown kind": ({"type": "poll", "poll": {}}, 131009),
}


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_limits_of_kinds(talking, changes, code):
    assert talking.error(talking.send(**changes)) == (400, code)


def react(client, wamid, emoji="👍"):
    return client.sent(type="reaction", reaction={"message_id": wamid, "emoji": emoji})


def test_reaction_appears_on_its_message_and_is_only_sent(talking, receiver):
    wamid = talking.write("Thanks!")
    receiver.wait_posts(1)
    receiver.clear()
    react(talking, wamid)
    (status,) = receiver.wait_statuses("sent")
    assert "pricing" not in status
    shown = talking.chat()["messages"]
    assert [message["type"] for message in shown] == ["text", "text"]
    assert shown[-1]["reactions"] == {"outbound": "👍"}
    react(talking, wamid, "")
    receiver.wait_statuses("sent", "sent")
    assert "reactions" not in talking.chat()["messages"][-1]


def test_reaction_fails_on_what_is_unknown_a_reaction_or_old(talking, receiver):
    wamid = talking.write()
    reaction = react(talking, wamid)
    receiver.wait_statuses("sent")
    receiver.clear()
    react(talking, "wamid.unknown")
    react(talking, reaction)
    statuses = receiver.wait_statuses("failed", "failed")
    assert {status["errors"][0]["code"] for status in statuses} == {131009}
    talking.sim("POST", "/clock", {"advance_seconds": 31 * 86400})
    talking.write()
    receiver.clear()
    react(talking, wamid)
    receiver.wait(lambda posts: [s for s in receiver.statuses() if s["status"] == "failed"])


def test_quoted_message_stands_beside_the_answer(talking):
    wamid = talking.write("When?")
    talking.sent(type="location", location=PIN, context={"message_id": wamid})
    assert talking.chat()["messages"][-1]["quoted_wamid"] == wamid


def test_read_marks_earlier_ones_and_typing_shows(talking):
    first, second = talking.write("1"), talking.write("2")
    body = {"status": "read", "message_id": second, "typing_indicator": {"type": "text"}}
    response = talking.graph(
        "POST", f"{NUMBER}/messages", json={"messaging_product": "whatsapp", **body}
    )
    assert response.json() == {"success": True}
    read = {m["wamid"]: m["status"] for m in talking.chat()["messages"]}
    assert read[first] == read[second] == "read"


def test_blocked_and_unusable_numbers_do_not_send(talking, receiver):
    for status, code in (("BANNED", (403, 131031)), ("DISCONNECTED", (400, 133010))):
        set_number(talking, status=status)
        assert talking.error(talking.send()) == code
    set_number(talking, status="CONNECTED", allowed_recipients=["4915150000000"])
    assert talking.error(talking.send()) == (400, 131030)
    set_number(talking, allowed_recipients=[PHONE])
    talking.sent()


def set_number(client, **keys):
    number = {"phone_number_uid": NUMBER, **keys}
    client.sim("PUT", "/accounts/1000000001", {"numbers": [number]})
