from odoo import fields, models


class WaConversationOverrideReply(models.TransientModel):
    """Answer although only the assignee may: supervisors say why."""

    _name = "wa.conversation.override.reply"
    _description = "Answer in Place of the Assignee"

    conversation_id = fields.Many2one("wa.conversation", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        self.conversation_id._override_reply(self.reason)
        return {"type": "ir.actions.act_window_close"}
