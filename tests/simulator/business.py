"""A real simulator over HTTP, the usual business on it, and a client that speaks for both sides."""

import threading
import time
from pathlib import Path

import httpx
import uvicorn

from simulator.app import create_app
from simulator.connections import CuttableProtocol

WABA, NUMBER, SECOND_NUMBER, APP = "1000000001", "2000000001", "2000000002", "9001"
SECRET, TOKEN = "app secret", "EAA-token"
PHONE = "34600111222"


class Server:
    """uvicorn in a thread, on a port of its own."""

    def __init__(self, data: Path | None = None):
        config = uvicorn.Config(
            create_app(data),
            host="127.0.0.1",
            port=0,
            http=CuttableProtocol,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)

    @property
    def url(self) -> str:
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def start(self) -> "Server":
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


class Client:
    """What a test says to the simulator: as the business (Graph), and as the director (/sim)."""

    def __init__(self, url: str):
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=10)
        self.url = url

    def sim(self, method: str, path: str, body: dict | None = None) -> dict:
        response = self.http.request(method, f"/sim{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()

    def graph(self, method: str, path: str, token: str = TOKEN, **options) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.http.request(method, f"/v26.0/{path}", headers=headers, **options)

    def send(self, payload: dict | None = None, number: str = NUMBER, **changes) -> httpx.Response:
        base = {
            "messaging_product": "whatsapp",
            "to": f"+{PHONE}",
            "type": "text",
            "text": {"body": "Guten Tag"},
        }
        return self.graph("POST", f"{number}/messages", json=(payload or base) | changes)

    def sent(self, payload: dict | None = None, **changes) -> str:
        """Send, expect acceptance and return the wamid."""
        response = self.send(payload, **changes)
        assert response.status_code == 200, response.text
        return response.json()["messages"][0]["id"]

    def error(self, response: httpx.Response) -> tuple[int, int]:
        """Return HTTP status and Meta's code of a refusal."""
        return response.status_code, response.json()["error"]["code"]

    def write(self, body: str = "Hola", phone: str = PHONE, **keys) -> str:
        """A customer writes a text; return the wamid."""
        message = {"phone_number_uid": NUMBER, "type": "text", "text": {"body": body}} | keys
        return self.sim("POST", f"/customers/{phone}/messages", message)["wamid"]

    def act(self, action: str, phone: str = PHONE, **body) -> dict:
        """A customer does something with a message or with the phone."""
        return self.sim("POST", f"/customers/{phone}/{action}", body)

    def refused(self, method: str, path: str, body: dict) -> str:
        """Return the plain words with which a control call is refused."""
        response = self.http.request(method, f"/sim{path}", json=body)
        assert response.status_code == 400, response.text
        return response.json()["error"]

    def upload(self, content: bytes, mime_type: str, number: str = NUMBER) -> str:
        """Upload a file as the business and return its id."""
        response = self.graph(
            "POST",
            f"{number}/media",
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": ("file", content, mime_type)},
        )
        assert response.status_code == 200, response.text
        return response.json()["id"]

    def chat(self, number: str = NUMBER, phone: str = PHONE) -> dict:
        return self.sim("GET", f"/chats?phone_number_uid={number}&phone={phone}")

    def rule(self, on: str, then: dict, **keys) -> str:
        return self.sim("POST", "/rules", {"on": on, "then": then, **keys})["id"]


def account(receiver, **changes) -> dict:
    """Return the body of PUT /sim/accounts for the usual business with two numbers."""
    return {
        "app_uid": APP,
        "app_secret": SECRET,
        "access_token": TOKEN,
        "verify_token": receiver.verify_token,
        "callback_url": f"{receiver.url}/app",
        "portfolio_uid": "portfolio-1",
        "name": "Garden shop",
        "numbers": [
            {
                "phone_number_uid": NUMBER,
                "display_phone_number": "+1 555-000-1111",
                "verified_name": "Garden sales",
            },
            {
                "phone_number_uid": SECOND_NUMBER,
                "display_phone_number": "+1 555-000-2222",
                "verified_name": "Garden support",
            },
        ],
    } | changes
