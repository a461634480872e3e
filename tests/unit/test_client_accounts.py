"""Calls that set up a connection: tokens, apps, accounts and their numbers."""

import hashlib
import hmac
from datetime import datetime, timezone

import pytest
from cloud_api import errors
from cloud_api.account_answers import AppSubscription, SubscribedApp, TokenInfo
from cloud_api.client import CloudApiClient

from tests.unit.conftest import TOKEN

SECRET = "app-secret-456"
APP_TOKEN = f"900|{SECRET}"
HOOK = "https://odoo.example.com/hook"


@pytest.fixture
def app(graph, session):
    return CloudApiClient(session, graph.url, "v26.0", TOKEN, app_secret=SECRET)


def test_a_token_is_examined_by_its_app(graph, app):
    scopes = ["whatsapp_business_messaging"]
    data = {
        "app_id": 900,
        "is_valid": True,
        "expires_at": 1790000000,
        "scopes": [*scopes, 7],
        "granular_scopes": [{"scope": scopes[0], "target_ids": ["2", "1"]}, "odd"],
    }
    graph.script_json({"data": data})
    info = app.token_info("900")
    expires = datetime.fromtimestamp(1790000000, timezone.utc)
    assert info == TokenInfo(True, "900", expires, tuple(scopes), ("1", "2"))
    assert info.missing_scopes() == ("whatsapp_business_management",)
    (request,) = graph.requests
    assert (request.method, request.path) == ("GET", "/v26.0/debug_token")
    assert request.query["input_token"] == [TOKEN]
    assert request.headers["Authorization"] == f"Bearer {APP_TOKEN}"
    proof = hmac.new(SECRET.encode(), APP_TOKEN.encode(), hashlib.sha256).hexdigest()
    assert request.query["appsecret_proof"] == [proof]


@pytest.mark.parametrize(
    "answer", [{}, {"data": []}, {"data": {"is_valid": "yes", "scopes": 3, "granular_scopes": {}}}]
)
def test_a_token_of_which_meta_says_nothing_is_not_valid(graph, app, answer):
    graph.script_json(answer or {"x": 1})
    assert app.token_info("900") == TokenInfo(False, "", None, (), ())


def test_a_token_that_never_ends_and_one_that_is_over(graph, app):
    graph.script_json({"data": {"is_valid": True, "expires_at": 0}})
    graph.script_json({"data": {"is_valid": False, "error": {"message": "Session has expired"}}})
    assert app.token_info("900").expires_at is None
    assert app.token_info("900").problem == "Session has expired"


def test_the_app_speaks_only_with_id_and_secret(graph, client, app):
    for call in (
        lambda: client.token_info("900"),
        lambda: app.token_info(""),
        lambda: client.app_subscription("900"),
    ):
        with pytest.raises(errors.InvalidRequest, match="app secret"):
            call()
    assert graph.requests == []


def test_errors_quote_neither_token_nor_secret(graph, app):
    message = f"Bad token {TOKEN} for app token {APP_TOKEN}"
    graph.script_json({"error": {"code": 190, "message": message}}, 400)
    with pytest.raises(errors.AuthError) as caught:
        app.token_info("900")
    assert TOKEN not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_subscription_of_an_app(graph, app):
    other = {"object": "page", "callback_url": "https://elsewhere"}
    row = {
        "object": "whatsapp_business_account",
        "callback_url": HOOK,
        "fields": [{"name": "messages", "version": "v26.0"}, {}],
    }
    graph.script_json({"data": ["odd", other, row]})
    graph.script_json({"data": [other]})
    assert app.app_subscription("900") == AppSubscription(HOOK, ("messages",))
    assert app.app_subscription("900") == AppSubscription()
    assert graph.requests[0].path == "/v26.0/900/subscriptions"
    assert graph.requests[0].headers["Authorization"] == f"Bearer {APP_TOKEN}"


def test_subscribing_an_app_to_fields(graph, app):
    graph.script_json({"success": True})
    app.subscribe_to_fields("900", HOOK, "verify", ("messages", "calls"))
    (request,) = graph.requests
    assert (request.method, request.path) == ("POST", "/v26.0/900/subscriptions")
    form = request.body.decode()
    assert "object=whatsapp_business_account" in form
    assert "fields=messages%2Ccalls" in form
    assert "verify_token=verify" in form
    assert SECRET not in form


def test_subscription_of_an_account(graph, client):
    data = {"whatsapp_business_api_data": {"id": "900", "name": "App"}}
    override = data | {"override_callback_uri": HOOK}
    graph.script_json({"data": [data, override, {"whatsapp_business_api_data": 3}]})
    graph.script_json({"success": True})
    assert client.subscribed_apps("9") == [
        SubscribedApp("900", "App", ""),
        SubscribedApp("900", "App", HOOK),
        SubscribedApp("", "", ""),
    ]
    client.subscribe_app("9")
    subscribed = graph.requests[1]
    assert (subscribed.method, subscribed.path) == ("POST", "/v26.0/9/subscribed_apps")
    assert subscribed.body == b""


def test_name_of_an_account(graph, client):
    graph.script_json({"id": "9", "name": "Garden"})
    graph.script_json({"id": "9"})
    graph.script_json({"id": "8", "name": "Other"})
    assert client.account_name("9") == "Garden"
    assert client.account_name("9") == "9"
    with pytest.raises(errors.AuthError):
        client.account_name("9")


def test_override_of_a_number(graph, client):
    graph.script_json({"success": True})
    client.set_callback_override("1", HOOK, "verify")
    assert graph.requests[0].json["webhook_configuration"] == {
        "override_callback_uri": HOOK,
        "verify_token": "verify",
    }


def test_a_callback_address_over_metas_limit(graph, client):
    with pytest.raises(errors.InvalidRequest):
        client.set_callback_override("1", "https://x/" + "y" * 200, "verify")


def test_state_of_a_number(graph, client):
    problem = {"error_code": 141006, "error_description": "No payment", "possible_solution": "Add"}
    graph.script_json(
        {
            "id": "1",
            "verified_name": "Shop\x00",
            "quality_rating": "GREEN",
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "throughput": {"level": "STANDARD"},
            "is_on_biz_app": True,
            "health_status": {
                "can_send_message": "LIMITED",
                "entities": [
                    {"entity_type": "WABA", "id": "9", "errors": [problem]},
                    {"entity_type": "BUSINESS", "id": "77"},
                    None,
                ],
            },
            "webhook_configuration": {"phone_number": HOOK, "application": "https://old"},
        }
    )
    info = client.phone_number("1")
    assert (info.uid, info.verified_name, info.quality_rating) == ("1", "Shop", "GREEN")
    assert (info.messaging_limit, info.throughput) == ("TIER_2K", "STANDARD")
    assert (info.is_on_biz_app, info.can_send, info.portfolio_uid) == (True, "LIMITED", "77")
    (found,) = info.problems
    assert (found.entity, found.code, found.solution) == ("WABA", "141006", "Add")
    assert info.webhooks.effective == HOOK
    assert "webhook_configuration" in graph.requests[0].query["fields"][0].split(",")


def test_the_most_special_callback_address_is_used(graph, client):
    for configuration, expected in (
        ({"application": "a", "whatsapp_business_account": "w"}, "w"),
        ({"application": "a"}, "a"),
        ({}, ""),
        ([], ""),
    ):
        graph.script_json({"id": "1", "webhook_configuration": configuration})
        assert client.phone_number("1").webhooks.effective == expected


def test_phone_numbers_come_from_all_pages(graph, client):
    cursors = {"cursors": {"before": "a", "after": "CURSOR"}, "next": "https://graph/leaky"}
    graph.script_json({"data": [{"id": "1"}, "odd"], "paging": cursors})
    graph.script_json({"data": [{"id": "2"}], "paging": {"cursors": {"after": "END"}}})
    assert [number.uid for number in client.phone_numbers("9")] == ["1", "2"]
    first, second = graph.requests
    assert "after" not in first.query
    assert (second.query["limit"], second.query["after"]) == (["100"], ["CURSOR"])


def test_a_cursor_that_repeats_ends_the_reading(graph, client):
    page = {"data": [{"id": "1"}], "paging": {"cursors": {"after": "SAME"}, "next": "x"}}
    graph.script_json(page)
    graph.script_json(page)
    assert len(client.phone_numbers("9")) == 2
