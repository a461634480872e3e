"""What hangs on a number: profile, picture, blocked people, delivery history, state."""

import pytest
from business import APP, NUMBER, PHONE, SECRET, WABA

from simulator.samples import SAMPLES

PRODUCT = {"messaging_product": "whatsapp"}
PROFILE = f"{NUMBER}/whatsapp_business_profile"


def test_profile_is_written_and_read(client):
    changes = {"about": "Plants", "websites": ["https://example.com"], "vertical": "RETAIL"}
    assert client.graph("POST", PROFILE, json=PRODUCT | changes).json() == {"success": True}
    found = client.graph("GET", f"{PROFILE}?fields=about,websites,vertical,email").json()
    assert found == {"data": [changes | PRODUCT]}


WRONG_PROFILES = {
    "long about": {"about": "x" * 140},
    "empty about": {"about": ""},
    "long description": {"description": "x" * 513},
    "three websites": {"websites": ["https://a.example"] * 3},
    "website without scheme": {"websites": ["example.com"]},
    "unknown vertical": {"vertical": "PIRACY"},
}


@pytest.mark.parametrize("changes", WRONG_PROFILES.values(), ids=WRONG_PROFILES)
def test_wrong_profile_is_refused(client, changes):
    assert client.error(client.graph("POST", PROFILE, json=PRODUCT | changes)) == (400, 100)


def test_picture_goes_through_a_resumable_upload(client):
    content = SAMPLES["image"].content
    query = f"file_name=shop.jpg&file_length={len(content)}&file_type=image/jpeg"
    session = client.graph("POST", f"{APP}/uploads?{query}").json()["id"]
    assert session.startswith("upload:")
    half = len(content) // 2
    assert send_part(client, session, 0, content[:half]).json() == {"id": session}
    assert client.graph("GET", session).json()["file_offset"] == half
    assert client.error(send_part(client, session, 0, content[half:])) == (400, 100)
    handle = send_part(client, session, half, content[half:]).json()["h"]
    client.graph("POST", PROFILE, json=PRODUCT | {"profile_picture_handle": handle})
    found = client.graph("GET", f"{PROFILE}?fields=profile_picture_url").json()["data"][0]
    assert client.http.get(found["profile_picture_url"]).content == content
    wrong = client.graph("POST", PROFILE, json=PRODUCT | {"profile_picture_handle": "4::no"})
    assert client.error(wrong) == (400, 131009)


def send_part(client, session, offset, content):
    headers = {"Authorization": "OAuth EAA-token", "file_offset": str(offset)}
    return client.http.post(f"/v26.0/{session}", headers=headers, content=content)


def block(client, *users, method="POST"):
    body = PRODUCT | {"block_users": list(users)}
    return client.graph(method, f"{NUMBER}/block_users", json=body)


def test_blocked_customer_is_silent_and_cannot_be_written_to(talking, receiver):
    answer = block(talking, {"user": f"+{PHONE}"}).json()
    assert answer["block_users"]["added_users"] == [{"input": f"+{PHONE}", "wa_id": PHONE}]
    listed = talking.graph("GET", f"{NUMBER}/block_users").json()["data"]
    assert listed[0]["block_users"][0]["wa_id"] == PHONE
    assert talking.error(talking.send()) == (400, 130403)
    talking.write("Hello?")
    assert talking.chat()["messages"][-1]["status"] == "accepted"
    assert block(talking, {"user": PHONE}, method="DELETE").status_code == 200
    wamid = talking.write("Now?")
    assert receiver.wait_message()["id"] == wamid


def test_mixed_blocking_tells_both_lists(talking):
    uid = talking.sim("PUT", f"/customers/{PHONE}", {})["bsuid"]
    talking.sim("PUT", "/customers/4915150000001", {"name": "Silent"})
    response = block(talking, {"user_id": uid}, {"user": "+4915150000001"}, {"user": "+1"})
    assert talking.error(response) == (400, 139100)
    lists = response.json()["block_users"]
    assert [user["input"] for user in lists["added_users"]] == [uid]
    codes = [user["errors"][0]["code"] for user in lists["failed_users"]]
    assert codes == [131047, 131021]


def test_delivery_history_of_a_message(talking, receiver):
    wamid = talking.sent()
    receiver.wait_statuses("sent", "delivered")
    found = talking.graph("GET", f"{NUMBER}/message_history?message_id={wamid}").json()["data"]
    events = found[0]["events"]["data"]
    assert [event["delivery_status"] for event in events] == ["SENT", "DELIVERED"]
    unknown = talking.graph("GET", f"{NUMBER}/message_history?message_id=wamid.no")
    assert talking.error(unknown) == (400, 100)


def test_delivery_history_tells_what_our_webhook_answered(talking, receiver):
    receiver.answer = 500
    wamid = talking.sent()

    def told():
        path = f"{NUMBER}/message_history?message_id={wamid}"
        events = talking.graph("GET", path).json()["data"][0]["events"]["data"]
        return events and events[0]["webhook_update_state"] == "RETRYING"

    receiver.wait(lambda posts: told())


def test_state_of_a_number_can_be_set(client):
    number = {
        "phone_number_uid": NUMBER,
        "status": "FLAGGED",
        "quality_rating": "RED",
        "messaging_limit": "TIER_250",
        "throughput_level": "HIGH",
        "is_on_biz_app": True,
        "health": {"can_send_message": "BLOCKED", "errors": [{"error_code": 141006}]},
    }
    client.sim("PUT", f"/accounts/{WABA}", {"numbers": [number]})
    names = "status,quality_rating,throughput,is_on_biz_app,health_status"
    limit = "whatsapp_business_manager_messaging_limit"
    found = client.graph("GET", f"{NUMBER}?fields={names},{limit}").json()
    assert found["status"] == "FLAGGED" and found["quality_rating"] == "RED"
    assert found["throughput"] == {"level": "HIGH"} and found["is_on_biz_app"] is True
    assert found[limit] == "TIER_250"
    assert found["health_status"]["can_send_message"] == "BLOCKED"
    assert found["health_status"]["entities"][0]["errors"] == [{"error_code": 141006}]


def test_app_gets_only_the_fields_that_it_subscribed_to(client, receiver):
    token = f"{APP}|{SECRET}"
    body = {
        "object": "whatsapp_business_account",
        "callback_url": f"{receiver.url}/app",
        "verify_token": receiver.verify_token,
        "fields": "account_update",
    }
    client.graph("POST", f"{APP}/subscriptions", token=token, json=body)
    found = client.graph("GET", f"{APP}/subscriptions", token=token).json()["data"][0]
    assert [field["name"] for field in found["fields"]] == ["account_update"]
    client.write()
    client.sim("POST", f"/accounts/{WABA}/events", {"field": "account_update", "value": {"a": 1}})

    def states():
        return [delivery["state"] for delivery in client.sim("GET", "/webhooks")["deliveries"]]

    receiver.wait(lambda posts: states() == ["not_subscribed", "delivered"])
    assert receiver.wait_value("account_update") == {"a": 1}
