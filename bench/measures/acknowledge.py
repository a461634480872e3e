"""How fast the webhook says yes, beside a route of the same server that does nothing."""

import generator
import traffic
from results import Measure, at_least, at_most, median, percentile

CONNECTIONS = 8


def run(stage, effort) -> list[Measure]:
    """Take turns between both routes, so that neighbours on the machine disturb both alike."""
    measures = []
    for name, workers in (("prefork", 2), ("threaded", 0)):
        with stage.odoo(workers=workers, drain=False):
            measures += _compare(stage, effort, name)
        stage.clear_journal()
    return measures


def _compare(stage, effort, name: str) -> list[Measure]:
    floor = _floor_requests(stage, effort)
    load(stage, floor[:200], effort)
    load(stage, _webhook_requests(stage, 200), effort)
    pairs = []
    for _ in range(effort.rounds):
        effort.wait_until_calm()
        webhooks = _webhook_requests(stage, effort.most_requests)
        pairs.append((load(stage, floor, effort), load(stage, webhooks, effort)))
    return _figures(name, pairs, goals=name == "prefork")


def _figures(name: str, pairs: list, goals: bool) -> list[Measure]:
    floors = [percentile(floor.seconds, 95) for floor, _ in pairs]
    p95s = [percentile(webhook.seconds, 95) for _, webhook in pairs]
    refused = sum(len(answers.statuses) - answers.accepted for pair in pairs for answers in pair)
    rate_ratio = median([webhook.rate / floor.rate for floor, webhook in pairs])
    p95_ratio = median([mine / floor for mine, floor in zip(p95s, floors, strict=True)])
    prefix = f"acknowledge_{name}"
    return [
        at_least(f"{prefix}_ratio", rate_ratio, "of empty route", 0.85 if goals else None),
        at_most(f"{prefix}_p95_ratio", p95_ratio, "x empty route", 1.5 if goals else None),
        at_least(f"{prefix}_rate", median([webhook.rate for _, webhook in pairs]), "requests/s"),
        at_least(f"{prefix}_floor_rate", median([floor.rate for floor, _ in pairs]), "requests/s"),
        at_most(f"{prefix}_p95", median(p95s) * 1000, "ms"),
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
