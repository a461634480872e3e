"""What a text message costs from the journal to the screen."""

import uuid
from itertools import count

import traffic

from . import journal


def main(env, business: dict, customers: list[int], rounds: int, profile: bool) -> dict:
    """Process ``rounds`` batches of one message from each of ``customers``.

    :return: seconds and queries per batch, and a profile if asked for
    """
    wamids = (f"wamid.{uuid.uuid4().hex}{number}" for number in count())
    write = _Writer(env, traffic.Business(**business), customers, wamids)
    for _ in range(2):  # the first time contacts and conversations are made
        write.all()
        journal.timed_drain(env)
    taken = []
    for _ in range(rounds):
        write.all()
        taken.append(journal.timed_drain(env))
    text = ""
    if profile:
        write.all()
        text = journal.profiled_drain(env)
    return {"batches": taken, "profile": text}


class _Writer:
    def __init__(self, env, business, customers, wamids):
        self._env, self._business, self._customers = env, business, customers
        self._wamids = wamids

    def all(self):
        bodies = [
            traffic.body(
                self._business, customer, "messages", traffic.message(customer, next(self._wamids))
            )
            for customer in self._customers
        ]
        journal.store(self._env, bodies)
