"""The page of forty conversations, and the sidebar, that an agent looks at all day."""

import threading
import time
from functools import partial

from lxml import etree

from odoo.addons.mail.tools.discuss import Store

_WARM_UPS = 3


def main(env, login: str, rounds: int) -> dict:
    """Read both as browsers do, in a fresh environment each."""
    user = env["res.users"].search([("login", "=", login)])
    specification = _specification(env(user=user)["wa.conversation"])
    return {
        "pages": _measure(env, user.id, rounds, partial(_read_page, specification)),
        "sidebars": _measure(env, user.id, rounds, _read_sidebar),
    }


def _specification(conversations):
    """Return what browsers ask of the list: relations by name, hidden ones by id."""
    asked = {}
    for node in etree.fromstring(conversations.get_view(view_type="list")["arch"]).iter("field"):
        field = conversations._fields[node.get("name")]
        is_hidden = node.get("column_invisible") == "True"
        named = {"fields": {} if is_hidden else {"display_name": {}}}
        asked[field.name] = named if field.relational else {}
    return asked


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


def _read_page(specification, conversations):
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
