"""Calls about one number: profile, blocked customers, fate of messages, phone app."""

import pytest
from cloud_api import errors, profile
from cloud_api.payloads import Recipient
from cloud_api.profile import BusinessProfile

from tests.unit.conftest import TOKEN

DONE = {"success": True}
PNG = b"\x89PNG picture"


def test_profile_is_read(graph, client):
    data = {
        "about": "Open",
        "websites": ["https://a.example", 7],
        "vertical": "RETAIL",
        "profile_picture_url": "https://pps.example/x",
        "messaging_product": "whatsapp",
    }
    graph.script_json({"data": [data]})
    graph.script_json({"data": []})
    found = client.business_profile("1")
    assert (found.about, found.websites) == ("Open", ("https://a.example",))
    assert (found.vertical, found.picture_url) == ("RETAIL", "https://pps.example/x")
    assert client.business_profile("1") == BusinessProfile()
    assert graph.requests[0].path == "/v26.0/1/whatsapp_business_profile"
    assert "about" in graph.requests[0].query["fields"][0]


def test_profile_is_written_and_emptied(graph, client):
    graph.script_json(DONE)
    graph.script_json(DONE)
    client.set_business_profile("1", BusinessProfile(about=" Hi ", email="a@b.example"), "4::h")
    client.set_business_profile("1", BusinessProfile())
    first, second = graph.requests
    assert first.json == {
        "messaging_product": "whatsapp",
        "about": "Hi",
        "address": "",
        "description": "",
        "email": "a@b.example",
        "websites": [],
        "profile_picture_handle": "4::h",
    }
    assert "about" not in second.json
    assert "profile_picture_handle" not in second.json


@pytest.mark.parametrize(
    ("values", "limit"),
    [
        ({"about": "x" * 140}, "ABOUT"),
        ({"address": "x" * 257}, "ADDRESS"),
        ({"description": "x" * 513}, "DESCRIPTION"),
        ({"email": "x" * 129}, "EMAIL"),
        ({"websites": ("x" * 257,)}, "WEBSITE"),
        ({"websites": ("a", "b", "c")}, "WEBSITES"),
        ({"vertical": "SHOES"}, "VERTICALS"),
    ],
)
def test_limits_of_the_profile_are_named(graph, client, values, limit):
    with pytest.raises(errors.InvalidRequest) as caught:
        client.set_business_profile("1", BusinessProfile(**values))
    assert caught.value.limit == limit
    assert graph.requests == []


def test_a_picture_is_uploaded_in_two_calls(graph, client):
    graph.script_json({"id": "upload:MTph==?sig=AR_z"})
    graph.script_json({"h": "4::aW"})
    assert client.upload_picture("900", PNG, "image/png") == "4::aW"
    start, upload = graph.requests
    assert start.path == "/v26.0/900/uploads"
    assert start.query["file_length"] == [str(len(PNG))]
    assert start.query["file_type"] == ["image/png"]
    assert upload.path == "/v26.0/upload%3AMTph%3D%3D"
    assert upload.query == {"sig": ["AR_z"]}
    assert upload.headers["Authorization"] == f"OAuth {TOKEN}"
    assert (upload.headers["file_offset"], upload.body) == ("0", PNG)


@pytest.mark.parametrize("answers", [[{"id": "../me"}], [{"id": "upload:x"}, {"handle": "?"}]])
def test_an_upload_without_session_or_handle_may_be_repeated(graph, client, answers):
    for answer in answers:
        graph.script_json(answer)
    with pytest.raises(errors.TransientError):
        client.upload_picture("900", PNG, "image/png")


@pytest.mark.parametrize(
    ("content", "mime_type", "limit"),
    [
        (PNG, "image/gif", "PICTURE_TYPES"),
        (b"", "image/png", "PICTURE_BYTES"),
        (b"x" * (profile.PICTURE_BYTES + 1), "image/jpeg", "PICTURE_BYTES"),
    ],
)
def test_a_picture_that_whatsapp_would_refuse(graph, client, content, mime_type, limit):
    with pytest.raises(errors.InvalidRequest) as caught:
        client.upload_picture("900", content, mime_type)
    assert caught.value.limit == limit
    assert graph.requests == []


def test_blocking_and_unblocking(graph, client):
    graph.script_json({"block_users": {"added_users": [{"input": "+1 555", "wa_id": "1555"}]}})
    graph.script_json({"block_users": {"removed_users": [{"user_id": "US.1"}]}})
    assert client.block_users("1", [Recipient(phone="15550002222")]).done == ("1555",)
    assert client.unblock_users("1", [Recipient(bsuid="US.1")]).done == ("US.1",)
    block, unblock = graph.requests
    assert (block.method, block.path) == ("POST", "/v26.0/1/block_users")
    assert block.json["block_users"] == [{"user": "+15550002222"}]
    assert unblock.method == "DELETE"
    assert unblock.json["block_users"] == [{"user_id": "US.1"}]
    with pytest.raises(errors.InvalidRequest):
        client.block_users("1", [Recipient()])


def test_a_mixed_result_is_an_error_with_both_lists(graph, client):
    failure = {
        "input": "+2",
        "wa_id": "2",
        "errors": [{"code": 131047, "message": "Re-engagement", "error_data": {"details": "24 h"}}],
    }
    both = {
        "added_users": [{"input": "+1", "wa_id": "1"}],
        "failed_users": [failure, {"input": "3"}],
    }
    graph.script_json({"block_users": both, "error": {"code": 139100, "message": "x"}}, 400)
    result = client.block_users("1", [Recipient(phone="15550002222")])
    assert result.done == ("1",)
    failed, unexplained = result.failed
    assert (failed.user, failed.reason.code, failed.reason.details) == ("2", 131047, "24 h")
    assert (unexplained.user, unexplained.reason.code) == ("3", 0)


def test_blocking_that_failed_as_a_whole(graph, client):
    graph.script_json({"error": {"code": 135002, "message": "again"}}, 400)
    graph.script_json({"x": 1})
    with pytest.raises(errors.TransientError):
        client.block_users("1", [Recipient(phone="15550002222")])
    with pytest.raises(errors.CloudApiError):
        client.block_users("1", [Recipient(phone="15550002222")])


def test_contacts_and_history_of_the_phone_app(graph, client):
    graph.script_json({"messaging_product": "whatsapp", "request_id": "77"})
    assert client.request_app_sync("1", "history") == "77"
    assert graph.requests[0].path == "/v26.0/1/smb_app_data"
    assert graph.requests[0].json == {"messaging_product": "whatsapp", "sync_type": "history"}
    with pytest.raises(errors.InvalidRequest):
        client.request_app_sync("1", "pictures")
