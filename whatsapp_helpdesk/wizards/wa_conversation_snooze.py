from datetime import timedelta

from odoo import fields, models


class WaConversationSnooze(models.TransientModel):
    """Put a conversation aside until a time or the customer's next message."""

    _name = "wa.conversation.snooze"
    _inherit = ["wa.conversation.wizard"]
    _description = "Snooze a Conversation"

    until = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now() + timedelta(days=1)
    )

    def action_apply(self):
        self.ensure_one()
        self.conversation_id._snooze(self.until)
        return {"type": "ir.actions.act_window_close"}
