"""The life of a template: each step is told by a signed webhook to the app's address."""

import json
import time

import pytest
from business import SECRET, WABA, Client
from cloud_api.signature import sign
from template_samples import ORDER, create, created, listed, ready

STATUS, QUALITY = "message_template_status_update", "message_template_quality_update"
CATEGORY, PARTS = "template_category_update", "message_template_components_update"


@pytest.fixture
def manual(client, receiver):
    client.sim("POST", "/settings", {"template_review": "manual"})
    return client


@pytest.fixture
def approved(manual, receiver):
    """The id of an approved template whose webhooks have come."""
    (uid,) = ready(manual, ORDER)
    receiver.clear()
    return uid


def act(client, uid, action, **body):
    return client.sim("POST", f"/templates/{uid}/{action}", body)


def test_review_by_itself(client, receiver):
    client.sim("POST", "/settings", {"template_review_delay_s": 0.05})
    uid = created(client)
    pending, approved = receiver.wait_values(STATUS, 2)
    assert pending["event"] == "PENDING"
    assert approved == {
        "event": "APPROVED",
        "message_template_id": int(uid),
        "message_template_name": "order_ready",
        "message_template_language": "en_US",
        "reason": "NONE",
        "message_template_category": "UTILITY",
    }
    assert listed(client, name="order_ready")[0]["status"] == "APPROVED"


def test_review_follows_the_clock_of_whatsapp(client, receiver):
    client.sim("POST", "/settings", {"template_review_delay_s": 3600})
    created(client)
    client.sim("POST", "/clock", {"advance_seconds": 3599})
    assert listed(client, name="order_ready")[0]["status"] == "PENDING"
    client.sim("POST", "/clock", {"advance_seconds": 2})
    assert receiver.wait_values(STATUS, 2)[1]["event"] == "APPROVED"


def test_webhooks_are_signed_and_go_to_the_app_only(approved, manual, receiver):
    path = f"{WABA}/subscribed_apps"
    override = {
        "override_callback_uri": f"{receiver.url}/override",
        "verify_token": receiver.verify_token,
    }
    assert manual.graph("POST", path, json=override).status_code == 200
    act(manual, approved, "pause")
    (post,) = receiver.wait_posts(1)
    assert post.path == "/app"
    assert post.headers["X-Hub-Signature-256"] == sign(post.body, SECRET)
    (entry,) = post.json["entry"]
    assert entry["id"] == WABA and isinstance(entry["time"], int)
    assert "metadata" not in post.values[0]


def test_rejected_with_reason_and_appeal(manual, receiver):
    uid = created(manual)
    words = "Use a variable that says what it is for."
    act(manual, uid, "reject", reason="TAG_CONTENT_MISMATCH", recommendation=words)
    value = receiver.wait_values(STATUS, 2)[1]
    assert (value["event"], value["reason"]) == ("REJECTED", "TAG_CONTENT_MISMATCH")
    assert value["rejection_info"] == {"reason": "TAG_CONTENT_MISMATCH", "recommendation": words}
    fields = {"fields": "status,rejected_reason"}
    found = manual.graph("GET", uid, params=fields).json()
    assert found == {"status": "REJECTED", "rejected_reason": "TAG_CONTENT_MISMATCH", "id": uid}
    act(manual, uid, "appeal")
    act(manual, uid, "approve")
    events = [value["event"] for value in receiver.wait_values(STATUS, 4)]
    assert events[2:] == ["IN_APPEAL", "APPROVED"]
    found = manual.graph("GET", uid, params=fields).json()
    assert found["rejected_reason"] == "NONE"


def test_paused_twice_then_disabled(approved, manual, receiver):
    for title, hours in (("FIRST_PAUSE", 3), ("SECOND_PAUSE", 6)):
        act(manual, approved, "pause")
        value = receiver.wait_value(STATUS)
        assert (value["event"], value["other_info"]["title"]) == ("PAUSED", title)
        receiver.clear()
        manual.sim("POST", "/clock", {"advance_seconds": hours * 3600 - 5})
        assert manual.graph("GET", approved).json()["status"] == "PAUSED"
        manual.sim("POST", "/clock", {"advance_seconds": 6})
        value = receiver.wait_value(STATUS)
        assert (value["event"], value["other_info"]["title"]) == ("APPROVED", "UNPAUSE")
        receiver.clear()
    act(manual, approved, "pause")
    value = receiver.wait_value(STATUS)
    assert value["event"] == "DISABLED" and value["disable_info"]["disable_date"]
    assert manual.graph("GET", approved).json()["status"] == "DISABLED"


def test_quality(approved, manual, receiver):
    act(manual, approved, "quality", score="RED")
    value = receiver.wait_value(QUALITY)
    assert (value["previous_quality_score"], value["new_quality_score"]) == ("GREEN", "RED")
    fields = {"fields": "quality_score,status"}
    found = manual.graph("GET", approved, params=fields).json()
    assert found["status"] == "APPROVED" and found["quality_score"]["score"] == "RED"
    assert found["quality_score"]["date"] > 1700000000


def test_category_changes_a_day_after_its_notice(approved, manual, receiver):
    act(manual, approved, "category", category="MARKETING")
    value = receiver.wait_value(CATEGORY)
    assert (value["new_category"], value["correct_category"]) == ("UTILITY", "MARKETING")
    assert abs(value["category_update_timestamp"] - time.time() - 86400) < 10
    fields = {"fields": "category,correct_category,previous_category"}
    found = manual.graph("GET", approved, params=fields).json()
    assert (found["category"], found["correct_category"]) == ("UTILITY", "MARKETING")
    manual.sim("POST", "/clock", {"advance_seconds": 86401})
    value = receiver.wait_value(CATEGORY, 2)
    assert (value["previous_category"], value["new_category"]) == ("UTILITY", "MARKETING")
    found = manual.graph("GET", approved, params=fields).json()
    assert found == {"category": "MARKETING", "previous_category": "UTILITY", "id": approved}


def test_category_at_once_and_only_detected(approved, manual, receiver):
    act(manual, approved, "category", category="MARKETING", how="detected")
    value = receiver.wait_value("template_correct_category_detection")
    assert (value["category"], value["correct_category"]) == ("UTILITY", "MARKETING")
    act(manual, approved, "category", category="MARKETING", how="now")
    assert receiver.wait_value(CATEGORY)["new_category"] == "MARKETING"
    path = f"/templates/{approved}/category"
    assert "already" in manual.refused("POST", path, {"category": "MARKETING", "how": "now"})


def test_judge_approves_promotion_as_marketing(client):
    client.sim("POST", "/settings", {"template_review": "judge", "template_review_delay_s": 0})
    text = {"type": "BODY", "text": "Get a discount of 20 % on everything today"}
    assert create(client, components=[text]).json()["category"] == "MARKETING"
    arabic = {"type": "BODY", "text": "احصل على خصم كبير اليوم"}
    answer = create(client, name="b", language="ar", components=[arabic])
    assert answer.json()["category"] == "MARKETING"
    assert create(client, name="c").json()["category"] == "UTILITY"


def test_edit_tells_the_new_texts(approved, manual, receiver):
    parts = [
        {"type": "HEADER", "format": "TEXT", "text": "News"},
        {"type": "BODY", "text": "Your order has left our garden"},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "See", "url": "https://a.b"}]},
    ]
    assert manual.graph("POST", approved, json={"components": parts}).status_code == 200
    value = receiver.wait_value(PARTS)
    assert value["message_template_title"] == "News"
    assert value["message_template_element"] == "Your order has left our garden"
    assert "message_template_footer" not in value
    assert value["message_template_buttons"] == [
        {
            "message_template_button_type": "URL",
            "message_template_button_text": "See",
            "message_template_button_url": "https://a.b",
        }
    ]
    assert receiver.wait_value(STATUS)["event"] == "PENDING"


def test_texts_changed_in_whatsapp_manager(approved, manual, receiver):
    parts = [{"type": "BODY", "text": "Changed by somebody else"}]
    act(manual, approved, "components", components=parts)
    assert receiver.wait_value(PARTS)["message_template_element"] == "Changed by somebody else"
    assert manual.graph("GET", approved).json()["status"] == "APPROVED"
    path = f"/templates/{approved}/components"
    assert "BODY" in manual.refused("POST", path, {"components": []})


def test_deletion(approved, manual, receiver):
    params = {"name": "order_ready"}
    manual.graph("DELETE", f"{WABA}/message_templates", params=params)
    assert receiver.wait_value(STATUS)["event"] == "PENDING_DELETION"
    manual.sim("POST", "/clock", {"advance_seconds": 31 * 86400})
    assert receiver.wait_value(STATUS, 2)["event"] == "DELETED"


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("FLAGGED", "APPROVED"),
        ("LIMIT_EXCEEDED", "LIMIT_EXCEEDED"),
        ("ARCHIVED", "ARCHIVED"),
        ("UNARCHIVED", "APPROVED"),
        ("LOCKED", "APPROVED"),
        ("REINSTATED", "APPROVED"),
    ],
)
def test_rarer_events(approved, manual, receiver, event, status):
    act(manual, approved, "event", event=event)
    assert receiver.wait_value(STATUS)["event"] == event
    assert manual.graph("GET", approved).json()["status"] == status


def test_language_may_come_with_a_hyphen(approved, manual, receiver):
    manual.sim("POST", "/settings", {"template_hyphens": True})
    act(manual, approved, "pause")
    assert receiver.wait_value(STATUS)["message_template_language"] == "en-US"
    assert manual.graph("GET", approved).json()["language"] == "en_US"


WRONG_STEPS = {
    "approve twice": ("approve", {}, "cannot become"),
    "unpause": ("unpause", {}, "paused"),
    "appeal": ("appeal", {}, "cannot become"),
    "reason": ("reject", {"reason": "UGLY"}, "reason"),
    "score": ("quality", {"score": "PINK"}, "score"),
    "category": ("category", {"category": "SPAM"}, "category"),
    "how": ("category", {"category": "MARKETING", "how": "later"}, "how"),
    "event": ("event", {"event": "PARTY"}, "event"),
    "key": ("approve", {"colour": "red"}, "colour"),
}


@pytest.mark.parametrize(("action", "body", "words"), WRONG_STEPS.values(), ids=WRONG_STEPS)
def test_wrong_steps_are_refused_in_plain_words(approved, manual, action, body, words):
    assert words in manual.refused("POST", f"/templates/{approved}/{action}", body)


def test_control_api_lists_and_adds(manual):
    found = manual.sim("POST", f"/accounts/{WABA}/templates", {"starter": True})["templates"]
    keys = {(one["name"], one["language"]) for one in found}
    assert {("order_thanks", "en_US"), ("order_thanks", "ar")} <= keys
    assert {("request_logged", "ar"), ("appointment", "ar"), ("new_collection", "en_US")} <= keys
    again = manual.sim("POST", f"/accounts/{WABA}/templates", {"starter": True})["templates"]
    assert again == []
    shown = manual.sim("GET", f"/templates?waba_uid={WABA}")["templates"]
    assert len(shown) == len(found) + 1 and {one["status"] for one in shown} == {"APPROVED"}
    assert manual.sim("GET", "/templates?waba_uid=5")["templates"] == []
    path = f"/accounts/{WABA}/templates"
    assert "starter" in manual.refused("POST", path, {})
    assert "No account" in manual.refused("POST", "/accounts/5/templates", {"starter": True})
    wrong = {"name": "a", "language": "en", "category": "UTILITY", "components": []}
    assert "BODY" in manual.refused("POST", path, {"templates": [wrong]})
    assert "No template" in manual.refused("POST", "/templates/5/approve", {})


def test_control_api_shows_a_template_with_its_samples(manual):
    uid = created(manual)
    (shown,) = [one for one in manual.sim("GET", "/templates")["templates"] if one["id"] == uid]
    assert shown["face"]["text"] == "Hello Ana, your order costs *42 EUR* and is ready."
    assert shown["face"]["header"]["text"] == "Order S0042"
    assert shown["face"]["buttons"][2]["url"] == "https://shop.example.com/42"
    assert shown["steps"] == ["approve", "reject", "delete"]
    assert act(manual, uid, "approve")["steps"] == ["reject", "pause", "disable", "delete"]


def test_pages_hear_of_every_step(approved, manual):
    with manual.http.stream("GET", "/sim/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        other = Client(manual.url)
        act(other, approved, "pause")
        events = (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        assert next(event for event in events if event["kind"] == "templates")
        other.http.close()
