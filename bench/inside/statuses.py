"""What a status costs: three come for each message that we send."""

import uuid

import traffic

from odoo.addons.whatsapp_helpdesk.work import drain

from . import journal, outbox


def main(env, business: dict, batch: int, rounds: int, profile: bool) -> dict:
    """Let ``batch`` messages become sent, delivered and read, ``rounds`` times."""
    business = traffic.Business(**business)
    taken, text = [], ""
    for number in range(rounds):
        run = uuid.uuid4().hex
        outbox.create(env, batch, "sending", wamid=lambda place, run=run: f"wamid.{run}{place}")
        env.cr.commit()
        for word in ("sent", "delivered", "read"):
            bodies = [
                traffic.body(
                    business, place, "statuses", traffic.status(place, f"wamid.{run}{place}", word)
                )
                for place in range(batch)
            ]
            journal.store(env, bodies)
            if profile and number == rounds - 1 and word == "read":
                text = journal.profiled(drain, env.registry)
            else:
                taken.append(journal.timed_drain(env))
    return {"groups": [taken], "profile": text}
