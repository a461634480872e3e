"""Files: uploading, asking where they are, fetching them, and from whom they are not fetched."""

import gzip
import io

import pytest
import requests
from cloud_api import errors, network

from tests.unit.conftest import TOKEN
from tests.unit.graph_server import Answer, refused_port


def test_upload(graph, client):
    graph.script_json({"id": "1001"})
    assert client.upload_media("1", b"\x89PNG", "image/png", 'a"b\n.png') == "1001"
    (request,) = graph.requests
    assert request.path == "/v26.0/1/media"
    assert request.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    for part in (b'name="messaging_product"', b"whatsapp", b"\x89PNG", b"Content-Type: image/png"):
        assert part in request.body
    assert b'a"b' not in request.body


@pytest.mark.parametrize("mime_type", ["", "image", "image/png\r\nX-Evil: 1", "a b/c"])
def test_a_media_type_that_is_none_is_not_uploaded(graph, client, mime_type):
    with pytest.raises(errors.InvalidRequest):
        client.upload_media("1", b"x", mime_type, "a.png")
    assert graph.requests == []


def test_an_upload_without_an_id_may_be_repeated(graph, client):
    graph.script_json({"ok": True})
    with pytest.raises(errors.TransientError):
        client.upload_media("1", b"x", "image/png", "a.png")


def test_media_info(graph, client):
    graph.script_json({"url": "https://x", "mime_type": "image/png", "file_size": "303833"})
    info = client.media_info("1001", "2000000001")
    assert (info.url, info.mime_type, info.file_size) == ("https://x", "image/png", 303833)
    assert graph.requests[0].query == {"phone_number_id": ["2000000001"]}
    assert "https://x" not in repr(info)


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({"error": {"code": 100, "error_subcode": 33, "message": "gone"}}, 400),
        ({"error": {"code": 803, "message": "gone"}}, 404),
        ({"nothing": 1}, 404),
        ({"id": "1001"}, 200),
    ],
)
def test_a_file_that_meta_does_not_have(graph, client, payload, status):
    graph.script_json(payload, status)
    with pytest.raises(errors.MediaError):
        client.media_info("1001")


def test_a_bad_token_is_no_missing_file(graph, client):
    graph.script_json({"error": {"code": 190, "message": "expired"}}, 401)
    with pytest.raises(errors.AuthError):
        client.media_info("1001")


def test_download(graph, client):
    graph.script(Answer(200, b"JPEG", {"Content_Type": "image/jpeg"}))
    file = io.BytesIO()
    assert client.download(f"{graph.url}/files/1?token=x", file, max_bytes=4) == "image/jpeg"
    assert file.getvalue() == b"JPEG"
    assert graph.requests[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert graph.requests[0].headers["Accept-Encoding"] == "identity"


def test_a_file_over_the_limit_is_not_fetched(graph, client):
    packed = Answer(200, gzip.compress(b"x" * 10_000), {"Content_Encoding": "gzip"})
    graph.script(Answer(200, b"x" * 11), packed)
    for _kind in ("announced", "unpacked"):
        with pytest.raises(errors.MediaError, match="larger") as caught:
            client.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=10)
        assert caught.value.reason == "too_large"


def test_a_file_that_breaks_off_is_tried_again(graph, client):
    graph.script(Answer(200, b"half", announced=8))
    with pytest.raises(errors.TransientError):
        client.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=100)


def test_a_full_disk_is_a_reason_to_try_again_later(graph, client):
    graph.script(Answer(200, b"x" * 100))
    with (
        open("/dev/full", "wb", buffering=0) as full,
        pytest.raises(errors.TransientError) as caught,
    ):
        client.download(f"{graph.url}/files/1", full, max_bytes=100)
    assert "No space" in caught.value.message


def test_what_refuses_a_file_is_not_written_into_it(graph, client):
    graph.script(Answer(404, b"<html>gone"))
    file = io.BytesIO()
    with pytest.raises(errors.MediaError) as caught:
        client.download(f"{graph.url}/files/1", file, max_bytes=100)
    assert (file.getvalue(), caught.value.reason) == (b"", "expired")


def test_a_short_body_is_noticed_where_urllib3_does_not_look(graph, session):
    graph.script(Answer(200, b"half"))
    response = session.get(graph.url, stream=True)
    response.headers["Content-Length"] = "8"
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        network.read_body(response, max_bytes=100)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (404, b"", errors.MediaError),
        (403, b"<html>", errors.MediaError),
        (401, b"", errors.MediaError),
        (401, b'{"error":{"code":190}}', errors.AuthError),
        (400, b'{"error":{"code":100,"error_subcode":33}}', errors.MediaError),
        (429, b"", errors.RateLimited),
        (503, b"", errors.TransientError),
    ],
)
def test_a_refused_download(graph, client, status, body, expected):
    graph.script(Answer(status, body))
    with pytest.raises(expected) as caught:
        client.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=100)
    assert caught.value.http_status == status


def test_a_download_follows_its_own_server_only(graph, client):
    graph.script(Answer(302, b"", {"Location": "/files/2"}), Answer(200, b"ok"))
    file = io.BytesIO()
    client.download(f"{graph.url}/files/1", file, max_bytes=10)
    assert file.getvalue() == b"ok"
    other = f"http://localhost:{refused_port()}/x"
    for location in (other, "https://lookaside.fbsbx.com/x", "file:///etc/passwd", "//evil/x"):
        graph.script(Answer(302, b"", {"Location": location}))
        with pytest.raises(errors.MediaError):
            client.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=10)


def test_redirects_without_end_end(graph, client):
    graph.script(*[Answer(302, b"", {"Location": "/again"})] * 4)
    with pytest.raises(errors.MediaError):
        client.download(f"{graph.url}/files/1", io.BytesIO(), max_bytes=10)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/x", "http://169.254.169.254/", "https://e.vil/"]
)
def test_strangers_never_get_the_token(graph, client, url):
    with pytest.raises(errors.MediaError, match="not fetched") as caught:
        client.download(url, io.BytesIO(), max_bytes=10)
    assert caught.value.reason == "elsewhere"
    assert graph.requests == []
