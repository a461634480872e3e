"""Waiting times."""

import pytest
from cloud_api import backoff


def test_delay_doubles_up_to_the_cap():
    delays = [backoff.delay(n, base=2, cap=20, jitter=1) for n in range(6)]
    assert delays == [2, 4, 8, 16, 20, 20]


def test_jitter_takes_off_up_to_half():
    assert backoff.delay(0, base=10, cap=60, jitter=0) == 5
    assert backoff.delay(0, base=10, cap=60, jitter=0.5) == 7.5


def test_a_huge_attempt_number_stays_at_the_cap():
    assert backoff.delay(10**9, base=1, cap=60, jitter=1) == 60


@pytest.mark.parametrize(("attempt", "jitter"), [(-1, 0.5), (0, -0.1), (0, 1.1)])
def test_arguments_that_make_no_sense(attempt, jitter):
    with pytest.raises(ValueError, match="jitter"):
        backoff.delay(attempt, base=1, cap=2, jitter=jitter)


def test_pair_rate_follows_metas_formula():
    assert [backoff.pair_rate_delay(n) for n in range(4)] == [1, 4, 16, 64]
    assert backoff.pair_rate_delay(1000) == backoff.pair_rate_delay(6)


def test_media_is_tried_often_enough_before_meta_forgets_it():
    waited = [backoff.media_delay(n, jitter=1) for n in range(30)]
    assert waited[0] <= 5
    assert waited[-1] == 6 * 3600
    assert sum(waited[:20]) < backoff.MEDIA_MAX_AGE.total_seconds()
