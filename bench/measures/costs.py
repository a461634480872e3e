"""What a message and a status cost, measured inside Odoo without any HTTP."""

from dataclasses import asdict

from results import Measure, at_most, median
from stage import say

BATCH = 50
STATUS_BATCH = 100


def run(stage, effort) -> list[Measure]:
    """Messages of 50 customers in one batch, then statuses."""
    effort.wait_until_calm()
    business = asdict(stage.business)
    messages = stage.inside(
        "ingest",
        business=business,
        groups=[list(range(BATCH))],
        rounds=effort.batches,
        profile=effort.profile,
    )
    statuses = stage.inside(
        "statuses",
        business=business,
        batch=STATUS_BATCH,
        rounds=max(2, effort.batches // 3),
        profile=effort.profile,
    )
    for answer in (messages, statuses):
        if answer["profile"]:
            say(answer["profile"])
    stage.clear_journal()
    [messages], [statuses] = messages["groups"], statuses["groups"]
    return [
        at_most("ingest_message", per_item(messages, BATCH, "seconds") * 1000, "ms", 4.0),
        at_most("ingest_message_sql", per_item(messages, BATCH, "queries"), "queries", 3.0),
        at_most("ingest_message_cpu", per_item(messages, BATCH, "cpu") * 1000, "ms"),
        at_most("ingest_status", per_item(statuses, STATUS_BATCH, "seconds") * 1000, "ms", 0.5),
        at_most("ingest_status_sql", per_item(statuses, STATUS_BATCH, "queries"), "queries"),
        at_most("ingest_status_cpu", per_item(statuses, STATUS_BATCH, "cpu") * 1000, "ms"),
    ]


def per_item(batches: list[dict], size: int, what: str) -> float:
    """Return the middle batch's seconds, cpu or queries, divided by its size."""
    return median([taken[what] for taken in batches]) / size
