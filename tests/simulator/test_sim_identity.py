"""Who a customer is and how that changes, calls, and wishes about marketing."""

import pytest
from business import NUMBER, PHONE, WABA

NEW_PHONE = "34600999888"


def test_change_of_number_is_told_and_the_chat_stays(talking, receiver):
    old = talking.sim("PUT", f"/customers/{PHONE}", {})
    answer = talking.act("change-number", new_phone=NEW_PHONE)
    assert answer == {"phone": NEW_PHONE, "wa_id": NEW_PHONE, "told": 1}
    new = talking.sim("PUT", f"/customers/{NEW_PHONE}", {})
    message = receiver.wait_message()
    assert message["type"] == "system" and message["from"] == PHONE
    system = message["system"]
    assert system["type"] == "user_changed_number" and system["wa_id"] == NEW_PHONE
    assert (system["previous_user_id"], system["user_id"]) == (old["bsuid"], new["bsuid"])
    assert "contacts" not in receiver.posts[0].values[0]
    assert [m["type"] for m in talking.chat(phone=NEW_PHONE)["messages"]] == ["text", "system"]
    old_chat = f"/chats?phone_number_uid={NUMBER}&phone={PHONE}"
    assert "No customer" in talking.refused("GET", old_chat, {})


def test_hidden_customer_tells_only_the_new_id(talking, receiver):
    talking.sim("PUT", f"/customers/{PHONE}", {"phone_hidden": True})
    talking.act("change-number", new_phone=NEW_PHONE)
    message = receiver.wait_message()
    assert message["system"]["type"] == "user_changed_user_id"
    assert "from" not in message and "wa_id" not in message["system"]


@pytest.mark.parametrize(
    ("phone", "written"),
    [("5215512345678", "525512345678"), ("5491123456789", "541123456789"),
     ("551187654321", "5511987654321")],
)  # fmt: skip
def test_other_ways_of_writing_a_number_reach_the_same_person(client, receiver, phone, written):
    client.sim("PUT", f"/customers/{phone}", {"name": "Ana"})
    client.write(phone=phone)
    receiver.wait_posts(1)
    receiver.clear()
    client.sent(to=f"+{written}")
    receiver.wait_statuses("sent", "delivered")
    assert client.chat(phone=phone)["messages"][-1]["direction"] == "outbound"


def test_missed_call_has_no_times_and_opens_the_window(client, receiver):
    uid = client.act("call", phone_number_uid=NUMBER)["call_id"]
    connect, terminate = receiver.wait_values("calls", 2)
    assert connect["calls"][0]["event"] == "connect" and connect["calls"][0]["id"] == uid
    ended = terminate["calls"][0]
    assert ended["event"] == "terminate" and ended["direction"] == "USER_INITIATED"
    assert not {"start_time", "end_time", "duration"} & ended.keys()
    assert client.chat()["window_expires_at"]
    client.sent()


def test_answered_call_has_a_duration(client, receiver):
    client.act("call", phone_number_uid=NUMBER, seconds=90)
    ended = receiver.wait_values("calls", 2)[1]["calls"][0]
    assert ended["status"] == "COMPLETED" and ended["duration"] == 90


def test_call_by_the_business(client, receiver):
    client.act("call", phone_number_uid=NUMBER, seconds=5, from_business=True)
    values = receiver.wait_values("calls", 3)
    words = [value["statuses"][0]["status"] for value in values[:2]]
    assert words == ["RINGING", "ACCEPTED"]
    assert values[2]["calls"][0]["direction"] == "BUSINESS_INITIATED"


def test_marketing_preference(client, receiver):
    client.act("marketing", phone_number_uid=NUMBER, value="stop")
    item = receiver.wait_value("user_preferences")["user_preferences"][0]
    assert item["value"] == "stop" and item["wa_id"] == PHONE
    path = f"/customers/{PHONE}/marketing"
    assert "resume" in client.refused("POST", path, {"phone_number_uid": NUMBER, "value": "?"})


def test_news_of_an_account_go_to_the_app_only(client, receiver):
    url = {"override_callback_uri": f"{receiver.url}/waba", "verify_token": receiver.verify_token}
    client.graph("POST", f"{WABA}/subscribed_apps", json=url)
    value = {"event": "ACCOUNT_RESTRICTION"}
    client.sim("POST", f"/accounts/{WABA}/events", {"field": "account_update", "value": value})
    assert receiver.wait_value("account_update") == value
    post = receiver.posts[0]
    assert post.path == "/app" and isinstance(post.json["entry"][0]["time"], int)
