"""The business's phone app beside the API, and chats that somebody else answers."""

import pytest
from business import NUMBER, PHONE, WABA

NOON = 1790000000


@pytest.fixture
def with_app(client):
    number = {"phone_number_uid": NUMBER, "is_on_biz_app": True}
    client.sim("PUT", f"/accounts/{WABA}", {"numbers": [number]})
    return client


def act(client, action, **body):
    return client.sim("POST", f"/numbers/{NUMBER}/{action}", body)


def test_echo_is_told_and_shown(with_app, receiver):
    wamid = act(with_app, "echo", phone=PHONE, type="text", text={"body": "On my way"})["wamid"]
    (item,) = receiver.wait_value("smb_message_echoes")["message_echoes"]
    assert item["id"] == wamid and item["to"] == PHONE and item["text"]["body"] == "On my way"
    shown = with_app.chat()["messages"][-1]
    assert shown["direction"] == "outbound" and shown["origin"] == "app"
    assert with_app.chat()["window_expires_at"] is None


def test_echoed_file_and_deletion(with_app, receiver):
    wamid = act(with_app, "echo", phone=PHONE, type="image", image={"sample": True})["wamid"]
    assert receiver.wait_value("smb_message_echoes")["message_echoes"][0]["image"]["id"]
    act(with_app, "echo", phone=PHONE, type="revoke", revoke={"original_message_id": wamid})
    receiver.wait_values("smb_message_echoes", 2)
    assert with_app.chat()["messages"][-1]["revoked"]


def old_chats(**keys):
    lines = [
        {"type": "text", "text": {"body": f"line {n}"}, "timestamp": NOON + n,
         "from_business": bool(n % 2)}
        for n in range(4)
    ]  # fmt: skip
    picture = {"type": "image", "image": {"sample": True}, "timestamp": NOON + 9}
    return {"threads": [{"phone": PHONE, "messages": [*lines, picture]}], "chunk_size": 2} | keys


def test_history_comes_in_chunks_and_files_later(with_app, receiver):
    act(with_app, "history", **old_chats(backwards=True))
    values = receiver.wait_values("history", 4)
    chunks = [value["history"][0] for value in values[:3]]
    assert [chunk["metadata"]["chunk_order"] for chunk in chunks] == [3, 2, 1]
    assert chunks[0]["metadata"]["progress"] == 100
    placeholder = chunks[0]["threads"][0]["messages"][0]
    assert placeholder["type"] == "media_placeholder"
    assert values[3]["messages"][0]["id"] == placeholder["id"]
    assert values[3]["messages"][0]["image"]["id"]
    first = chunks[2]["threads"][0]
    assert first["id"] == PHONE and first["messages"][1]["to"] == PHONE
    assert first["messages"][0]["history_context"] == {"status": "READ"}
    assert len(with_app.chat()["messages"]) == 5
    assert with_app.chat()["window_expires_at"] is None


def test_history_and_contacts_wait_until_the_business_asks_once(with_app, receiver):
    act(with_app, "history", **old_chats(wait_for_sync=True))
    act(
        with_app,
        "contacts",
        contacts=[{"full_name": "Ana", "phone_number": PHONE}],
        wait_for_sync=True,
    )
    assert sync(with_app, "smb_app_state_sync").json()["request_id"]
    (line,) = receiver.wait_value("smb_app_state_sync")["state_sync"]
    assert line["action"] == "add" and line["contact"]["full_name"] == "Ana"
    sync(with_app, "history")
    receiver.wait_values("history", 4)
    assert with_app.error(sync(with_app, "history")) == (400, 2593107)


def sync(client, kind):
    body = {"messaging_product": "whatsapp", "sync_type": kind}
    return client.graph("POST", f"{NUMBER}/smb_app_data", json=body)


def test_sync_is_refused_without_app_and_after_a_day(client, with_app):
    with_app.sim("POST", "/clock", {"advance_seconds": 25 * 3600})
    assert with_app.error(sync(with_app, "history")) == (400, 2593108)


def test_declined_history(with_app, receiver):
    act(with_app, "history", declined=True)
    value = receiver.wait_value("history")
    assert value["history"][0]["errors"][0]["code"] == 2593109


def test_any_other_news_of_a_number(client, receiver):
    act(client, "events", field="messages", value={"errors": [{"code": 130429}]})
    value = receiver.wait_value("messages")
    assert value["errors"] == [{"code": 130429}]
    assert value["metadata"]["phone_number_id"] == NUMBER


def test_chat_handed_over_comes_on_standby_until_it_is_back(client, receiver):
    act(client, "handover", phone=PHONE, role="ai_agent")
    value = receiver.wait_value("messaging_handovers")
    assert value["control_passed"]["new_owner_role"] == "ai_agent"
    assert value["recipient"]["phone_number_id"] == NUMBER
    wamid = client.write("Anybody?")
    standby = receiver.wait_value("standby")["standby"]
    assert standby["messages"][0]["id"] == wamid and standby["contacts"]
    act(client, "standby-echo", phone=PHONE, type="text", text={"body": "I am a robot"})
    echo = receiver.wait_values("standby", 2)[1]["standby"]["message_echoes"][0]
    assert echo["message"]["to"] == PHONE and echo["message"]["type"] == "text"
    assert client.chat()["owner"] == "ai_agent"
    act(client, "handover", phone=PHONE, role="customer_service", type="control_taken")
    receiver.clear()
    client.write("And now?")
    receiver.wait_message()
