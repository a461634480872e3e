"""The page of forty conversations, and the sidebar, that an agent looks at all day."""

import threading
import time

from odoo.addons.mail.tools.discuss import Store

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
    """Read both as browsers do, in a fresh environment each."""
    user = env["res.users"].search([("login", "=", login)])
    return {
        "pages": _measure(env, user.id, rounds, _read_page),
        "sidebars": _measure(env, user.id, rounds, _read_sidebar),
    }


def _measure(env, user_id, rounds, read):
    taken = [_read(env, user_id, read) for _ in range(rounds + _WARM_UPS)]
    return taken[_WARM_UPS:]


def _read(env, user_id, read):
    thread = threading.current_thread()
    with env.registry.cursor() as cr:
        thread.query_count, thread.query_time, thread.perf_t0 = 0, 0.0, 0.0
        started = time.perf_counter()
        count = read(env(cr=cr, user=user_id)["wa.conversation"])
        seconds = time.perf_counter() - started
    assert count == 40, f"{count} conversations"
    return {"seconds": seconds, "queries": thread.query_count}


def _read_page(conversations):
    specification = {
        name: {"fields": {"display_name": {}}} if name in _NAMED else {} for name in _FIELDS
    }
    page = conversations.web_search_read(
        [("state", "!=", "closed")],
        specification,
        limit=40,
        order="waiting_since, last_message_at desc, id desc",
        count_limit=1_001,
    )
    return len(page["records"])


def _read_sidebar(conversations):
    store = Store()
    conversations._get_inbox()[:40]._add_lines(store)
    return len(store.get_result()["wa.conversation"])
