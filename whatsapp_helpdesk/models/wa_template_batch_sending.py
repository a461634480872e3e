import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

from ..cloud_api.templates import stored

_logger = logging.getLogger(__name__)

AT_ONCE = 100
"""Records that are sent while the user waits; longer lists go in the background."""
SLICE = 25
"""Records per transaction in the background."""


class WaTemplateBatchSending(models.AbstractModel):
    """How a list is sent: each record for itself, so that one that fails stops no other.

    A row is marked in the transaction that queues its message. So however often a list is started,
    and whatever breaks in between, each record gets one message at most.
    """

    _name = "wa.template.batch.sending"
    _description = "WhatsApp Template to Many, Sending"

    # === BUSINESS METHODS === #

    def _start(self):
        """Send a short list now, and leave a long one to the scheduled action."""
        self.ensure_one()
        ready = self._ready_lines()
        self._move_to("sending")
        if len(ready) > AT_ONCE:
            self._trigger()
            return
        self._send_lines(ready)
        self._move_to("done")

    def _trigger(self):
        # sudo: ir.cron - started for a list of the user's
        self.env.ref("whatsapp_helpdesk.ir_cron_wa_template_batch").sudo()._trigger()

    def _ready_lines(self, limit=None):
        # sudo: wa.template.batch.line - of this list, which nobody writes by hand
        lines = self.env["wa.template.batch.line"].sudo()
        domain = [("batch_id", "=", self.id), ("state", "=", "ready")]
        return lines.search(domain, order="id", limit=limit)

    def _send_lines(self, lines):
        """Send to the records of some rows, and note on each what became of it."""
        records = self.env[self.res_model].browse(lines.mapped("res_id"))
        for line, record in zip(lines, records, strict=True):
            self.env.cr.flush()
            try:
                with self.env.cr.savepoint():
                    self._send_line(line, record)
            except OperationalError:
                raise  # two at once: the whole transaction is tried again
            except UserError as error:
                line.write({"state": "failed", "reason": str(error)})
            except Exception:
                _logger.exception("Template %s for %s", self.name, record)
                reason = self.env._("The server's log says why.")
                line.write({"state": "failed", "reason": reason})

    def _send_line(self, line, record):
        """Queue the message of one row.

        :raise UserError: says what is in the way
        """
        record.check_access("read")
        partner = self.env["wa.template"]._customer_of(record)
        conversation = self.env["wa.conversation"]._for_partner(partner, self.wa_channel_id)
        template = line.template_id.sudo(False).with_env(self.env)
        # sudo: ir.attachment - the file of this list
        upload = self.sudo().file_id
        # sudo: wa.template - one that was paused is named by `_send_in`
        texts = stored.stored_values(line.template_id.sudo()._to_template(), self.texts)
        message = template._send_in(conversation, record, texts, upload)
        # sudo: wa.message - the one that was just queued
        sent = message.sudo().wa_message_ids[:1]
        line.write({"state": "sent", "reason": False, "wa_message_id": sent.id})

    def _stop(self, reason):
        """Give up what has not been sent."""
        self._ready_lines().write({"state": "failed", "reason": reason})
        self._move_to("done")

    def _finish(self):
        """Close the list, and tell the author, who may be elsewhere by now."""
        self._move_to("done")
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.failed_count else "success",
                "message": self.env._(
                    "%(template)s: %(sent)s sent, %(failed)s not.",
                    template=self.name,
                    sent=self.sent_count,
                    failed=self.failed_count,
                ),
            },
        )

    def _move_to(self, state):
        # sudo: wa.template.batch - who may start or stop it was asked before
        self.sudo().state = state

    # === IN THE BACKGROUND === #

    @api.model
    def _cron_send(self):
        """Send long lists, a slice per transaction."""
        for batch in self.search([("state", "=", "sending")], order="id"):
            if not batch.with_env(batch._author_env())._send_slices(self.env["ir.cron"]):
                return

    def _send_slices(self, crons):
        """Send what is ready.

        :param crons: `ir.cron` in the environment of the scheduled action
        :return: False when the time of this run is over
        """
        if not self.user_id.active:
            self._stop(self.env._("%(user)s was archived.", user=self.user_id.name))
        while lines := self._ready_lines(SLICE):
            self._send_lines(lines)
            if not crons._commit_progress(len(lines), remaining=self.ready_count):
                return False
            self.env.invalidate_all()
        if self.state == "sending":
            self._finish()
            crons._commit_progress()
        return True

    def _author_env(self):
        """Return the environment of who made the list: rights, language and company."""
        user = self.user_id
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        return self.env(user=user.id, su=False, context=context)
