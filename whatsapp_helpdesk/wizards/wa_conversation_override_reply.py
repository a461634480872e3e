from odoo import fields, models


class WaConversationOverrideReply(models.TransientModel):
    """Answer although only the assignee may: supervisors say why."""

    _name = "wa.conversation.override.reply"
    _inherit = ["wa.conversation.wizard"]
    _description = "Answer in Place of the Assignee"

    reason = fields.Char(required=True)

    def action_apply(self):
        self.ensure_one()
        self.conversation_id._override_reply(self.reason)
        return {"type": "ir.actions.act_window_close"}
