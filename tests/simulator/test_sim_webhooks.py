"""Webhooks: bytes and signature, routes, handshake, batches, down-time and retries."""

import hashlib
import hmac
import json
import time

import pytest
from business import APP, NUMBER, PHONE, SECOND_NUMBER, SECRET, TOKEN, WABA, account


def signature(body: bytes, secret: str = SECRET) -> str:
    """Sign independently of the code under test."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_inbound_text_as_meta_sends_it(client, receiver):
    wamid = client.write("Grüße 👍 a/b")
    post = receiver.wait_posts(1)[0]
    assert post.path == "/app"
    assert post.headers["Content-Type"] == "application/json"
    assert post.headers["X-Hub-Signature-256"] == signature(post.body)
    assert b'"Gr\\u00fc\\u00dfe \\ud83d\\udc4d a\\/b"' in post.body
    assert b"\n" not in post.body
    value = post.values[0]
    assert post.json["entry"][0]["id"] == WABA
    assert value["metadata"] == {"display_phone_number": "15550001111", "phone_number_id": NUMBER}
    bsuid = value["contacts"][0]["user_id"]
    assert bsuid.startswith("ES.")
    assert value["contacts"] == [{"profile": {"name": "Lucía"}, "wa_id": PHONE, "user_id": bsuid}]
    message = value["messages"][0]
    assert message.pop("timestamp").isdigit()
    assert message == {
        "from": PHONE,
        "from_user_id": bsuid,
        "id": wamid,
        "type": "text",
        "text": {"body": "Grüße 👍 a/b"},
    }


def test_hidden_phone_is_absent_everywhere(client, receiver):
    person = client.sim("PUT", f"/customers/{PHONE}", {"phone_hidden": True, "username": "lucia.t"})
    client.write()
    client.sent(to="", recipient=person["bsuid"])
    receiver.wait(lambda posts: len(posts) >= 3)
    for post in receiver.posts:
        assert PHONE.encode() not in post.body
        assert person["bsuid"].encode() in post.body
    assert receiver.posts[0].values[0]["contacts"][0]["profile"]["username"] == "lucia.t"


def test_quote_of_a_business_message_and_of_an_own_one(talking, receiver):
    ours = talking.sent()
    receiver.wait_statuses("sent", "delivered")
    theirs = talking.write("about that", context={"wamid": ours})
    talking.write("and this", context={"wamid": theirs})
    first, second = receiver.wait(
        lambda posts: len(found := [m for p in posts for m in p.items("messages")]) == 2 and found
    )
    assert first["context"] == {"from": "15550001111", "id": ours}
    assert second["context"] == {"from": PHONE, "id": theirs}
    assert talking.chat()["messages"][-1]["quoted_wamid"] == theirs


def test_any_other_kind_passes_as_it_is(client, receiver):
    place = {"latitude": 40.4, "longitude": -3.7}
    client.sim(
        "POST",
        f"/customers/{PHONE}/messages",
        {"phone_number_uid": NUMBER, "type": "location", "location": place},
    )
    message = receiver.wait_posts(1)[0].items("messages")[0]
    assert message["type"] == "location" and message["location"] == place


def test_same_wamid_twice_is_one_bubble_and_two_webhooks(client, receiver):
    wamid = client.write()
    client.write(wamid=wamid)
    posts = receiver.wait_posts(2)
    assert {post.items("messages")[0]["id"] for post in posts} == {wamid}
    assert len(client.chat()["messages"]) == 1


def test_route_app_then_account_then_number(client, receiver):
    def configure(path, body):
        assert client.graph("POST", path, json=body).json() == {"success": True}

    override = {"verify_token": receiver.verify_token}
    configure(f"{WABA}/subscribed_apps", override | {"override_callback_uri": f"{receiver.url}/b"})
    number = {"override_callback_uri": f"{receiver.url}/c", **override}
    configure(SECOND_NUMBER, {"webhook_configuration": number})
    client.write(phone_number_uid=NUMBER)
    receiver.wait(lambda posts: [post.path for post in posts] == ["/b"])
    client.write(phone_number_uid=SECOND_NUMBER)
    receiver.wait(lambda posts: [post.path for post in posts] == ["/b", "/c"])
    shown = client.graph("GET", f"{SECOND_NUMBER}?fields=webhook_configuration").json()
    assert shown["webhook_configuration"] == {
        "phone_number": f"{receiver.url}/c",
        "whatsapp_business_account": f"{receiver.url}/b",
        "application": f"{receiver.url}/app",
    }
    configure(f"{WABA}/subscribed_apps", {})
    configure(SECOND_NUMBER, {"webhook_configuration": {"override_callback_uri": ""}})
    client.write(phone_number_uid=SECOND_NUMBER)
    receiver.wait(lambda posts: [post.path for post in posts] == ["/b", "/c", "/app"])


def test_handshake_decides_about_an_override(client, receiver):
    override = {"override_callback_uri": f"{receiver.url}/b", "verify_token": "guess"}
    response = client.graph("POST", f"{WABA}/subscribed_apps", json=override)
    assert client.error(response) == (400, 2200)
    assert receiver.gets[-1]["hub.mode"] == "subscribe"
    far = override | {"override_callback_uri": "https://example.com/hook"}
    assert client.error(client.graph("POST", f"{WABA}/subscribed_apps", json=far)) == (400, 2200)


def test_handshake_of_the_control_api(client, receiver):
    body = account(receiver, handshake=True)
    assert client.sim("PUT", f"/accounts/{WABA}", body) == {"handshake": "ok"}
    wrong = client.sim("PUT", f"/accounts/{WABA}", body | {"verify_token": "other"})
    assert "403" in wrong["handshake"]


def test_app_subscription_with_the_app_token(client, receiver):
    path, token = f"{APP}/subscriptions", f"{APP}|{SECRET}"
    body = {
        "object": "whatsapp_business_account",
        "callback_url": f"{receiver.url}/new",
        "verify_token": receiver.verify_token,
        "fields": "messages",
    }
    assert client.error(client.graph("POST", path, token=TOKEN, data=body)) == (401, 190)
    assert client.graph("POST", path, token=token, data=body).json() == {"success": True}
    shown = client.graph("GET", path, token=token).json()["data"][0]
    assert shown["callback_url"] == f"{receiver.url}/new"
    client.write()
    assert receiver.wait_posts(1)[0].path == "/new"


def test_unsubscribed_account_gets_nothing(client, receiver):
    client.graph("DELETE", f"{WABA}/subscribed_apps")
    assert client.graph("GET", f"{WABA}/subscribed_apps").json() == {"data": []}
    client.write()
    assert client.sim("GET", "/webhooks")["deliveries"][-1]["state"] == "no_receiver"
    assert receiver.posts == []


def test_down_time_then_fast_forward_with_identical_bytes(client, receiver):
    client.sim("POST", "/webhooks/down", {"down": True})
    client.write("while you were away")
    waiting = lambda: client.sim("GET", "/webhooks")  # noqa: E731 - read twice below
    assert waiting()["deliveries"][0]["state"] == "retrying"
    client.sim("POST", "/webhooks/fast-forward", {"seconds": 60})
    sent_bytes = waiting()["deliveries"][0]["body"].encode()
    assert receiver.posts == []
    client.sim("POST", "/webhooks/down", {"down": False})
    receiver.answer = 500
    client.sim("POST", "/webhooks/fast-forward", {"seconds": 600})
    receiver.answer = 200
    client.sim("POST", "/webhooks/fast-forward", {"seconds": 3600})
    first, second = receiver.wait_posts(2)
    assert first.body == second.body == sent_bytes
    assert second.headers["X-Hub-Signature-256"] == signature(sent_bytes)
    delivery = waiting()["deliveries"][0]
    assert delivery["state"] == "delivered" and waiting()["waiting"] == 0
    assert [attempt.get("status") for attempt in delivery["attempts"]] == [None, None, 500, 200]


def wait_for_refusals(client, count):
    """Wait until the sender, too, knows of the answers that the receiver gave."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        log = client.sim("GET", "/webhooks")
        attempts = len(log["deliveries"][0]["attempts"])
        if attempts == count and log["waiting"] == 1:
            return
        time.sleep(0.02)
    raise AssertionError(f"{attempts} attempts, {log['waiting']} waiting")


def test_only_due_retries_are_fast_forwarded_and_all_end_after_seven_days(client, receiver):
    receiver.answer = 503
    client.write()
    receiver.wait_posts(2)
    wait_for_refusals(client, 2)
    done = client.sim("POST", "/webhooks/fast-forward", {"seconds": 1})
    assert done == {"retried": 0, "waiting": 1}
    for _ in range(30):
        client.sim("POST", "/webhooks/fast-forward", {"seconds": 24 * 3600})
    delivery = client.sim("GET", "/webhooks")["deliveries"][0]
    assert delivery["state"] == "lost"
    assert 10 < len(delivery["attempts"]) < 30


def test_first_retry_comes_by_itself(client, receiver):
    receiver.answer = 500
    client.write()
    receiver.wait_posts(1)
    receiver.answer = 200
    first, second = receiver.wait_posts(2)[:2]
    assert first.body == second.body


def test_batches_collect_many_updates_into_one_body(client, receiver):
    client.sim("POST", "/settings", {"batch_webhooks": 20})
    client.sim("PUT", "/customers/4915112345", {"name": "Uwe"})
    wamids = [client.write(str(n), phone=(PHONE, "4915112345")[n % 2]) for n in range(20)]
    posts = receiver.wait(
        lambda posts: sum(len(post.items("messages")) for post in posts) == 20 and posts
    )
    assert len(posts) < 20
    assert [item["id"] for post in posts for item in post.items("messages")] == wamids
    largest = max(posts, key=lambda post: len(post.items("messages")))
    assert {c["profile"]["name"] for c in largest.values[0]["contacts"]} == {"Lucía", "Uwe"}


def test_batch_separates_numbers_and_lists(talking, receiver):
    talking.sim("POST", "/settings", {"batch_webhooks": 100})
    talking.sent()
    talking.write(phone_number_uid=SECOND_NUMBER)
    talking.write()
    values = receiver.wait(lambda posts: posts and posts[0].values)
    found = {(v["metadata"]["phone_number_id"], name) for v in values for name in v}
    assert (NUMBER, "messages") in found and (SECOND_NUMBER, "messages") in found
    assert all(not ("messages" in value and "statuses" in value) for value in values)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("valid", signature),
        ("missing", lambda body: None),
        ("former secret", lambda body: signature(body, "former secret")),
    ],
)
def test_injected_payload_with_any_signature(client, receiver, wish, expected):
    body = {"object": "whatsapp_business_account", "entry": [], "t": "ü/"}
    answer = client.sim(
        "POST", "/webhooks/deliver", {"waba_uid": WABA, "body": body, "signature": wish}
    )
    assert answer["status"] == 200
    post = receiver.wait_posts(1)[0]
    assert post.body.endswith(b'"t":"\\u00fc\\/"}')
    assert post.headers.get("X-Hub-Signature-256") == expected(post.body)


def test_injected_raw_string_with_wrong_signature(client, receiver):
    receiver.answer = 403
    payload = {"phone_number_uid": NUMBER, "body": "{not json", "signature": "wrong"}
    assert client.sim("POST", "/webhooks/deliver", payload)["status"] == 403
    post = receiver.wait_posts(1)[0]
    assert post.body == b"{not json"
    assert post.headers["X-Hub-Signature-256"] not in (None, signature(post.body))


def test_inbound_order_is_kept_per_chat(client, receiver):
    wamids = [client.write(str(n)) for n in range(30)]
    posts = receiver.wait_posts(30)
    assert [post.items("messages")[0]["id"] for post in posts] == wamids


def test_only_loopback_is_accepted_as_target(client):
    response = client.http.put("/sim/accounts/5", json={"callback_url": "https://example.com/"})
    assert response.status_code == 400
    assert "loopback" in response.json()["error"]
    assert json.loads(response.text)["error"].startswith("callback_url")
