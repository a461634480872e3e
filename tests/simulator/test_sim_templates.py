"""Templates of the Graph API: create, list, edit, delete, and what Meta refuses."""

import pytest
from business import WABA, Client, Server, account
from template_samples import CODE, NAMED, create, created, handle, listed, media_header

HOUR, DAY = 3600, 24 * 3600
GOOD = {"type": "BODY", "text": "Hello there, friend"}


@pytest.fixture
def manual(client, receiver):
    """Nothing is reviewed by itself."""
    client.sim("POST", "/settings", {"template_review": "manual"})
    return client


def test_every_account_has_hello_world(client):
    (found,) = listed(client)
    assert (found["name"], found["language"], found["status"]) == (
        "hello_world",
        "en_US",
        "APPROVED",
    )


def test_create_answers_and_is_listed_as_meta_writes_it(manual):
    answer = create(manual).json()
    assert answer["status"] == "PENDING" and answer["category"] == "UTILITY"
    assert isinstance(answer["id"], str)
    (found,) = listed(manual, name="order_ready", fields="name,components,status,rejected_reason")
    assert [component["type"] for component in found["components"]] == [
        "HEADER",
        "BODY",
        "FOOTER",
        "BUTTONS",
    ]
    assert found["components"][0]["format"] == "TEXT"
    assert found["components"][3]["buttons"][2]["type"] == "URL"
    assert found["id"] == answer["id"] and found["rejected_reason"] == "NONE"


@pytest.mark.parametrize("given", [NAMED, CODE], ids=["named", "code"])
def test_other_forms_are_taken(manual, given):
    created(manual, given)


def test_meta_writes_the_text_of_codes(manual):
    uid = created(manual, CODE)
    parts = manual.graph("GET", uid).json()["components"]
    assert parts[0]["text"].startswith("*{{1}}* is your verification code.")
    assert parts[1]["text"] == "This code expires in 10 minutes."
    assert parts[2]["buttons"][0]["text"] == "Copy code"


def test_second_template_of_a_language_is_refused(manual):
    created(manual)
    response = create(manual)
    assert manual.error(response) == (400, 100)
    assert response.json()["error"]["error_subcode"] == 2388024
    created(manual, language="es")


def test_limits_of_an_account(manual):
    manual.sim("POST", "/settings", {"template_limit": 2})
    created(manual)
    response = create(manual, name="third")
    assert response.json()["error"]["error_subcode"] == 2388019
    manual.sim("POST", "/settings", {"template_limit": 250, "rate_limits": True})
    answers = (create(manual, name=f"n{count}") for count in range(120))
    assert manual.error(next(a for a in answers if a.status_code != 200)) == (400, 80008)


def test_pages_run_through_all_and_back(manual):
    for count in range(5):
        created(manual, name=f"t{count}")
    path, names, previous = f"{WABA}/message_templates", [], ""
    page = manual.graph("GET", path, params={"limit": 2, "fields": "name"}).json()
    while True:
        names += [one["name"] for one in page["data"]]
        if "next" not in page["paging"]:
            break
        following = page["paging"]["next"].partition("/v26.0/")[2]
        page = manual.graph("GET", following).json()
        previous = page["paging"]["previous"].partition("/v26.0/")[2]
    assert sorted(names) == ["hello_world", "t0", "t1", "t2", "t3", "t4"]
    before = manual.graph("GET", previous).json()
    assert [one["name"] for one in before["data"]] == names[2:4]
    wrong = manual.graph("GET", path, params={"after": "elsewhere"})
    assert manual.error(wrong) == (400, 131059)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"status": "PENDING"}, {"order_ready", "ticket_new"}),
        ({"status": '["APPROVED","PAUSED"]'}, {"hello_world"}),
        ({"language": "ar"}, {"ticket_new"}),
        ({"category": "UTILITY,MARKETING"}, {"order_ready", "ticket_new", "hello_world"}),
        ({"name": "order"}, {"order_ready"}),
        ({"content": "Garden"}, {"order_ready"}),
        ({"name_or_content": "world"}, {"hello_world"}),
        ({"quality_score": "GREEN"}, {"hello_world"}),
    ],
)
def test_filters(manual, params, names):
    created(manual)
    created(manual, NAMED)
    assert {one["name"] for one in listed(manual, **params)} == names


def test_fields_of_one_template(manual):
    uid = created(manual, message_send_ttl_seconds=60)
    fields = "quality_score,last_updated_time,message_send_ttl_seconds,previous_category"
    found = manual.graph("GET", uid, params={"fields": fields}).json()
    assert set(found) == {"quality_score", "last_updated_time", "message_send_ttl_seconds", "id"}
    assert found["quality_score"] == {"score": "UNKNOWN"}
    wrong = manual.graph("GET", uid, params={"fields": "colour"})
    assert manual.error(wrong) == (400, 100)


def test_strangers_and_lacking_rights(manual, receiver):
    uid = created(manual)
    manual.sim("PUT", "/accounts/77", {"access_token": "other", "app_uid": "9002"})
    for verb in ("GET", "POST"):
        assert manual.error(manual.graph(verb, uid, token="other")) == (400, 100)
    path = f"{WABA}/message_templates"
    assert manual.error(manual.graph("GET", path, token="other")) == (400, 100)
    manual.sim("PUT", f"/accounts/{WABA}", {"scopes": ["whatsapp_business_messaging"]})
    assert manual.error(manual.graph("GET", path)) == (403, 200)
    assert manual.error(create(manual)) == (403, 200)


def edit(client, uid, **changes):
    return client.graph("POST", uid, json={"components": [GOOD]} | changes)


def act(client, uid, action, **body):
    return client.sim("POST", f"/templates/{uid}/{action}", body)


def test_editing_while_approved_is_limited(manual):
    uid = created(manual)
    assert manual.error(edit(manual, uid)) == (400, 100)
    for _count in range(10):
        act(manual, uid, "approve")
        assert edit(manual, uid).json() == {"success": True}
        assert manual.graph("GET", uid).json()["status"] == "PENDING"
        act(manual, uid, "approve")
        assert manual.error(edit(manual, uid)) == (400, 100)
        act(manual, uid, "reject")
        act(manual, uid, "appeal")
        manual.sim("POST", "/clock", {"advance_seconds": DAY + 1})
    act(manual, uid, "approve")
    assert "30 days" in edit(manual, uid).json()["error"]["error_user_msg"]


def test_rejected_ones_are_edited_freely_and_may_change_category(manual):
    uid = created(manual)
    for _count in range(3):
        act(manual, uid, "reject")
        assert edit(manual, uid, category="MARKETING").json() == {"success": True}
    assert manual.graph("GET", uid).json()["category"] == "MARKETING"
    act(manual, uid, "approve")
    assert manual.error(edit(manual, uid, category="UTILITY")) == (400, 100)
    assert manual.error(manual.graph("POST", uid, json={})) == (400, 100)


def test_sample_that_meta_shows_is_taken_back(manual):
    uid = created(manual, components=[media_header("IMAGE", [handle(manual, "image")]), GOOD])
    act(manual, uid, "reject")
    parts = manual.graph("GET", uid).json()["components"]
    assert edit(manual, uid, components=parts).json() == {"success": True}


def delete(client, **params):
    return client.graph("DELETE", f"{WABA}/message_templates", params=params)


def test_delete_by_name_takes_all_languages(manual):
    created(manual)
    created(manual, language="es")
    assert delete(manual, name="order_ready").json() == {"success": True}
    assert [one["name"] for one in listed(manual)] == ["hello_world"]
    created(manual)


def test_delete_by_id_leaves_the_other_languages(manual):
    uid, other = created(manual), created(manual, language="es")
    assert manual.error(delete(manual, hsm_id=uid)) == (400, 100)
    assert manual.error(delete(manual, name="other", hsm_id=uid)) == (400, 100)
    assert delete(manual, name="order_ready", hsm_id=uid).json() == {"success": True}
    assert [one["id"] for one in listed(manual, name="order_ready")] == [other]
    assert delete(manual, hsm_ids=f'["{other}"]').json() == {"success": True}
    assert manual.error(delete(manual, hsm_ids=other)) == (400, 100)


def test_name_of_a_deleted_approved_template_is_blocked_for_30_days(manual, receiver):
    uid = created(manual)
    act(manual, uid, "approve")
    delete(manual, name="order_ready")
    assert not listed(manual, name="order_ready")
    assert listed(manual, status="PENDING_DELETION")[0]["id"] == uid
    assert create(manual).json()["error"]["error_subcode"] == 2388023
    created(manual, language="es")
    manual.sim("POST", "/clock", {"advance_seconds": 30 * DAY + 1})
    created(manual)
    assert manual.error(manual.graph("GET", uid)) == (400, 100)


def test_disabled_templates_stay(manual):
    uid = created(manual)
    act(manual, uid, "approve")
    act(manual, uid, "disable")
    assert manual.error(delete(manual, name="order_ready")) == (400, 100)
    assert manual.error(edit(manual, uid)) == (400, 100)


def test_unpause_by_the_business(manual):
    uid = created(manual)
    act(manual, uid, "approve")
    assert manual.error(manual.graph("POST", f"{uid}/unpause")) == (400, 100)
    act(manual, uid, "pause")
    assert manual.graph("POST", f"{uid}/unpause").json() == {"success": True}
    assert manual.graph("GET", uid).json()["status"] == "APPROVED"


def test_restart_keeps_templates_and_what_is_due(tmp_path, receiver):
    server = Server(tmp_path).start()
    client = Client(server.url)
    client.sim("PUT", f"/accounts/{WABA}", account(receiver))
    client.sim("POST", "/settings", {"template_review_delay_s": HOUR})
    parts = [media_header("IMAGE", [handle(client, "image")]), GOOD]
    uid = created(client, components=parts)
    before = client.graph("GET", uid).json()["components"]
    client.http.close()
    server.stop()
    server = Server(tmp_path).start()
    client = Client(server.url)
    found = client.graph("GET", uid).json()
    assert found["status"] == "PENDING"
    file = before[0]["example"]["header_handle"][0].rpartition("/")[2]
    assert client.http.get(f"/sim/media/{file}").headers["content-type"] == "image/jpeg"
    client.sim("POST", "/clock", {"advance_seconds": HOUR})
    assert client.graph("GET", uid).json()["status"] == "APPROVED"
    client.http.close()
    server.stop()
