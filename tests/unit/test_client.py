"""The client against a real server: what it sends, reads, refuses and never shows."""

import hashlib
import hmac
import io
import json
import logging
import socket
import threading
import traceback

import pytest
import requests
from cloud_api import errors
from cloud_api.client import CloudApiClient
from cloud_api.graph_calls import USER_AGENT
from cloud_api.payloads import Recipient, text_message

from tests.unit.conftest import TOKEN
from tests.unit.graph_server import Answer, refused_port

APP_SECRET = "app-secret-456"
PAYLOAD = text_message(Recipient(phone="15550002222"), "private words", callback_data="db:42")
ACCEPTED = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "+15550002222", "wa_id": "15550002222", "user_id": "US.1"}],
    "messages": [{"id": "wamid.new", "message_status": "accepted"}],
}
RATE_LIMIT = {"error": {"message": "(#130429) Rate limit hit", "code": 130429}}


# Sending


def test_a_send_is_one_authorised_json_post(graph, client):
    graph.script_json(ACCEPTED)
    result = client.send_message("2000000001", PAYLOAD)
    assert (result.wamid, result.wa_id) == ("wamid.new", "15550002222")
    assert (result.bsuid, result.message_status) == ("US.1", "accepted")
    (request,) = graph.requests
    assert (request.method, request.path) == ("POST", "/v26.0/2000000001/messages")
    assert request.json == PAYLOAD
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["User-Agent"] == USER_AGENT
    assert request.query == {}


def test_the_proof_is_added_when_there_is_an_app_secret(graph, session):
    client = CloudApiClient(session, graph.url + "/", "v26.0", TOKEN, app_secret=APP_SECRET)
    graph.script_json(ACCEPTED)
    graph.script_json({"id": "1"})
    client.send_message("2000000001", PAYLOAD)
    client.phone_number("2000000001")
    proof = hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    assert [request.query["appsecret_proof"] for request in graph.requests] == [[proof]] * 2


@pytest.mark.parametrize("uid", ["../me", "1/2", "1?x=1", "1#x"])
def test_an_id_cannot_change_the_path(graph, client, uid):
    graph.script_json(ACCEPTED)
    client.send_message(uid, PAYLOAD)
    assert graph.requests[0].path.count("/") == 3
    assert graph.requests[0].query == {}


def test_a_missing_id_asks_nobody(graph, client):
    with pytest.raises(errors.InvalidRequest, match="id is missing"):
        client.send_message("", PAYLOAD)
    assert graph.requests == []


@pytest.mark.parametrize("token", ["", "  ", None, "two words", "line\nbreak", "tökén"])
def test_a_token_that_cannot_be_one_asks_nobody(graph, session, token):
    client = CloudApiClient(session, graph.url, "v26.0", token)
    with pytest.raises(errors.AuthError) as caught:
        client.send_message("1", PAYLOAD)
    assert graph.requests == []
    assert not token or token.strip() not in str(caught.value) or not token.strip()


def test_an_error_of_meta_becomes_ours(graph, client):
    graph.script_json(RATE_LIMIT, 400, Retry_After="7")
    with pytest.raises(errors.RateLimited) as caught:
        client.send_message("1", PAYLOAD)
    assert (caught.value.code, caught.value.http_status) == (130429, 400)
    assert (caught.value.retry_after, caught.value.scope) == (7, "channel")


# What may have arrived and what did not


def test_nobody_listening_means_that_nothing_was_sent(session):
    client = CloudApiClient(session, f"http://127.0.0.1:{refused_port()}", "v26.0", TOKEN)
    with pytest.raises(errors.TransientError):
        client.send_message("1", PAYLOAD)


def test_an_unknown_host_means_that_nothing_was_sent(session, monkeypatch):
    def fail(*_args, **_kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    client = CloudApiClient(session, "https://graph.invalid", "v26.0", TOKEN)
    with pytest.raises(errors.TransientError):
        client.send_message("1", PAYLOAD)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(reset=True),
        Answer(500, b"oops"),
        Answer(503, b"<html>busy</html>"),
        Answer(200, b"<html>proxy login</html>"),
        Answer(200, b""),
        Answer(200, b"[1]"),
        Answer(200, b'{"messages":[]}'),
        Answer(200, b'{"messages":[{"id":7}]}'),
        Answer(200, b'{"messages":[', announced=500),
        Answer(400, json.dumps({"error": {"code": 131000, "message": "x"}}).encode()),
    ],
    ids=lambda answer: f"{answer.status}-{answer.body[:14]!r}-{answer.reset}",
)
def test_a_send_without_a_clear_answer_has_an_unknown_outcome(graph, client, answer):
    graph.script(answer)
    with pytest.raises(errors.OutcomeUnknown):
        client.send_message("1", PAYLOAD)
    assert len(graph.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(reset=True),
        Answer(500, b"oops"),
        Answer(200, b"<html>"),
        Answer(200, b'{"id":', announced=500),
    ],
    ids=lambda answer: f"{answer.status}-{answer.body[:14]!r}-{answer.reset}",
)
def test_reading_and_uploading_may_simply_be_repeated(graph, client, answer):
    calls = [
        lambda: client.phone_number("1"),
        lambda: client.upload_media("1", b"x", "image/png", "a.png"),
        lambda: client.mark_read("1", "wamid.1"),
        lambda: client.media_info("9"),
    ]
    for call in calls:
        graph.script(answer)
        with pytest.raises(errors.TransientError):
            call()


def test_no_answer_in_time(graph, impatient):
    graph.script(*[Answer(hold=True)] * 3)
    with pytest.raises(errors.OutcomeUnknown):
        impatient.send_message("1", PAYLOAD)
    with pytest.raises(errors.TransientError):
        impatient.media_info("9")
    with pytest.raises(errors.TransientError):
        impatient.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=10)


@pytest.mark.parametrize("base_url", ["", "graph", "http://", "htp://x", "http://[::1"])
def test_an_api_address_that_is_none_is_our_mistake(session, base_url):
    client = CloudApiClient(session, base_url, "v26.0", TOKEN)
    with pytest.raises(errors.InvalidRequest, match="API address"):
        client.send_message("1", PAYLOAD)


def test_redirects_are_not_followed(graph, client):
    graph.script(Answer(302, b"", {"Location": "http://127.0.0.1:1/steal"}))
    with pytest.raises(errors.InvalidRequest, match="redirect"):
        client.send_message("1", PAYLOAD)


# Numbers and accounts


def test_marking_as_read(graph, client):
    graph.script_json({"success": True})
    client.mark_read("1", "wamid.in", typing=True)
    (read,) = graph.requests
    assert (read.path, read.json["status"]) == ("/v26.0/1/messages", "read")
    assert read.json["typing_indicator"] == {"type": "text"}


# Discretion


def test_no_secret_and_no_words_in_errors_and_logs(graph, session, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    client = CloudApiClient(
        session, graph.url, "v26.0", TOKEN, app_secret=APP_SECRET, timeout=(2, 0.2)
    )
    quoted = {"error": {"code": 190, "message": f"Malformed access token {TOKEN}"}}
    graph.script_json(quoted, 401)
    graph.script(Answer(hold=True), Answer(reset=True), Answer(500, b"x"), Answer(200, b"?"))
    for _answer in range(5):
        with pytest.raises(errors.CloudApiError) as caught:
            client.send_message("1", PAYLOAD)
        assert caught.value.__context__ is None
        shown = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
        _assert_discreet(shown)
    _assert_discreet(caplog.text)
    _assert_discreet(repr(client))


def _assert_discreet(text):
    for secret in (TOKEN, APP_SECRET, "private words", "15550002222"):
        assert secret not in text


def test_a_netrc_file_does_not_replace_the_token(graph, client, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    graph.script_json(ACCEPTED)
    client.send_message("1", PAYLOAD)
    assert graph.requests[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_connections_are_given_back(graph, session):
    adapter = requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=1, pool_block=True)
    session.mount("http://", adapter)
    client = CloudApiClient(session, graph.url, "v26.0", TOKEN, timeout=(2, 2))
    done = threading.Event()

    def send_many():
        for answer in (Answer(200, json.dumps(ACCEPTED).encode()), Answer(500, b"x" * 100_000)):
            graph.script(answer, answer)
            for _time in range(2):
                _quietly(client)
        done.set()

    threading.Thread(target=send_many, daemon=True).start()
    assert done.wait(5), "a connection was not released"


def _quietly(client):
    try:
        client.send_message("1", PAYLOAD)
    except errors.OutcomeUnknown:
        return
