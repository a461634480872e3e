"""One conversation that everybody writes to, beside many: does it stop the others?"""

import traffic
from results import Measure, at_least, at_most, median, percentile

from . import acknowledge

_PATIENT_REQUESTS = 1500


def run(stage, effort) -> list[Measure]:
    """Everything on; one customer and many customers take turns."""
    with stage.odoo(workers=2):
        _warm_up(stage)
        rounds = [_round(stage, effort) for _ in range(effort.rounds)]
        conflicts = stage.conflicts()
        failures = _failures(stage)
    stage.clear_journal()
    many = [percentile(answers.seconds, 95) for answers, _ in rounds]
    hot = [percentile(answers.seconds, 95) for _, answers in rounds]
    errors = sum(answers.statuses.count(500) for pair in rounds for answers in pair)
    refused = sum(len(a.statuses) - a.accepted for pair in rounds for a in pair)
    ratio = median([one / other for one, other in zip(hot, many, strict=True)])
    return [
        at_most("hot_p95_ratio", ratio, "x many", 2.0),
        at_most("hot_http_500", errors, "requests", 0),
        at_most("hot_refused", refused, "requests", 0),
        at_most("hot_serialization_errors", conflicts, "errors", 0),
        at_most("hot_failed_events", failures, "events", 0),
        at_most("hot_p95", median(hot) * 1000, "ms"),
        at_most("many_p95", median(many) * 1000, "ms"),
        at_least("hot_rate", median([answers.rate for _, answers in rounds]), "requests/s"),
    ]


def _warm_up(stage) -> None:
    posts = traffic.inbound_posts(stage.business, range(stage.customers))
    acknowledge.generator.run(stage.port, [request for _wamid, request in posts])
    stage.wait_until_drained()


def _round(stage, effort) -> list:
    answers = []
    for customers in (stage.customers, 1):
        effort.wait_until_calm()
        who = traffic.spread(customers, min(_PATIENT_REQUESTS, effort.most_requests))
        posts = traffic.inbound_posts(stage.business, who)
        answers.append(acknowledge.load(stage, [request for _wamid, request in posts], effort))
        stage.wait_until_drained()
    return answers


def _failures(stage) -> int:
    [(count,)] = stage.rows("SELECT count(*) FROM wa_webhook_event WHERE state = 'failed'")
    return count
