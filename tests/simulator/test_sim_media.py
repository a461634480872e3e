"""Media: upload limits, the URL that dies after five minutes, images both ways."""

import base64
import hashlib
import json

import pytest
from business import NUMBER, PHONE, SECOND_NUMBER, TOKEN

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def upload(client, content=PNG, mime_type="image/png", number=NUMBER):
    return client.graph(
        "POST",
        f"{number}/media",
        data={"messaging_product": "whatsapp", "type": mime_type},
        files={"file": ("picture.png", content, mime_type)},
    )


def test_upload_then_download(client):
    uid = upload(client).json()["id"]
    info = client.graph("GET", f"{uid}?phone_number_id={NUMBER}").json()
    assert info["mime_type"] == "image/png" and info["file_size"] == str(len(PNG))
    assert base64.b64decode(info["sha256"]) == hashlib.sha256(PNG).digest()
    assert info["url"].startswith(client.url)
    response = client.http.get(info["url"], headers=BEARER)
    assert response.content == PNG and response.headers["content-type"] == "image/png"


def test_download_needs_the_bearer(client):
    url = client.graph("GET", upload(client).json()["id"]).json()["url"]
    assert client.http.get(url).status_code == 401
    stranger = {"Authorization": "Bearer stranger"}
    assert client.http.get(url, headers=stranger).status_code == 401


def test_download_url_expires_but_the_id_lives_on(client):
    uid = upload(client).json()["id"]
    url = client.graph("GET", uid).json()["url"]
    client.sim("POST", "/clock", {"advance_seconds": 290})
    assert client.http.get(url, headers=BEARER).status_code == 200
    client.sim("POST", "/clock", {"advance_seconds": 11})
    assert client.http.get(url, headers=BEARER).status_code == 404
    fresh = client.graph("GET", uid).json()["url"]
    assert client.http.get(fresh, headers=BEARER).status_code == 200
    assert client.http.get(fresh.replace("ext=1", "ext=2"), headers=BEARER).status_code == 404


@pytest.mark.parametrize(("uploaded", "days"), [(True, 30), (False, 7)])
def test_ids_expire(client, uploaded, days):
    uid = upload(client).json()["id"] if uploaded else written_image(client)["image"]["id"]
    client.sim("POST", "/clock", {"advance_seconds": days * 86400 - 10})
    assert client.graph("GET", uid).status_code == 200
    client.sim("POST", "/clock", {"advance_seconds": 20})
    assert client.error(client.graph("GET", uid)) == (400, 100)


def written_image(client, caption="Look") -> dict:
    """A customer sends a picture; return what the log says was posted."""
    image = {"data": base64.b64encode(PNG).decode(), "mime_type": "image/png", "caption": caption}
    client.sim(
        "POST",
        f"/customers/{PHONE}/messages",
        {"phone_number_uid": NUMBER, "type": "image", "image": image},
    )
    body = json.loads(client.sim("GET", "/webhooks")["deliveries"][-1]["body"])
    return body["entry"][0]["changes"][0]["value"]["messages"][0]


def test_deleted_media_is_gone(client):
    uid = upload(client).json()["id"]
    assert client.graph("DELETE", uid).json() == {"success": True}
    assert client.error(client.graph("GET", uid)) == (400, 100)


def test_media_of_another_number(client):
    uid = upload(client).json()["id"]
    wrong = client.graph("GET", f"{uid}?phone_number_id={SECOND_NUMBER}")
    assert client.error(wrong) == (400, 100)


def test_upload_limits(client):
    assert client.error(upload(client, mime_type="image/gif")) == (400, 100)
    assert client.error(upload(client, content=b"")) == (400, 100)
    too_big = PNG + bytes(5 * 1024 * 1024)
    assert client.error(upload(client, content=too_big)) == (400, 100)
    assert upload(client, content=too_big[: 5 * 1024 * 1024]).status_code == 200


def test_business_sends_an_image_by_id(talking, receiver):
    uid = upload(talking).json()["id"]
    wamid = talking.sent(type="image", image={"id": uid, "caption": "Nuevo"})
    receiver.wait_statuses("sent", "delivered")
    bubble = talking.chat()["messages"][-1]
    assert bubble["wamid"] == wamid and bubble["caption"] == "Nuevo"
    assert talking.http.get(bubble["media_url"]).content == PNG


@pytest.mark.parametrize("content", [b"no picture", None])
def test_wrong_content_fails_later(talking, receiver, content):
    uid = upload(talking, content=content).json()["id"] if content else "123"
    talking.sent(type="image", image={"id": uid})
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131053


def test_business_sends_an_image_by_link(talking, receiver):
    receiver.files["/new.png"] = ("image/png", PNG)
    talking.sent(type="image", image={"link": f"{receiver.url}/new.png"})
    receiver.wait_statuses("sent", "delivered")
    assert talking.http.get(talking.chat()["messages"][-1]["media_url"]).content == PNG


@pytest.mark.parametrize("link", ["/missing.png", "http://192.0.2.1/elsewhere.png"])
def test_link_that_cannot_be_fetched_fails_later(talking, receiver, link):
    link = link if link.startswith("http") else receiver.url + link
    talking.sent(type="image", image={"link": link})
    assert receiver.wait_statuses("failed")[0]["errors"][0]["code"] == 131053


def test_customer_sends_an_image(client, receiver):
    message = written_image(client)
    assert message["type"] == "image" and message["image"]["caption"] == "Look"
    assert "data" not in message["image"]
    received = receiver.wait_posts(1)[0].items("messages")[0]
    assert received == message
    assert client.http.get(message["image"]["url"], headers=BEARER).content == PNG
    client.sim("POST", "/settings", {"webhook_media_url": False})
    assert "url" not in written_image(client)["image"]


@pytest.mark.parametrize("on", ["media_info", "media_upload", "media_download"])
def test_media_calls_can_fail_by_script(client, on):
    uid = upload(client).json()["id"]
    url = client.graph("GET", uid).json()["url"]
    client.rule(on, {"error": {"http_status": 500, "code": 131000}})
    calls = {
        "media_info": lambda: client.graph("GET", uid),
        "media_upload": lambda: upload(client),
        "media_download": lambda: client.http.get(url, headers=BEARER),
    }
    assert client.error(calls[on]()) == (500, 131000)
    assert calls[on]().status_code == 200
