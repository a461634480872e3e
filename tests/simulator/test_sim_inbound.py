"""What a phone can send: every kind as its webhook, and what its owner does with messages."""

import json

import pytest
from business import NUMBER, PHONE, SECOND_NUMBER, WABA
from test_sim_kinds import BUTTONS, ROWS

from simulator.samples import SAMPLES

PIN = {"latitude": 24.7136, "longitude": 46.6753, "name": "المنزل"}
CARD = [{"name": {"formatted_name": "Ali"}, "phones": [{"phone": "+966 50"}]}]
ORDER = {
    "catalog_id": "c1",
    "text": "please",
    "product_items": [
        {"product_retailer_id": "SKU", "quantity": 2, "item_price": 9.9, "currency": "EUR"}
    ],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_reaches_the_business(client, receiver, name):
    sample = SAMPLES[name]
    client.write(type=sample.kind, **{sample.kind: {"sample": name}})
    content = receiver.wait_message()[sample.kind]
    assert content["mime_type"] == sample.mime_type
    assert dict(sample.keys).items() <= content.items()
    headers = {"Authorization": "Bearer EAA-token"}
    assert client.http.get(content["url"], headers=headers).content == sample.content


AS_IT_IS = {
    "location": PIN,
    "contacts": CARD,
    "order": ORDER,
    "button": {"payload": "STOP", "text": "Stop"},
    "something_new": {"x": 1},
}


@pytest.mark.parametrize("kind", AS_IT_IS)
def test_other_kinds_pass_as_they_are(client, receiver, kind):
    client.write(type=kind, **{kind: AS_IT_IS[kind]})
    message = receiver.wait_message()
    assert message["type"] == kind and message[kind] == AS_IT_IS[kind]


def test_unsupported_says_so(client, receiver):
    client.write(type="unsupported", unsupported={"type": "poll_creation"})
    assert receiver.wait_message()["errors"][0]["code"] == 131051


def test_wrong_sample_and_missing_file_are_refused(client):
    body = {"phone_number_uid": NUMBER, "type": "audio", "audio": {"sample": "image"}}
    path = f"/customers/{PHONE}/messages"
    assert "voice, audio" in client.refused("POST", path, body)
    assert "data (base64)" in client.refused("POST", path, body | {"audio": {}})


def test_file_that_is_too_big_is_told_without_one(client, receiver):
    client.write(type="video", video={"too_big": True, "mime_type": "video/mp4"})
    message = receiver.wait_message()
    assert message["errors"][0]["code"] == 131052 and message["video"] == {"mime_type": "video/mp4"}


def test_reaction_and_its_removal(talking, receiver):
    wamid = talking.sent()
    receiver.wait_statuses("sent", "delivered")
    talking.act("react", wamid=wamid, emoji="❤️")
    assert receiver.wait_message()["reaction"] == {"message_id": wamid, "emoji": "❤️"}
    assert talking.chat()["messages"][-1]["reactions"] == {"inbound": "❤️"}
    receiver.clear()
    talking.act("react", wamid=wamid)
    assert receiver.wait_message()["reaction"] == {"message_id": wamid}
    assert "reactions" not in talking.chat()["messages"][-1]


def with_phone_app(client):
    number = {"phone_number_uid": NUMBER, "is_on_biz_app": True}
    client.sim("PUT", f"/accounts/{WABA}", {"numbers": [number]})


def test_edit_and_delete_reach_a_number_with_a_phone_app(talking, receiver):
    with_phone_app(talking)
    wamid = talking.write("Helo")
    receiver.wait_posts(1)
    receiver.clear()
    talking.act("edit", wamid=wamid, text="Hello")
    edit = receiver.wait_message()["edit"]
    assert edit["original_message_id"] == wamid
    assert edit["message"] == {"type": "text", "text": {"body": "Hello"}}
    shown = talking.chat()["messages"][-1]
    assert shown["text"] == "Hello" and shown["edited"]
    receiver.clear()
    talking.act("delete", wamid=wamid)
    assert receiver.wait_message()["revoke"] == {"original_message_id": wamid}
    assert talking.chat()["messages"][-1]["revoked"]


def test_other_numbers_learn_only_that_something_was_edited(talking, receiver):
    wamid = talking.write("Helo")
    receiver.wait_posts(1)
    receiver.clear()
    talking.act("edit", wamid=wamid, text="Hello")
    message = receiver.wait_message()
    assert message["type"] == "unsupported" and message["unsupported"] == {"type": "edit"}
    talking.act("delete", wamid=wamid)
    shown = talking.chat()["messages"]
    assert len(shown) == 2 and shown[-1]["revoked"]
    talking.write("end")
    receiver.wait_posts(2)
    assert len(receiver.posts) == 2


def test_only_own_and_young_messages_can_be_changed(talking):
    theirs, own = talking.sent(), talking.write()
    path = f"/customers/{PHONE}"
    assert "own" in talking.refused("POST", f"{path}/delete", {"wamid": theirs})
    talking.sim("POST", "/clock", {"advance_seconds": 16 * 60})
    assert "old" in talking.refused("POST", f"{path}/edit", {"wamid": own, "text": "x"})


@pytest.mark.parametrize(("often", "mark"), [(False, "forwarded"), (True, "frequently_forwarded")])
def test_forwarding(client, receiver, often, mark):
    wamid = client.write(type="image", image={"sample": "image", "caption": "Look"})
    first = receiver.wait_message()["image"]["id"]
    receiver.clear()
    client.act("forward", wamid=wamid, phone_number_uid=SECOND_NUMBER, often=often)
    message = receiver.wait_message()
    assert message["context"] == {mark: True}
    assert message["image"]["caption"] == "Look" and message["image"]["id"] != first


def test_tapping_buttons_and_rows(talking, receiver):
    for interactive, choice, kind in ((BUTTONS, "Monday", "button"), (ROWS, "r1", "list")):
        wamid = talking.sent(type="interactive", interactive=interactive)
        receiver.wait(lambda posts: len(receiver.statuses()) == 2)
        receiver.clear()
        talking.act("tap", wamid=wamid, choice=choice)
        message = receiver.wait_message()
        assert message["context"] == {"from": "15550001111", "id": wamid}
        assert message["interactive"]["type"] == f"{kind}_reply"
        receiver.clear()
    assert message["interactive"]["list_reply"] == ROWS["action"]["sections"][0]["rows"][0]
    refusal = talking.refused("POST", f"/customers/{PHONE}/tap", {"wamid": wamid, "choice": "?"})
    assert "Sand" in refusal


@pytest.mark.parametrize("answers", [{"size": "XL"}, "no JSON at all"])
def test_form_answers(client, receiver, answers):
    client.act("form", phone_number_uid=NUMBER, answers=answers)
    reply = receiver.wait_message()["interactive"]["nfm_reply"]
    text = reply["response_json"]
    assert text == answers or json.loads(text) == answers


def test_shared_contact(client, receiver):
    client.sim("PUT", f"/customers/{PHONE}", {"phone_hidden": True})
    client.act("share-contact", phone_number_uid=NUMBER)
    card = receiver.wait_message()["contacts"][0]
    assert card["origin"] == "contact_request" and card["phones"][0]["wa_id"] == PHONE


def test_voice_message_is_played(talking, receiver):
    uid = talking.upload(SAMPLES["voice"].content, "audio/ogg")
    wamid = talking.sent(type="audio", audio={"id": uid, "voice": True})
    receiver.wait_statuses("sent", "delivered")
    talking.act("play", wamid=wamid)
    receiver.wait_statuses("sent", "delivered", "read", "played")
    assert "voice" in talking.refused(
        "POST", f"/customers/{PHONE}/play", {"wamid": talking.write()}
    )


def test_advertisement_and_link_to_it_pass(client, receiver):
    referral = {"source_url": "https://fb.me/1", "source_type": "ad", "ctwa_clid": "c"}
    client.write(referral=referral)
    assert receiver.wait_message()["referral"] == referral
