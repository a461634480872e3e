from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api.number_calls import SYNC_TYPES
from ..const import HISTORIES_PER_RUN, HISTORY_QUIET_MINUTES, RESPONDER_ROLES
from ..work.transactions import in_transaction


class WaChannelFeeds(models.AbstractModel):
    """What webhooks besides messages tell of a number."""

    _name = "wa.channel.feeds"
    _description = "WhatsApp Number News"

    messaging_limit = fields.Char(
        readonly=True,
        copy=False,
        help="How many customers a day you may write to first. Answers are not limited.",
    )
    responder_role = fields.Selection(
        RESPONDER_ROLES,
        "Role of This Odoo",
        default="customer_service",
        required=True,
        help="If several responders share the number, Meta gives each conversation to one of them. "
        "Choose the role that this Odoo has in Meta's conversation routing.",
    )
    history_state = fields.Selection(
        [
            ("importing", "Being Imported"),
            ("done", "Imported"),
            ("declined", "Not Shared"),
        ],
        "Earlier Chats",
        readonly=True,
        copy=False,
        help="What became of the chats that the phone app had before the number was connected.",
    )
    history_progress = fields.Integer(
        readonly=True, copy=False, aggregator=False, help="Percent that Meta handed over so far."
    )
    history_received_at = fields.Datetime(readonly=True, copy=False)
    notice_count = fields.Integer(
        compute="_compute_notice_count", groups="whatsapp_helpdesk.group_manager"
    )

    def _compute_notice_count(self):
        counts = dict(
            self.env["wa.notice"]._read_group(
                [("wa_channel_id", "in", self.ids), ("is_done", "=", False)],
                ["wa_channel_id"],
                ["__count"],
            )
        )
        for channel in self:
            channel.notice_count = counts.get(channel, 0)

    # === HISTORY === #

    def action_request_history(self):
        """Ask Meta for the contacts and chats of the phone app; once, on the number's first day."""
        self.ensure_one()
        self.check_access("write")
        account = self.account_id
        for sync_type in SYNC_TYPES:
            account._ask_meta(
                lambda client, kind=sync_type: client.request_app_sync(self.phone_number_uid, kind)
            )
        return account._notify(
            self.env._("Meta will send the earlier chats of the phone app. It may take hours.")
        )

    def _note_history_progress(self, progress):
        """Note that a part of the phone's history came.

        :param int progress: percent, as Meta says; parts come in any order
        """
        self.ensure_one()
        self.write(
            {
                "history_state": "importing",
                "history_progress": max(progress, self.history_progress),
                "history_received_at": fields.Datetime.now(),
            }
        )
        if progress >= 100:
            # sudo: ir.cron - the job is ours
            self.env.ref("whatsapp_helpdesk.ir_cron_wa_history").sudo()._trigger()

    def _note_history_declined(self):
        self.write({"history_state": "declined"})

    @api.model
    def _cron_publish_history(self):
        """Show the histories that are complete or of which nothing more comes."""
        while in_transaction(self.env.registry, lambda env: env["wa.channel"]._publish_some()):
            continue

    @api.model
    def _publish_some(self):
        """Show some histories inside the current transaction.

        :return: whether there is more to do
        :rtype: bool
        """
        quiet_since = fields.Datetime.now() - timedelta(minutes=HISTORY_QUIET_MINUTES)
        ready = self.search([("history_state", "=", "importing")]).filtered(
            lambda number: (
                number.history_progress >= 100 or number.history_received_at <= quiet_since
            )
        )
        histories = self.env["wa.conversation"]._unpublished_histories(ready, HISTORIES_PER_RUN)
        for history in histories:
            history._publish_history()
        if not histories:
            ready.write({"history_state": "done"})
        return bool(histories)
