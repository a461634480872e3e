"""Does a message cost more when there is a past? And the list of conversations?"""

from dataclasses import asdict

from results import Measure, at_most, median
from stage import say

from .costs import BATCH, per_item

CONVERSATIONS, MESSAGES_EACH, HOT_MESSAGES = 100_000, 1, 10_000
AGENT = "omar"
_LONG, _SHORT = 0, 1


def run(stage, effort) -> list[Measure]:
    """Measure in the small database, fill it, measure again."""
    many = list(range(BATCH))
    effort.wait_until_calm()
    [small] = _ingest(stage, effort, [many])
    filled = stage.inside(
        "fill",
        conversations=CONVERSATIONS,
        messages=MESSAGES_EACH,
        hot_customer=_LONG,
        hot_messages=HOT_MESSAGES,
        login=AGENT,
    )
    say(f"   filled: {filled['conversations']} conversations, {filled['messages']} messages")
    # What autovacuum would do in the middle of the measures; a company's database has it behind it
    stage.change("VACUUM (ANALYZE)")
    effort.wait_until_calm()
    large, long, short = _ingest(stage, effort, [many, [_LONG] * BATCH, [_SHORT] * BATCH])
    inbox = stage.inside("inbox", login=AGENT, rounds=effort.batches)
    stage.clear_journal()
    return [
        at_most("growth_database", _ratio(large, small), "x small", 1.25),
        at_most("growth_conversation", _ratio(long, short), "x short", 1.25),
        at_most("growth_message", per_item(large, BATCH, "seconds") * 1000, "ms"),
        at_most("growth_message_sql", per_item(large, BATCH, "queries"), "queries", 3.0),
        *_inbox_measures("inbox_page", inbox["pages"]),
        *_inbox_measures("inbox_sidebar", inbox["sidebars"]),
    ]


def _inbox_measures(name: str, taken: list[dict]) -> list[Measure]:
    return [
        at_most(f"{name}_sql", median([one["queries"] for one in taken]), "queries", 10),
        at_most(name, median([one["seconds"] for one in taken]) * 1000, "ms", 25),
    ]


def _ingest(stage, effort, groups: list[list[int]]) -> list[list[dict]]:
    answer = stage.inside(
        "ingest", business=asdict(stage.business), groups=groups, rounds=effort.batches
    )
    return answer["groups"]


def _ratio(one: list[dict], other: list[dict]) -> float:
    return per_item(one, BATCH, "seconds") / per_item(other, BATCH, "seconds")
