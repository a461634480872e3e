"""Limits that count: messages to one person, messages per second, the free tier, tokens."""

from business import NUMBER, WABA

from simulator.clock import Clock
from simulator.graph_errors import GraphError
from simulator.rates import Rates
from simulator.world import Number


class Watch:
    """A clock that a test moves."""

    def __init__(self):
        self.seconds = 1790000000.0

    def __call__(self) -> float:
        return self.seconds


def refusals(rates, number, phones) -> list[int]:
    """Charge a message to each phone; return the codes of what is refused."""
    codes = []
    for phone in phones:
        try:
            rates.charge(number, phone)
        except GraphError as error:
            codes.append(error.code)
    return codes


def test_pair_rate_borrows_and_pays_back():
    watch, number = Watch(), Number("1", "2")
    rates = Rates(Clock(watch))
    assert refusals(rates, number, ["34600"] * 45) == []
    assert refusals(rates, number, ["34600"]) == [131056]
    assert refusals(rates, number, ["34601"]) == []
    watch.seconds += 6
    assert refusals(rates, number, ["34600"] * 2) == [131056]
    watch.seconds += 45 * 6
    assert refusals(rates, number, ["34600"] * 45) == []


def test_throughput_of_a_number_and_of_one_with_a_phone_app():
    watch = Watch()
    rates = Rates(Clock(watch))
    phones = [f"34600{line:03d}" for line in range(81)]
    for number, limit in ((Number("1", "w"), 80), (Number("2", "w", is_on_biz_app=True), 20)):
        assert refusals(rates, number, phones[: limit + 1]) == [130429]
    watch.seconds += 1
    assert refusals(rates, number, phones[:20]) == []


def test_inbound_counts_towards_throughput():
    rates, number = Rates(Clock(Watch())), Number("1", "w", is_on_biz_app=True)
    for _ in range(20):
        rates.count(number)
    assert refusals(rates, number, ["34600"]) == [130429]


def test_pair_rate_of_the_server(talking):
    talking.sim("POST", "/settings", {"rate_limits": True})
    response = next(r for r in (talking.send() for _ in range(200)) if r.status_code != 200)
    assert talking.error(response) == (400, 131056)
    talking.sim("PUT", "/customers/491600000001", {"name": "Other"})
    talking.write(phone="491600000001")
    talking.sent(to="+491600000001")


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
