"""Sends what is queued, as a server's background thread does."""

import time

from odoo.addons.whatsapp_helpdesk.work import send

from . import journal, outbox


def main(env, count: int, profile: bool = False) -> dict:
    """Queue ``count`` messages and send all that is queued.

    :return: seconds of the sending, processor seconds of this process, a profile if asked for
    """
    if count:
        outbox.create(env, count, "queued")
        env.cr.commit()
    started, cpu = time.monotonic(), time.process_time()
    text = ""
    if profile:
        text = journal.profiled(send, env.registry)
    else:
        send.run(env.registry)
    return {
        "seconds": time.monotonic() - started,
        "cpu": time.process_time() - cpu,
        "profile": text,
    }
