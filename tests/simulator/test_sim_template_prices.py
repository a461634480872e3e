"""What templates cost, and when Meta keeps one from its recipient."""

import pytest
from business import NUMBER, PHONE, SECOND_NUMBER
from template_samples import CODE, NAMED, ORDER, button, order_parts, ready, template, texts

GOOD = {"type": "BODY", "text": "Hello there, friend"}


@pytest.fixture
def shop(client, receiver):
    """A business with approved templates and no open window."""
    ready(client, ORDER, NAMED, CODE)
    return client


def body(*values):
    return {"type": "body", "parameters": texts(*values)}


def order(*components):
    return template("order_ready", "en_US", *components)


PRICES = {
    "utility": order(*order_parts()),
    "authentication": template("code", "en", body("1"), button(0, "url", *texts("1"))),
    "marketing": template("news", "en"),
}


@pytest.mark.parametrize(("category", "message"), PRICES.items(), ids=PRICES)
def test_price_by_category(shop, receiver, category, message):
    ready(shop, {"name": "news", "language": "en", "category": "MARKETING", "components": [GOOD]})
    shop.sent(**message)
    statuses = receiver.wait_statuses("sent", "delivered")
    priced = [status["pricing"] for status in statuses if "pricing" in status]
    assert priced == [
        {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}
    ]
    assert all("conversation" not in status for status in statuses)


def test_everything_is_free_for_72_hours_after_an_answered_advertisement(shop, receiver):
    ad = {"source_url": "https://fb.me/1", "source_type": "ad"}
    shop.write(referral=ad)
    receiver.wait_posts(1)
    receiver.clear()
    assert shop.chat()["free_entry_until"] is None
    shop.sent()
    sent, delivered = receiver.wait_statuses("sent", "delivered")
    assert sent["pricing"]["category"] == "referral_conversion"
    assert not sent["pricing"]["billable"]
    conversation = sent["conversation"]
    assert conversation["origin"] == {"type": "referral_conversion"}
    ends = int(conversation["expiration_timestamp"])
    assert abs(ends - int(sent["timestamp"]) - 72 * 3600) <= 2
    assert delivered["conversation"]["id"] == conversation["id"]
    assert "expiration_timestamp" not in delivered["conversation"]
    shop.sim("POST", "/clock", {"advance_seconds": 71 * 3600})
    receiver.clear()
    shop.sent(**order(*order_parts()))
    found = receiver.wait_statuses("sent", "delivered")[0]
    assert found["pricing"]["type"] == "free_entry_point"
    assert found["conversation"]["id"] == conversation["id"]
    # Free, yet only templates: the window of 24 hours has closed.
    assert shop.error(shop.send()) == (400, 131047)
    shop.sim("POST", "/clock", {"advance_seconds": 2 * 3600})
    receiver.clear()
    shop.sent(**order(*order_parts()))
    found = receiver.wait_statuses("sent", "delivered")[0]
    assert found["pricing"]["type"] == "regular" and "conversation" not in found


def test_late_answer_to_an_advertisement_is_not_free(shop, receiver):
    shop.write(referral={"source_url": "https://fb.me/1", "source_type": "ad"})
    shop.sim("POST", "/clock", {"advance_seconds": 25 * 3600})
    receiver.wait_posts(1)
    receiver.clear()
    shop.sent(**order(*order_parts()))
    assert receiver.wait_statuses("sent", "delivered")[0]["pricing"]["type"] == "regular"


@pytest.fixture
def news(shop):
    ready(shop, {"name": "news", "language": "en", "category": "MARKETING", "components": [GOOD]})
    return template("news", "en")


def test_limit_of_offers_for_one_person(shop, receiver, news):
    shop.sim("POST", "/settings", {"marketing_per_day": 1})
    shop.sent(**news)
    receiver.wait_statuses("sent", "delivered")
    receiver.clear()
    shop.sent(**news, number=SECOND_NUMBER)
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131049
    receiver.clear()
    shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "delivered")
    shop.write()
    receiver.clear()
    shop.sent(**news)
    receiver.wait(lambda posts: len(receiver.statuses()) == 2)
    shop.sim("POST", "/clock", {"advance_seconds": 86401})
    receiver.clear()
    shop.sent(**news)
    receiver.wait_statuses("sent", "delivered")


def test_who_stopped_offers_gets_only_the_rest(shop, receiver, news):
    shop.act("marketing", phone_number_uid=NUMBER, value="stop")
    receiver.wait_posts(1)
    receiver.clear()
    shop.sent(**news)
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131050
    receiver.clear()
    shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "delivered")
    shop.act("marketing", phone_number_uid=NUMBER, value="resume")
    receiver.clear()
    shop.sent(**news)
    receiver.wait(lambda posts: len(receiver.statuses()) == 2)


def test_no_offers_to_the_united_states(shop, receiver, news):
    shop.sim("PUT", "/customers/12125550100", {"name": "Joe"})
    shop.sent(**news, to="+12125550100")
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131049


def test_codes_need_a_phone_number(shop):
    person = shop.sim("GET", "/state")["customers"][0]
    response = shop.send(**PRICES["authentication"], to="", recipient=person["bsuid"])
    assert shop.error(response) == (400, 131062)


def test_a_code_that_comes_too_late_never_comes(shop, receiver):
    shop.sim("PUT", f"/customers/{PHONE}", {"offline": True})
    shop.sent(**PRICES["authentication"])
    receiver.wait_statuses("sent")
    shop.sim("POST", "/clock", {"advance_seconds": 601})
    shop.sim("PUT", f"/customers/{PHONE}", {"offline": False})
    shop.sent(**order(*order_parts()))
    receiver.wait_statuses("sent", "sent", "delivered")
    assert [m["status"] for m in shop.chat()["messages"]] == ["sent", "delivered"]


@pytest.mark.parametrize("drop", [False, True])
def test_held_for_a_check_of_quality(shop, receiver, drop):
    (uid,) = ready(shop, ORDER | {"name": "slow"})
    shop.sim("POST", f"/templates/{uid}/hold", {})
    answer = shop.send(**template("slow", "en_US", *order_parts())).json()
    assert answer["messages"][0]["message_status"] == "held_for_quality_assessment"
    assert receiver.statuses() == []
    shop.sim("POST", f"/templates/{uid}/hold", {"on": False, "drop": drop})
    if drop:
        assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 132015
    else:
        receiver.wait_statuses("sent", "delivered")
