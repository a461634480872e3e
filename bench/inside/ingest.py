"""What a text message costs from the journal to the screen."""

import uuid
from itertools import count

import traffic

from odoo.addons.whatsapp_helpdesk.work import drain

from . import journal


def main(env, business: dict, groups: list[list[int]], rounds: int, profile: bool = False) -> dict:
    """Process batches of one message per customer of a group, the groups taking turns.

    :param groups: customers of each batch; one who is named twice writes twice
    :return: per group its batches, see `journal.timed_drain`; a profile if asked for
    """
    write = _Writer(env, traffic.Business(**business))
    for group in groups * 2:  # the first time contacts and conversations are made
        write.batch(group)
        journal.timed_drain(env)
    taken = [[] for _group in groups]
    for _ in range(rounds):
        for group, batches in zip(groups, taken, strict=True):
            write.batch(group)
            batches.append(journal.timed_drain(env))
    text = ""
    if profile:
        write.batch(groups[0])
        text = journal.profiled(drain, env.registry)
    return {"groups": taken, "profile": text}


class _Writer:
    def __init__(self, env, business):
        self._env, self._business = env, business
        run = uuid.uuid4().hex
        self._wamids = (f"wamid.{run}{number}" for number in count())

    def batch(self, customers):
        bodies = [
            traffic.body(
                self._business, customer, "messages", traffic.message(customer, next(self._wamids))
            )
            for customer in customers
        ]
        journal.store(self._env, bodies)
