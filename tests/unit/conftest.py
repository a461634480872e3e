"""Fixtures of the unit tests: sample webhooks and a Graph server on the wire."""

import json
from pathlib import Path

import pytest
import requests
from cloud_api.client import CloudApiClient

from tests.unit.graph_server import GraphServer

TOKEN = "EAAsecretTOKEN123"
SAMPLES = Path(__file__).parents[2] / "whatsapp_helpdesk" / "tests" / "samples" / "webhooks"


@pytest.fixture(scope="session")
def sample():
    """Return the bytes of a sample webhook by its name."""
    return lambda name: (SAMPLES / f"{name}.json").read_bytes()


@pytest.fixture(scope="session")
def sample_json(sample):
    """Return a sample webhook as decoded JSON, for tests that change it."""
    return lambda name: json.loads(sample(name))


@pytest.fixture
def graph():
    """Yield a server that answers as the test scripts it and records what it was asked."""
    with GraphServer() as server:
        yield server


@pytest.fixture
def session():
    with requests.Session() as session:
        yield session


@pytest.fixture
def client(graph, session):
    return CloudApiClient(session, graph.url, "v26.0", TOKEN, timeout=(5, 5))


@pytest.fixture
def impatient(graph, session):
    """A client that does not wait long for answers that never come."""
    return CloudApiClient(session, graph.url, "v26.0", TOKEN, timeout=(5, 0.1))
