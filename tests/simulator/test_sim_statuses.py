"""Statuses: order, pricing, read, and everything that the script can do to them."""

import time

import httpx
import pytest
from business import NUMBER, PHONE


def test_sent_delivered_then_read(talking, receiver):
    wamid = talking.sent(biz_opaque_callback_data="odoo:42")
    sent, delivered = receiver.wait_statuses("sent", "delivered")
    assert sent["id"] == delivered["id"] == wamid
    assert sent["recipient_id"] == PHONE and sent["recipient_user_id"].startswith("ES.")
    assert sent["biz_opaque_callback_data"] == delivered["biz_opaque_callback_data"] == "odoo:42"
    assert sent["timestamp"].isdigit()
    assert talking.sim("POST", f"/customers/{PHONE}/read", {"phone_number_uid": NUMBER}) == {
        "read": 1
    }
    receiver.wait_statuses("sent", "delivered", "read")
    assert all(len(post.items("statuses")) == 1 for post in receiver.posts)
    assert all(post.values[0]["contacts"][0]["wa_id"] == PHONE for post in receiver.posts)


@pytest.mark.parametrize(("pricing_on", "position"), [("sent", 0), ("delivered", 1)])
def test_pricing_comes_once(talking, receiver, pricing_on, position):
    talking.sim("POST", "/settings", {"pricing_on": pricing_on})
    talking.sent()
    found = receiver.wait_statuses("sent", "delivered")
    assert ["pricing" in item for item in found] == [position == 0, position == 1]
    assert found[position]["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_customer_service",
        "category": "service",
    }
    assert all("conversation" not in item for item in found)


def test_open_chat_reads_at_once_and_closed_chat_does_not(talking, receiver):
    path = f"/customers/{PHONE}/read"
    talking.sim("POST", path, {"phone_number_uid": NUMBER, "open": True})
    talking.sent()
    receiver.wait_statuses("sent", "delivered", "read")
    talking.sim("POST", path, {"phone_number_uid": NUMBER, "open": False})
    talking.sent()
    receiver.wait_statuses("sent", "delivered", "read", "sent", "delivered")
    assert talking.chat()["messages"][-1]["status"] == "delivered"


def test_auto_read(talking, receiver):
    talking.sim("POST", "/settings", {"auto_read": True})
    talking.sent()
    receiver.wait_statuses("sent", "delivered", "read")


def test_offline_phone_gets_it_later(talking, receiver):
    talking.sim("PUT", f"/customers/{PHONE}", {"offline": True})
    talking.sent()
    receiver.wait_statuses("sent")
    refused = talking.http.post(
        f"/sim/customers/{PHONE}/messages",
        json={"phone_number_uid": NUMBER, "type": "text", "text": {"body": "x"}},
    )
    assert refused.status_code == 400
    time.sleep(0.1)
    receiver.wait_statuses("sent")
    talking.sim("PUT", f"/customers/{PHONE}", {"offline": False})
    receiver.wait_statuses("sent", "delivered")


def test_number_without_whatsapp_fails(talking, receiver):
    talking.sim("POST", "/settings", {"window_mode": "off"})
    talking.sent(to="+4930123456")
    failed = receiver.wait_statuses("failed")[0]
    assert failed["recipient_id"] == "4930123456"
    assert failed["errors"][0]["code"] == 131026
    assert "contacts" not in receiver.posts[0].values[0]


def test_scripted_failure(talking, receiver):
    failure = {"code": 131049, "title": "Chosen title", "details": "Chosen details"}
    talking.rule("messages", {"async_failed": failure})
    talking.sent(biz_opaque_callback_data="odoo:1")
    failed = receiver.wait_statuses("failed")[0]
    error = failed["errors"][0]
    assert (error["code"], error["title"], error["message"]) == (131049,) + ("Chosen title",) * 2
    assert error["error_data"] == {"details": "Chosen details"}
    assert failed["biz_opaque_callback_data"] == "odoo:1"
    assert "recipient_user_id" not in failed
    bubble = talking.chat()["messages"][-1]
    assert bubble["status"] == "failed" and "131049" in bubble["error"]


def test_failure_without_details_has_no_error_data(talking, receiver):
    talking.rule("messages", {"async_failed": {"code": 131000}})
    talking.sent()
    assert "error_data" not in receiver.wait_statuses("failed")[0]["errors"][0]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"http_status": 401, "code": 190, "subcode": 463}, (401, 190)),
        ({"code": 130429, "details": "slow down"}, (400, 130429)),
        ({"http_status": 503, "code": 2}, (503, 2)),
    ],
)
def test_scripted_refusal_once(talking, error, expected):
    talking.rule("messages", {"error": error})
    response = talking.send()
    assert talking.error(response) == expected
    assert response.json()["error"].get("error_subcode") == error.get("subcode")
    talking.sent()
    assert len(talking.chat()["messages"]) == 2


def test_rules_choose_by_phone_number_and_text(talking):
    refusal = {"error": {"code": 131000, "http_status": 500}}
    talking.rule("messages", refusal, contains="poison", times=None)
    talking.rule("messages", refusal, phone="4915100000", times=None)
    talking.rule("messages", refusal, phone_number_uid="other", times=None)
    talking.sent()
    for _ in range(2):
        assert talking.error(talking.send(text={"body": "this is poison"})) == (500, 131000)
    talking.sim("DELETE", "/rules")
    talking.sent(text={"body": "this is poison"})


def test_answer_lost_after_acceptance(talking, receiver):
    talking.rule("messages", {"accept_then_drop": True})
    with pytest.raises(httpx.TransportError):
        talking.send(biz_opaque_callback_data="odoo:7")
    for item in receiver.wait_statuses("sent", "delivered"):
        assert item["biz_opaque_callback_data"] == "odoo:7"
    assert talking.chat()["messages"][-1]["callback_data"] == "odoo:7"


def test_reset_before_acceptance(talking, receiver):
    talking.rule("messages", {"reset_before_accept": True})
    with pytest.raises(httpx.TransportError):
        talking.send()
    assert len(talking.chat()["messages"]) == 1
    talking.sent()
    receiver.wait_statuses("sent", "delivered")


def test_status_before_the_response(talking, receiver):
    talking.rule("messages", {"status_before_response": True})
    wamid = talking.sent()
    assert [(i["id"], i["status"]) for i in receiver.statuses()[:1]] == [(wamid, "sent")]
    receiver.wait_statuses("sent", "delivered")


def test_duplicate_statuses_are_identical(talking, receiver):
    talking.rule("status", {"duplicate": 2}, contains="delivered")
    talking.sent()
    receiver.wait_statuses("sent", "delivered", "delivered", "delivered")
    assert len({post.body for post in receiver.posts}) == 2


def test_statuses_out_of_order(talking, receiver):
    talking.rule("status", {"reorder": True}, contains="sent")
    talking.sent()
    delivered, sent = receiver.wait_statuses("delivered", "sent")
    assert int(sent["timestamp"]) <= int(delivered["timestamp"])


def test_late_status_does_not_stop_the_others(talking, receiver):
    talking.rule("status", {"delay_s": 0.3}, contains="sent")
    talking.sent()
    receiver.wait_statuses("delivered", "sent")


def test_no_statuses_but_the_phone_shows_it(talking, receiver):
    talking.rule("messages", {"no_statuses": True})
    talking.sent()
    deadline = time.monotonic() + 5
    while talking.chat()["messages"][-1]["status"] != "delivered":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert receiver.posts == []


def test_held_webhooks_go_out_when_released(talking, receiver):
    talking.rule("webhook", {"hold": True}, times=None)
    talking.write("one")
    talking.write("two")
    assert talking.sim("GET", "/webhooks")["held"] == 2
    assert receiver.posts == []
    assert talking.sim("DELETE", "/rules") == {"released": 2}
    posts = receiver.wait_posts(2)
    assert [post.items("messages")[0]["text"]["body"] for post in posts] == ["one", "two"]


def test_reordered_and_duplicated_inbound_messages(talking, receiver):
    talking.rule("webhook", {"reorder": True}, contains="first")
    talking.rule("webhook", {"duplicate": 1}, contains="second")
    talking.write("first")
    talking.write("second")
    posts = receiver.wait_posts(3)
    bodies = [post.items("messages")[0]["text"]["body"] for post in posts]
    assert bodies[0] == "second" and sorted(bodies) == ["first", "second", "second"]


def test_scripted_delay_and_general_latency(talking):
    talking.rule("messages", {"delay_s": 0.2})
    started = time.monotonic()
    talking.sent()
    assert time.monotonic() - started >= 0.2
    talking.sim("POST", "/settings", {"latency_s": 0.15})
    started = time.monotonic()
    talking.sent()
    assert time.monotonic() - started >= 0.15


def test_clock_moves_timestamps(talking, receiver):
    talking.sim("POST", "/clock", {"offset_seconds": -3600})
    now = talking.sim("GET", "/clock")
    assert now["offset_seconds"] == -3600
    talking.write("an hour ago")
    timestamp = int(receiver.wait_posts(1)[0].items("messages")[0]["timestamp"])
    assert 3590 < time.time() - timestamp < 3610
