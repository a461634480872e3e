"""Limits that count: messages to one person, messages per second, the free tier, tokens."""

from business import NUMBER, PHONE, SECOND_NUMBER, WABA


def test_pair_rate_borrows_and_pays_back(talking):
    talking.sim("POST", "/settings", {"rate_limits": True})
    for _ in range(45):
        talking.sent()
    assert talking.error(talking.send()) == (400, 131056)
    talking.sim("PUT", "/customers/491600000001", {"name": "Other"})
    talking.write(phone="491600000001")
    talking.sent(to="+491600000001")
    talking.sim("POST", "/clock", {"advance_seconds": 7})
    talking.sent()
    assert talking.error(talking.send()) == (400, 131056)


def test_throughput_of_a_number(talking):
    talking.sim("POST", "/settings", {"rate_limits": True, "window_mode": "off"})
    number = {"phone_number_uid": NUMBER, "is_on_biz_app": True}
    talking.sim("PUT", f"/accounts/{WABA}", {"numbers": [number]})
    codes = set()
    for line in range(60):
        response = talking.send(to=f"+4916000{line:05d}")
        if response.status_code != 200:
            codes.add(talking.error(response))
    assert codes == {(400, 130429)}


def test_without_switch_nothing_is_counted(talking):
    for _ in range(50):
        talking.sent()


def test_free_tier_counts_deliveries_of_the_number(talking, receiver):
    talking.sim("POST", "/settings", {"free_service_messages": 2})
    for count in range(3):
        talking.sent()
        receiver.wait(lambda posts, n=count: len(receiver.statuses()) == 2 * (n + 1))
    priced = [s["pricing"]["type"] for s in receiver.statuses() if "pricing" in s]
    assert priced == ["free_customer_service", "free_customer_service", "regular"]


def test_answers_to_an_advertisement_are_free(talking, receiver):
    talking.write(referral={"source_url": "https://fb.me/1", "source_type": "ad"})
    receiver.wait_posts(1)
    talking.sent()
    receiver.wait_statuses("sent", "delivered")
    assert receiver.statuses()[0]["pricing"]["type"] == "free_entry_point"


def test_management_calls_are_throttled_by_rule(client):
    client.rule("graph", {"error": {"code": 80007}}, contains="phone_numbers")
    response = client.graph("GET", f"{WABA}/phone_numbers")
    assert client.error(response) == (400, 80007)
    assert client.graph("GET", f"{WABA}/phone_numbers").status_code == 200


def test_expired_token_and_missing_scope(client):
    client.sim("PUT", f"/accounts/{WABA}", {"scopes": ["whatsapp_business_management"]})
    assert client.error(client.send()) == (403, 200)
    client.sim("PUT", f"/accounts/{WABA}", {"token_expires_at": 1000})
    response = client.graph("GET", NUMBER)
    assert client.error(response) == (401, 190)
    assert response.json()["error"]["error_subcode"] == 463


def test_debug_token_tells_scopes_and_expiry(client):
    client.sim(
        "PUT",
        f"/accounts/{WABA}",
        {"scopes": ["whatsapp_business_messaging"], "token_expires_at": 4000000000},
    )
    path = "debug_token?input_token=EAA-token"
    data = client.graph("GET", path, token="9001|app secret").json()["data"]
    assert data["is_valid"] and data["expires_at"] == 4000000000
    assert data["scopes"] == ["whatsapp_business_messaging"]


def test_pair_of_another_number_is_another_pair(talking):
    talking.sim("POST", "/settings", {"rate_limits": True, "window_mode": "off"})
    for _ in range(45):
        talking.sent()
    talking.sent(number=SECOND_NUMBER)
    assert talking.error(talking.send(to=f"+{PHONE}")) == (400, 131056)
