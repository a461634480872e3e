"""The page of forty conversations that an agent looks at all day."""

import threading
import time

_FIELDS = (
    "priority",
    "name",
    "last_message_preview",
    "unanswered_count",
    "last_message_at",
    "window_state",
    "tag_ids",
    "team_id",
    "user_id",
    "state",
    "discuss_channel_id",
)
_NAMED = ("team_id", "user_id", "tag_ids", "discuss_channel_id")
_WARM_UPS = 3


def main(env, login: str, rounds: int) -> dict:
    """Read the first page of the list as the web client does, in a fresh environment each."""
    user = env["res.users"].search([("login", "=", login)])
    specification = {
        name: {"fields": {"display_name": {}}} if name in _NAMED else {} for name in _FIELDS
    }
    taken = [_read(env, user.id, specification) for _ in range(rounds + _WARM_UPS)]
    return {"pages": taken[_WARM_UPS:]}


def _read(env, user_id, specification):
    thread = threading.current_thread()
    with env.registry.cursor() as cr:
        thread.query_count, thread.query_time, thread.perf_t0 = 0, 0.0, 0.0
        started = time.perf_counter()
        page = env(cr=cr, user=user_id)["wa.conversation"].web_search_read(
            [("state", "!=", "closed")],
            specification,
            limit=40,
            order="waiting_since, last_message_at desc, id desc",
            count_limit=10_001,
        )
        seconds = time.perf_counter() - started
    assert len(page["records"]) == 40, f"only {len(page['records'])} conversations"
    return {"seconds": seconds, "queries": thread.query_count}
