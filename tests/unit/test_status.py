"""The order of message states, over all pairs."""

import itertools

import pytest
from cloud_api.status import STATES, merge

# Rows: current state; columns: news; letters: s = stays, t = takes the news.
COLUMNS = "queued sending unconfirmed sent delivered read played failed cancelled received".split()
TABLE = {
    "queued": "s t t t t t t t t s",
    "sending": "s s t t t t t t s s",
    "unconfirmed": "s s s t t t t t s s",
    "sent": "s s s s t t t t s s",
    "delivered": "s s s s s t t s s s",
    "read": "s s s s s s t s s s",
    "played": "s s s s s s s s s s",
    "failed": "s s s s t t t s s s",
    "cancelled": "s s s t t t t s s s",
    "received": "s s s s s s s s s s",
}


def test_the_table_covers_all_states():
    assert set(TABLE) == set(COLUMNS) == set(STATES)


@pytest.mark.parametrize(("current", "incoming"), list(itertools.product(STATES, STATES)))
def test_every_pair(current, incoming):
    taken = TABLE[current].split()[COLUMNS.index(incoming)] == "t"
    assert merge(current, incoming) == (incoming if taken else current)


@pytest.mark.parametrize("word", ["", "deleted", "SENT", "warning", "screenshotted"])
def test_unknown_words_change_nothing(word):
    assert [merge(state, word) for state in STATES] == list(STATES)


def test_an_unknown_current_state_is_kept():
    assert merge("paused", "sent") == "paused"


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
def test_any_order_of_news_ends_at_the_furthest(order):
    state = "sending"
    for word in order:
        state = merge(state, word)
    assert state == "read"
