"""Threads that start work right after a commit instead of at the next cron minute.

One thread per database and job. A wake-up during a run makes the job look again, so none is lost;
what happens in other processes is covered by each job's own lock and re-check, and the scheduled
actions are the safety net for everything.
"""

import logging
import threading
import time
from collections.abc import Callable

from odoo import modules
from odoo.modules.registry import Registry

_logger = logging.getLogger(__name__)

_guard = threading.Lock()
_wanted_again: dict[tuple[str, Callable], bool] = {}
_due: dict[tuple[str, Callable], float] = {}


def wake_after_commit(env, job: Callable) -> None:
    """Run ``job(registry)`` in the background once the current transaction is committed.

    :param env: environment of the transaction
    :param job: function of the registry; opens its own transactions
    """
    db_name = env.cr.dbname
    env.cr.postcommit.add(lambda: wake(db_name, job))


def wake(db_name: str, job: Callable) -> None:
    """Start the job's thread, or tell the running one to look again."""
    if modules.module.current_test:
        return  # tests run the jobs themselves: a thread would leave the test's transaction
    key = (db_name, job)
    with _guard:
        if key in _wanted_again:
            _wanted_again[key] = True
            return
        _wanted_again[key] = False
    # Not a daemon: a worker that is asked to stop finishes its calls and writes the results.
    threading.Thread(target=_work, args=key, name=f"{job.__module__}({db_name})").start()


def wake_later(db_name: str, job: Callable, seconds: float) -> None:
    """Wake the job after ``seconds``, unless it will be woken before that anyway.

    If the process ends before, the scheduled action does the work.
    """
    if modules.module.current_test:
        return
    key = (db_name, job)
    due = time.monotonic() + seconds
    with _guard:
        if _due.get(key, due + 1) <= due:
            return
        _due[key] = due
    timer = threading.Timer(seconds, _ring, (*key, due))
    timer.daemon = True
    timer.start()


def _ring(db_name: str, job: Callable, due: float) -> None:
    with _guard:
        if _due.get((db_name, job)) == due:
            del _due[db_name, job]
    wake(db_name, job)


def _work(db_name: str, job: Callable) -> None:
    threading.current_thread().dbname = db_name
    while True:
        try:
            job(Registry(db_name).check_signaling())
        except Exception:
            # The rows keep their state, so the scheduled action goes on where this run stopped.
            _logger.exception("background job %s failed", job.__module__)
        with _guard:
            if not _wanted_again[db_name, job]:
                del _wanted_again[db_name, job]
                return
            _wanted_again[db_name, job] = False
