"""Sends what is queued, as a server's background thread does."""

import time

from odoo.addons.whatsapp_helpdesk.work import send

from . import outbox


def main(env, count: int) -> dict:
    """Queue ``count`` messages and send all that is queued; return seconds of the sending."""
    if count:
        outbox.create(env, count, "queued")
        env.cr.commit()
    started = time.monotonic()
    send.run(env.registry)
    return {"seconds": time.monotonic() - started}
