import itertools
import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..cloud_api import backoff
from ..cloud_api.parse import MalformedWebhook, parse_webhook
from ..const import DRAIN_LOCK, EVENT_BATCH, EVENT_BATCH_BYTES, STATUS_PATIENCE_SECONDS
from ..work import answers, background, drain
from ..work.items import Item, Outcome


class WaWebhookEvent(models.Model):
    """The journal: what Meta sent and we acknowledged. Rows are written by the webhook in SQL."""

    _name = "wa.webhook.event"
    _description = "WhatsApp Webhook Event"
    _order = "id desc"
    _rec_name = "id"

    account_id = fields.Many2one(
        "wa.account", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="account_id.company_id")
    body = fields.Text(required=True, readonly=True)
    body_pretty = fields.Text("Content", compute="_compute_body_pretty")
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the bytes that came.")
    state = fields.Selection(
        [("new", "New"), ("done", "Done"), ("failed", "Failed"), ("ignored", "Ignored")],
        required=True,
        default="new",
        readonly=True,
    )
    error = fields.Text(readonly=True)
    attempts = fields.Integer(readonly=True)
    next_attempt_at = fields.Datetime(readonly=True)
    processed_at = fields.Datetime(readonly=True)

    _digest_unique = models.UniqueIndex("(account_id, digest)", "This event is known already.")
    _new_idx = models.Index("(id) WHERE state = 'new'")
    _failed_idx = models.Index("(id) WHERE state = 'failed'")
    _account_idx = models.Index("(account_id, create_date)")
    _ignored_idx = models.Index("(account_id, create_date) WHERE state = 'ignored'")

    # === COMPUTE METHODS === #

    @api.depends("body")
    def _compute_body_pretty(self):
        for event in self:
            try:
                event.body_pretty = json.dumps(json.loads(event.body), indent=2, ensure_ascii=False)
            except (ValueError, RecursionError):
                event.body_pretty = event.body

    # === ACTION METHODS === #

    def action_replay(self):
        """Process the events again; what they brought before is recognised and not repeated."""
        # sudo: wa.webhook.event - only managers may read the journal, replaying adds no right
        self.check_access("read")
        self.sudo().write({"state": "new", "error": False, "attempts": 0, "next_attempt_at": False})
        if self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, drain.run)

    # === BUSINESS METHODS === #

    @api.model
    def _cron_process(self):
        drain.run(self.env.registry)
        answers.run(self.env.registry)

    @api.model
    def _can_process(self):
        """Tell whether a row is due and no drainer is at work (who will look again by itself)."""
        return self._lock_drain() and bool(self._claim(1))

    @api.model
    def _process_batch(self):
        """Process the oldest due rows inside the current transaction.

        :return: how many rows there were; 0 also if another drainer is at work
        :rtype: int
        """
        if not self._lock_drain():
            return 0
        journal = self._claim(EVENT_BATCH)
        items, outcomes = [], {row.id: [] for row in journal}
        for row in journal:
            try:
                items += [Item(row, event) for event in parse_webhook(row.body.encode())]
            except MalformedWebhook as error:
                outcomes[row.id].append(Outcome("failed", str(error)))
        if items:
            handled = self.env["wa.inbound"]._handle(items)
            for item, outcome in zip(items, handled, strict=True):
                outcomes[item.journal.id].append(outcome)
        journal._settle(outcomes)
        return len(journal)

    @api.model
    def _lock_drain(self):
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s)", [DRAIN_LOCK])
        return self.env.cr.fetchone()[0]

    @api.model
    def _claim(self, limit):
        """Lock the oldest due rows, as many as fit into memory together but at least one.

        :param int limit: how many at most
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT id, octet_length(body) FROM wa_webhook_event
                 WHERE state = 'new' AND (next_attempt_at IS NULL OR next_attempt_at <= %s)
              ORDER BY id LIMIT %s
                   FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                limit,
            )
        )
        rows = self.env.cr.fetchall()
        totals = itertools.accumulate(size for _id, size in rows)
        fitting = sum(total <= EVENT_BATCH_BYTES for total in totals)
        return self.browse([row_id for row_id, _size in rows[: max(fitting, 1)]])

    def _settle(self, outcomes):
        """Write what became of these rows from what became of their items.

        :param dict[int, list[Outcome]] outcomes: one per item, by the id of the row
        """
        alike = {}
        for row in self:
            kinds = frozenset(outcome.kind for outcome in outcomes[row.id])
            reasons = dict.fromkeys(outcome.reason for outcome in outcomes[row.id])
            alike.setdefault((kinds, "\n".join(filter(None, reasons))), []).append(row.id)
        for (kinds, reasons), ids in alike.items():
            self.browse(ids)._settle_alike(kinds, reasons)

    def _settle_alike(self, kinds, reasons):
        """Write what became of rows whose items had the same fate.

        :param frozenset kinds: of the outcomes
        """
        values = {"error": reasons or False, "processed_at": fields.Datetime.now()}
        if "failed" in kinds:
            self.write(values | {"state": "failed"})
        elif "waiting" in kinds:
            for row in self:
                row.write(values | row._prepare_waiting_values())
        else:
            self.write(values | {"state": "ignored" if kinds == {"ignored"} else "done"})

    def _prepare_waiting_values(self):
        age = fields.Datetime.now() - self.create_date
        if age > timedelta(seconds=STATUS_PATIENCE_SECONDS):
            return {"state": "ignored"}
        seconds = backoff.delay(self.attempts, base=5.0, cap=3600.0, jitter=0.5)
        return {
            "attempts": self.attempts + 1,
            "next_attempt_at": fields.Datetime.now() + timedelta(seconds=seconds),
        }
