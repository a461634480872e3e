"""Fixtures: one server for all tests, emptied before each."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "whatsapp_helpdesk"), str(Path(__file__).parent)]

from business import PHONE, WABA, Client, Server, account  # noqa: E402 - needs the path above
from receiver import Receiver  # noqa: E402


@pytest.fixture(scope="session")
def _server():
    server = Server().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _receiver():
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def receiver(_receiver):
    _receiver.start_round()
    return _receiver


@pytest.fixture(scope="session")
def _client(_server):
    client = Client(_server.url)
    yield client
    client.http.close()


@pytest.fixture
def empty(_client, receiver):
    """A simulator in which nobody exists."""
    _client.sim("POST", "/reset")
    receiver.clear()
    return _client


@pytest.fixture
def client(empty, receiver):
    """A business with two numbers, one customer, and quick statuses."""
    empty.sim("PUT", f"/accounts/{WABA}", account(receiver))
    empty.sim("PUT", f"/customers/{PHONE}", {"name": "Lucía"})
    empty.sim("POST", "/settings", {"status_delays": {"sent": 0.01, "delivered": 0.02}})
    return empty


@pytest.fixture
def talking(client, receiver):
    """The same with an open window: the customer has written and the webhook has come."""
    client.write()
    receiver.wait_posts(1)
    receiver.clear()
    return client
