"""The token bucket that keeps us under Meta's rates."""

import random

import pytest
from cloud_api import pacing

SLOW = pacing.Rate(per_second=0.5, burst=2)


def test_a_burst_leaves_at_once_and_then_one_waits():
    bucket = pacing.full(SLOW, now=100)
    bucket, first = pacing.take(bucket, SLOW, 100)
    bucket, second = pacing.take(bucket, SLOW, 100)
    bucket, third = pacing.take(bucket, SLOW, 100)
    assert (first, second, third) == (0, 0, 2)


def test_waiting_as_long_as_told_is_enough():
    bucket = pacing.Bucket(0, 0.1)
    now = 0.1
    for _message in range(1000):
        bucket, wait = pacing.take(bucket, pacing.PAIR_RATE, now)
        assert wait > 0
        now += wait
        bucket, wait = pacing.take(bucket, pacing.PAIR_RATE, now)
        assert wait == 0


def test_asking_without_success_costs_nothing():
    bucket = pacing.Bucket(0, 0)
    for now in (0.1, 0.2, 0.3, 1.9):
        bucket, wait = pacing.take(bucket, SLOW, now)
        assert wait > 0
    assert pacing.take(bucket, SLOW, 2)[1] == 0


def test_a_pause_fills_no_more_than_the_burst():
    bucket, _wait = pacing.take(pacing.Bucket(0, 0), SLOW, 10_000)
    assert bucket.tokens == SLOW.burst - 1


def test_a_clock_that_goes_back_gives_nothing():
    bucket = pacing.Bucket(0, 1000)
    bucket, wait = pacing.take(bucket, SLOW, 0)
    assert wait == 2
    assert bucket.updated_at == 1000


@pytest.mark.parametrize("rate", [pacing.PAIR_RATE, pacing.CHANNEL_RATE, pacing.COEXISTENCE_RATE])
def test_never_more_than_burst_plus_rate(rate):
    chance = random.Random(7)
    bucket, now, sent = pacing.full(rate, 0), 0.0, 0
    for _step in range(5000):
        now += chance.random() / rate.per_second
        bucket, wait = pacing.take(bucket, rate, now)
        sent += wait == 0
        assert sent <= rate.burst + now * rate.per_second + 1e-6
    assert sent > 2000
