from odoo import fields, models

from ..const import RESPONDER_ROLES


class WaChannelFeeds(models.AbstractModel):
    """What webhooks besides messages tell of a number."""

    _name = "wa.channel.feeds"
    _description = "WhatsApp Number News"

    messaging_limit = fields.Char(
        readonly=True,
        copy=False,
        help="How many customers who did not write first you may write to in 24 hours.",
    )
    responder_role = fields.Selection(
        RESPONDER_ROLES,
        "Role of This Odoo",
        default="customer_service",
        required=True,
        help="If several responders share the number, Meta gives each conversation to one of them. "
        "Choose the role that this Odoo has in Meta's conversation routing.",
    )
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
