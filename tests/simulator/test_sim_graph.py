"""The Graph side: who may call, what is refused, what an accepted call answers."""

import hashlib
import hmac

import pytest
from business import NUMBER, PHONE, SECOND_NUMBER, SECRET, TOKEN, WABA

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


@pytest.mark.parametrize("token", ["", "stranger"])
def test_unknown_bearer_is_refused(client, token):
    response = client.graph("GET", NUMBER, token=token)
    assert client.error(response) == (401, 190)
    assert response.json()["error"]["fbtrace_id"]


def test_strangers_number_looks_unknown(client, receiver):
    other = {
        "access_token": "other",
        "numbers": [{"phone_number_uid": "777", "display_phone_number": "+49 30 1"}],
    }
    client.sim("PUT", "/accounts/2", other)
    for number in ("777", "888"):
        response = client.send(number=number)
        assert client.error(response) == (400, 100)
        assert response.json()["error"]["error_subcode"] == 33


def test_appsecret_proof_is_checked(client):
    proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    assert client.graph("GET", f"{NUMBER}?appsecret_proof={proof}").status_code == 200
    assert client.error(client.graph("GET", f"{NUMBER}?appsecret_proof=no")) == (400, 100)


def test_any_version_and_none_are_accepted(client):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for path in (f"/{NUMBER}", f"/v19.0/{NUMBER}", f"/v30.0/{NUMBER}"):
        assert client.http.get(path, headers=headers).json()["id"] == NUMBER


TOO_LONG = {
    "body": {"text": {"body": "ü" * 4097}},
    "callback": {"biz_opaque_callback_data": "x" * 513},
    "caption": {"type": "image", "image": {"id": "1", "caption": "x" * 1025}},
    "id and link": {"type": "image", "image": {"id": "1", "link": "http://127.0.0.1/a.png"}},
    "no product": {"messaging_product": "telegram"},
    "template parts": {
        "type": "template",
        "template": {"name": "n", "language": {"code": "en"}, "components": ["x"]},
    },
    "group": {"recipient_type": "group"},
}


@pytest.mark.parametrize("changes", TOO_LONG.values(), ids=TOO_LONG)
def test_limits_are_refused_with_details(talking, changes):
    assert talking.error(talking.send(**changes)) == (400, 100)


MISSING = {
    "recipient": {"to": ""},
    "body": {"text": {"body": ""}},
    "part": {"text": None},
    "image source": {"type": "image", "image": {"caption": "x"}},
    "template": {"type": "template", "template": None},
    "template language": {"type": "template", "template": {"name": "hello"}},
    "quoted message": {"context": {}},
}


@pytest.mark.parametrize("changes", MISSING.values(), ids=MISSING)
def test_missing_parts_are_refused(talking, changes):
    assert talking.error(talking.send(**changes)) == (400, 131008)


def test_largest_allowed_text_passes(talking):
    assert talking.sent(text={"body": "ü" * 4096}, biz_opaque_callback_data="x" * 512)


def test_unknown_kind_own_number_and_broken_json(talking):
    assert talking.error(talking.send(type="hologram", hologram={})) == (400, 131009)
    assert talking.error(talking.send(to="+1 (555) 000-1111")) == (400, 131021)
    broken = talking.graph("POST", f"{NUMBER}/messages", content=b"{no")
    assert talking.error(broken) == (400, 100)


def test_answer_by_phone_by_bsuid_and_by_both(talking):
    bsuid = talking.sim("GET", "/state")["customers"][0]["bsuid"]
    by_phone = talking.send(to="+34 600-111 222").json()
    assert by_phone["contacts"] == [{"input": "+34 600-111 222", "wa_id": PHONE}]
    assert by_phone["messages"][0]["id"].startswith("wamid.")
    by_bsuid = talking.send(to="", recipient=bsuid).json()
    assert by_bsuid["contacts"] == [{"input": bsuid, "user_id": bsuid}]
    both = talking.send(recipient=bsuid).json()["contacts"][0]
    assert both == {"input": f"+{PHONE}", "wa_id": PHONE, "user_id": bsuid}
    assert talking.error(talking.send(to="", recipient="ES.1")) == (400, 100)


def test_wamids_differ_and_are_opaque(talking):
    wamids = {talking.sent() for _ in range(20)}
    assert len(wamids) == 20
    assert all(len(wamid) > 40 for wamid in wamids)


def test_read_receipt_with_typing(client):
    wamid = client.write()
    earlier_and_this = [wamid, client.write("again")]
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": earlier_and_this[1]}
    body["typing_indicator"] = {"type": "text"}
    response = client.graph("POST", f"{NUMBER}/messages", json=body)
    assert response.json() == {"success": True}
    assert [m["status"] for m in client.chat()["messages"]] == ["read", "read"]


def test_read_receipt_refusals(talking):
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"}
    path = f"{NUMBER}/messages"
    assert talking.error(talking.graph("POST", path, json=body)) == (400, 131009)
    typing = body | {"status": "typing"}
    assert talking.error(talking.graph("POST", path, json=typing)) == (400, 100)


def test_window_closes_after_24_hours_and_reopens(talking):
    talking.sim("POST", "/clock", {"advance_seconds": 24 * 3600 - 60})
    talking.sent()
    talking.sim("POST", "/clock", {"advance_seconds": 61})
    assert talking.error(talking.send()) == (400, 131047)
    template = {"name": "hello_world", "language": {"code": "en_US"}}
    accepted = talking.send(type="template", template=template).json()
    assert accepted["messages"][0]["message_status"] == "accepted"
    talking.write("still there?")
    talking.sent()


def test_own_message_does_not_open_the_window(client):
    template = {"name": "hello_world", "language": {"code": "en_US"}}
    client.sent(type="template", template=template)
    assert client.error(client.send()) == (400, 131047)


def test_window_can_fail_late_or_be_off(client, receiver):
    client.sim("POST", "/settings", {"window_mode": "async"})
    client.sent()
    failed = receiver.wait_statuses("failed")[0]
    assert failed["errors"][0]["code"] == 131047
    client.sim("POST", "/settings", {"window_mode": "off"})
    client.sent()
    receiver.wait_statuses("failed", "sent", "delivered")


def test_windows_are_per_number(talking):
    assert talking.error(talking.send(number=SECOND_NUMBER)) == (400, 131047)


def test_number_and_account_fields(client):
    number = client.graph("GET", f"{NUMBER}?fields=verified_name,quality_rating").json()
    assert number == {"id": NUMBER, "verified_name": "Garden sales", "quality_rating": "GREEN"}
    assert client.graph("GET", f"{WABA}?fields=name").json() == {"id": WABA, "name": "Garden shop"}
    assert client.error(client.graph("GET", f"{NUMBER}?fields=colour")) == (400, 100)


def test_numbers_come_in_pages(client):
    page = client.graph("GET", f"{WABA}/phone_numbers?limit=1&fields=id").json()
    assert page["data"] == [{"id": NUMBER}]
    following = page["paging"]["next"]
    assert following.startswith(client.url)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    last = client.http.get(following, headers=headers).json()
    assert last["data"] == [{"id": SECOND_NUMBER}]
    assert "next" not in last["paging"]


def test_debug_token_needs_the_app_token(client):
    path = f"debug_token?input_token={TOKEN}"
    data = client.graph("GET", path, token=f"9001|{SECRET}").json()["data"]
    assert data["is_valid"] and data["app_id"] == "9001"
    assert "whatsapp_business_messaging" in data["scopes"]
    assert client.error(client.graph("GET", path, token="9001|wrong")) == (401, 190)
    unknown = client.graph("GET", "debug_token?input_token=x", token=f"9001|{SECRET}").json()
    assert unknown["data"]["is_valid"] is False


def test_calls_are_logged_without_tokens(client):
    client.send()
    client.graph("GET", f"{NUMBER}?access_token={TOKEN}&appsecret_proof=p", token="")
    text = str(client.sim("GET", "/calls"))
    assert "Guten Tag" in text and "/v26.0/" in text
    assert TOKEN not in text and "appsecret_proof" not in text
    assert client.sim("DELETE", "/calls") == {"calls": []}
