from odoo import fields, models


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
        # All conversations of the contact get the customer, and with it the customer's salesperson:
        # an invitation into one of them is not enough.
        self.conversation_id._check_can_link()
        # sudo: wa.contact - who answers the customer may say who it is
        self.conversation_id.contact_id.sudo()._choose_partner(self.partner_id)
        return {"type": "ir.actions.act_window_close"}
