"""The control API itself: plain words for wrong input, the page, events, restart."""

import json
import subprocess
import sys

import httpx
import pytest
from business import NUMBER, PHONE, TOKEN, WABA, Client, Server, account

WRONG = {
    "not a number": ("POST", "/clock", b'{"advance_seconds": NaN}', "NaN"),
    "absurd time": ("POST", "/clock", {"offset_seconds": 1e300}, "at most"),
    "not JSON": ("POST", "/settings", b"{", "JSON"),
    "unknown setting": ("POST", "/settings", {"speed": 9}, "speed"),
    "negative latency": ("POST", "/settings", {"latency_s": -1}, "latency_s"),
    "unknown mode": ("POST", "/settings", {"window_mode": "ajar"}, "sync"),
    "batch": ("POST", "/settings", {"batch_webhooks": 0}, "batch_webhooks"),
    "unknown rule": ("POST", "/rules", {"on": "moon", "then": {"hold": True}}, "on must be"),
    "empty rule": ("POST", "/rules", {"on": "messages"}, "then"),
    "effect": ("POST", "/rules", {"on": "media_info", "then": {"hold": True}}, "hold"),
    "times": ("POST", "/rules", {"on": "status", "then": {"hold": True}, "times": 0}, "times"),
    "two clocks": ("POST", "/clock", {"advance_seconds": 1, "offset_seconds": 1}, "either"),
    "clock text": ("POST", "/clock", {"advance_seconds": "soon"}, "number"),
    "short phone": ("PUT", "/customers/12", {"name": "x"}, "digits"),
    "customer key": ("PUT", "/customers/34600000000", {"colour": "red"}, "colour"),
    "nobody": ("POST", "/customers/34699999999/messages", {"type": "text"}, "No customer"),
    "no number": ("POST", f"/customers/{PHONE}/messages", {"type": "text"}, "phone_number_uid"),
    "no chat": ("GET", "/chats?phone_number_uid=5&phone=1", None, "No business number"),
    "foreign number": (
        "PUT",
        "/accounts/9",
        {"numbers": [{"phone_number_uid": NUMBER, "display_phone_number": "+1"}]},
        "belongs",
    ),
    "deliver": ("POST", "/webhooks/deliver", {"body": {}}, "waba_uid"),
}


@pytest.mark.parametrize(("method", "path", "body", "words"), WRONG.values(), ids=WRONG)
def test_wrong_input_is_refused_in_plain_words(client, method, path, body, words):
    content = json.dumps(body).encode() if isinstance(body, dict) else body
    response = client.http.request(method, f"/sim{path}", content=content)
    assert response.status_code == 400
    assert words in response.json()["error"]


def test_refused_settings_change_nothing(client):
    before = client.sim("GET", "/state")["settings"]
    client.http.post("/sim/settings", json={"latency_s": 5, "window_mode": "ajar"})
    assert client.sim("GET", "/state")["settings"] == before


HOSTILE = {"surrogate": "\ud83d alone", "NUL": "a\x00b", "long": "x" * 65000}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_survives(client, receiver, text):
    message = {"phone_number_uid": NUMBER, "type": "text", "text": {"body": text}}
    content = json.dumps(message)
    response = client.http.post(f"/sim/customers/{PHONE}/messages", content=content)
    assert response.status_code == 200
    assert client.chat()["messages"][0]["text"] == text
    assert receiver.wait_posts(1)[0].items("messages")[0]["text"]["body"] == text


def test_text_without_body_and_image_without_source(client):
    path = f"/sim/customers/{PHONE}/messages"
    for message in ({"type": "text"}, {"type": "image", "image": {"caption": "x"}}):
        response = client.http.post(path, json={"phone_number_uid": NUMBER, **message})
        assert response.status_code == 400


def test_customer_keeps_identity_and_changes_the_rest(client):
    first = client.sim("PUT", "/customers/+49 151 12345", {"name": "Uwe", "language": "de"})
    again = client.sim("PUT", "/customers/4915112345", {"username": "uwe"})
    assert first["bsuid"] == again["bsuid"] and first["bsuid"].startswith("DE.")
    assert (again["name"], again["username"], again["language"]) == ("Uwe", "uwe", "de")
    assert first["wa_id"] == "4915112345"


def test_bsuid_differs_between_portfolios(client, receiver):
    client.sim("PUT", "/accounts/2", {"portfolio_uid": "portfolio-2", "access_token": "x"})
    person = client.sim("GET", "/state")["customers"][0]
    assert len(set(person["bsuids"].values())) == 2


def test_wa_id_may_differ_from_the_phone(client, receiver):
    client.sim("PUT", "/customers/5511987654321", {"name": "Ana", "wa_id": "551187654321"})
    client.write(phone="5511987654321")
    assert receiver.wait_posts(1)[0].items("messages")[0]["from"] == "551187654321"
    for to in ("+5511987654321", "+551187654321"):
        assert client.send(to=to).json()["contacts"][0]["wa_id"] == "551187654321"
    assert len(client.chat(phone="5511987654321")["messages"]) == 3


def test_state_shows_no_secret(client):
    text = json.dumps(client.sim("GET", "/state"))
    assert "Garden sales" in text
    assert TOKEN not in text and "app secret" not in text


def test_page_health_and_events(client):
    assert client.http.get("/healthz").json() == {"status": "ok"}
    for path in ("/", "/templates"):
        assert "text/html" in client.http.get(path).headers["content-type"]
    with client.http.stream("GET", "/sim/events") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        client_two = Client(client.url)
        client_two.write("live")
        events = (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        event = next(event for event in events if event["kind"] == "message")
        client_two.http.close()
    assert event["phone"] == PHONE and event["message"]["text"] == "live"


def test_pages_hear_of_a_reaction_on_its_message_only(talking):
    wamid = talking.write("Nice")
    with talking.http.stream("GET", "/sim/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        client_two = Client(talking.url)
        client_two.act("react", wamid=wamid, emoji="👍")
        client_two.write("done")
        events = (json.loads(line[6:]) for line in lines if line.startswith("data: "))
        shown = []
        for event in events:
            if event["kind"] == "message":
                shown.append(event["message"])
                if event["message"]["text"] == "done" and event["message"]["status"] != "accepted":
                    break
        client_two.http.close()
    assert {message["type"] for message in shown} == {"text"}
    assert {"inbound": "👍"} in [message.get("reactions") for message in shown]


def test_restart_keeps_the_chats(tmp_path, receiver):
    server = Server(tmp_path).start()
    client = Client(server.url)
    client.sim("PUT", f"/accounts/{WABA}", account(receiver))
    client.sim("PUT", f"/customers/{PHONE}", {"name": "Lucía"})
    image = {"data": "iVBORw0KGgo=", "mime_type": "image/png", "caption": "Look"}
    wamid = client.write(type="image", image=image)
    client.act("react", wamid=wamid, emoji="👍")
    client.sim("POST", "/clock", {"advance_seconds": 100})
    before = client.chat()
    client.http.close()
    server.stop()
    server = Server(tmp_path).start()
    client = Client(server.url)
    after = client.chat()
    assert after["window_expires_at"] == before["window_expires_at"]
    (bubble,) = after["messages"]
    assert bubble["caption"] == "Look" and bubble["reactions"] == {"inbound": "👍"}
    assert client.http.get(bubble["media_url"]).content == b"\x89PNG\r\n\x1a\n"
    assert client.sim("GET", "/clock")["offset_seconds"] == 100
    assert client.sent()
    client.http.close()
    server.stop()


@pytest.mark.parametrize("data", ["no json", '{"format": 99}'])
def test_damaged_data_is_said_in_one_sentence(tmp_path, data):
    from simulator.engine import Simulator
    from simulator.storage import Storage

    (tmp_path / "state.json").write_text(data)
    with pytest.raises(ValueError, match="move it away"):
        Storage(Simulator(), tmp_path).start()


def test_command_line_refuses_other_hosts_and_busy_ports(client, request):
    def run(*arguments):
        command = [sys.executable, "-m", "simulator", *arguments]
        paths = f"{request.config.rootpath}:{request.config.rootpath}/whatsapp_helpdesk"
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=20,
            env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        )

    outside = run("--host", "0.0.0.0")
    assert outside.returncode == 2 and "127.0.0.1" in outside.stderr
    busy = run("--port", str(httpx.URL(client.url).port))
    assert busy.returncode == 2 and "taken" in busy.stderr
