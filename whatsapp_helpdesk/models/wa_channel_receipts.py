from odoo import fields, models


class WaChannelReceipts(models.AbstractModel):
    """Whether customers see that the team reads and types."""

    _name = "wa.channel.receipts"
    _description = "WhatsApp Number, Read Receipts"

    send_read_receipts = fields.Boolean(
        default=True,
        help="Customers see blue ticks when one of the team opens their chat, and that an answer "
        "is being written. WhatsApp does not have the one without the other.",
    )

    def _may_call_meta(self):
        """Tell whether neither a person nor Meta has stopped the number or its account."""
        self.ensure_one()
        account = self.account_id
        return self.active and account.active and not (self.is_stopped or account.is_stopped)
