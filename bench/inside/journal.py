"""Filling the journal and draining it, with a stopwatch beside."""

import cProfile
import hashlib
import io
import pstats
import threading
import time
from collections import Counter
from unittest.mock import patch

from odoo.addons.whatsapp_helpdesk.work import drain
from odoo.sql_db import Cursor

_SHOWN_CHARACTERS = 150


def store(env, bodies: list[bytes]) -> None:
    """Put events into the journal as the webhook does, and commit."""
    account = env["wa.account"].search([], limit=1)
    rows = [(account.id, body.decode(), hashlib.sha256(body).hexdigest()) for body in bodies]
    env.cr.execute_values(
        """
        INSERT INTO wa_webhook_event
                    (account_id, body, digest, state, attempts, create_date, write_date)
             VALUES %s
        """,
        rows,
        template="(%s, %s, %s, 'new', 0, now() at time zone 'UTC', now() at time zone 'UTC')",
    )
    env.cr.commit()


def timed_drain(env) -> dict:
    """Process all that waits.

    :return: seconds until it is committed and announced, processor seconds of that in Python, and
        queries
    """
    thread = threading.current_thread()
    thread.query_count, thread.query_time, thread.perf_t0 = 0, 0.0, 0.0
    started, cpu = time.perf_counter(), time.process_time()
    drain.run(env.registry)
    return {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
        "queries": thread.query_count,
    }


def profiled(job, registry) -> str:
    """Run a background job and return where its own thread's time went, and its queries."""
    profile, statements = cProfile.Profile(), Counter()
    execute = Cursor.execute

    def counting(cursor, query, *args, **kwargs):
        text = getattr(query, "code", query)
        statements[" ".join(str(text).split())[:_SHOWN_CHARACTERS]] += 1
        return execute(cursor, query, *args, **kwargs)

    with patch.object(Cursor, "execute", counting):
        profile.runcall(job.run, registry)
    text = io.StringIO()
    pstats.Stats(profile, stream=text).sort_stats("cumulative").print_stats(70)
    queries = "\n".join(f"{times:5} x {text}" for text, times in statements.most_common(15))
    return f"{text.getvalue()}\n{queries}\n"
