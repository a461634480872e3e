from odoo import fields, models

from ..access import NOTE


class WaConversationChoosePartner(models.TransientModel):
    """Several customers have the number: an agent says who is writing."""

    _name = "wa.conversation.choose.partner"
    _inherit = ["wa.conversation.wizard"]
    _description = "Choose the Customer of a Conversation"

    candidate_partner_ids = fields.Many2many(
        "res.partner",
        related="conversation_id.contact_id.candidate_partner_ids",
        related_sudo=False,
    )
    partner_id = fields.Many2one("res.partner", "Customer", required=True)

    def action_apply(self):
        self.ensure_one()
        self.conversation_id._check_can(NOTE)
        # sudo: wa.contact - who answers the customer may say who it is
        self.conversation_id.contact_id.sudo()._choose_partner(self.partner_id)
        return {"type": "ir.actions.act_window_close"}
