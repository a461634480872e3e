"""How fast the webhook says yes, beside a route of the same server that does nothing."""

from dataclasses import dataclass

import generator
import traffic
from results import Measure, at_least, at_most, median, percentile

CONNECTIONS = 8


@dataclass(frozen=True)
class Round:
    """What one route did in one round.

    :param cpu: processor seconds of server and database per request
    """

    answers: generator.Answers
    cpu: float


def run(stage, effort) -> list[Measure]:
    """Take turns between both routes, so that neighbours on the machine disturb both alike."""
    measures = []
    for name, workers in (("prefork", 2), ("threaded", 0)):
        with stage.odoo(workers=workers, drain=False) as server:
            measures += _compare(stage, effort, name, server.process.pid)
        stage.clear_journal()
    return measures


def _compare(stage, effort, name: str, pid: int) -> list[Measure]:
    floor = _floor_requests(stage, effort)
    load(stage, floor[:200], effort)
    load(stage, _webhook_requests(stage, 200), effort)
    pairs = []
    for _ in range(effort.rounds):
        effort.wait_until_calm()
        webhooks = _webhook_requests(stage, effort.most_requests)
        pairs.append([_round(stage, effort, pid, requests) for requests in (floor, webhooks)])
    return _figures(name, pairs, goals=name == "prefork")


def _round(stage, effort, pid: int, requests: list[bytes]) -> Round:
    before = stage.cpu_seconds(pid)
    answers = load(stage, requests, effort)
    return Round(answers, (stage.cpu_seconds(pid) - before) / len(answers.statuses))


def _figures(name: str, pairs: list[list[Round]], goals: bool) -> list[Measure]:
    rates = [[one.answers.rate for one in pair] for pair in pairs]
    p95s = [[percentile(one.answers.seconds, 95) for one in pair] for pair in pairs]
    refused = sum(
        len(one.answers.statuses) - one.answers.accepted for pair in pairs for one in pair
    )
    rate_ratio = median([webhook / floor for floor, webhook in rates])
    p95_ratio = median([webhook / floor for floor, webhook in p95s])
    cpu_ratio = median([webhook.cpu / floor.cpu for floor, webhook in pairs])
    prefix = f"acknowledge_{name}"
    return [
        at_least(f"{prefix}_ratio", rate_ratio, "of empty route", 0.85 if goals else None),
        at_most(f"{prefix}_p95_ratio", p95_ratio, "x empty route", 1.5 if goals else None),
        at_most(f"{prefix}_cpu_ratio", cpu_ratio, "x empty route"),
        at_most(f"{prefix}_cpu", median([pair[1].cpu for pair in pairs]) * 1000, "ms/request"),
        at_least(f"{prefix}_rate", median([webhook for _, webhook in rates]), "requests/s"),
        at_least(f"{prefix}_floor_rate", median([floor for floor, _ in rates]), "requests/s"),
        at_most(f"{prefix}_p95", median([webhook for _, webhook in p95s]) * 1000, "ms"),
        at_most(f"{prefix}_refused", refused, "requests", 0),
    ]


def load(stage, requests: list[bytes], effort) -> generator.Answers:
    """Send as fast as the answers come."""
    return generator.run(
        stage.port, requests, connections=CONNECTIONS, seconds=effort.round_seconds
    )


def _floor_requests(stage, effort) -> list[bytes]:
    content = traffic.body(stage.business, 0, "messages", traffic.message(0, "wamid.floor"))
    request = traffic.http_post("/wh_bench/empty", content, stage.business.secret)
    return [request] * effort.most_requests


def _webhook_requests(stage, count: int) -> list[bytes]:
    customers = traffic.spread(stage.customers, count)
    return [request for _wamid, request in traffic.inbound_posts(stage.business, customers)]
