from odoo import models


class WaMessage(models.Model):
    """Indexes for what the health page asks, so that its cost does not grow with the messages."""

    _inherit = "wa.message"

    _traffic_idx = models.Index("(wa_channel_id, direction, sent_at)")
    _failed_idx = models.Index("(wa_channel_id, create_date) WHERE state = 'failed'")


class WaWebhookEvent(models.Model):
    _inherit = "wa.webhook.event"

    _account_idx = models.Index("(account_id, create_date)")
    _ignored_idx = models.Index("(account_id, create_date) WHERE state = 'ignored'")
