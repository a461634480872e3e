from odoo import fields, models


class WaConversationInvite(models.TransientModel):
    """Invite colleagues into one conversation, or end invitations."""

    _name = "wa.conversation.invite"
    _inherit = ["wa.conversation.wizard"]
    _description = "Invite Colleagues into a Conversation"

    company_id = fields.Many2one(related="conversation_id.company_id")
    user_ids = fields.Many2many(
        "res.users",
        "wa_conversation_invite_user_rel",
        string="Invite",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who cannot read this conversation yet gets access to it, and to nothing else.",
    )
    reason = fields.Char()
    invited_user_ids = fields.Many2many(
        related="conversation_id.invited_user_ids", related_sudo=False
    )
    ended_user_ids = fields.Many2many(
        "res.users",
        "wa_conversation_invite_ended_rel",
        string="End Invitation of",
        domain="[('id', 'in', invited_user_ids)]",
    )

    def action_apply(self):
        self.ensure_one()
        if self.ended_user_ids:
            self.conversation_id._uninvite(self.ended_user_ids)
        if self.user_ids:
            self.conversation_id._invite(self.user_ids, self.reason)
        return {"type": "ir.actions.act_window_close"}
