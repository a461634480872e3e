from odoo import api, fields, models


class WaConversationLink(models.Model):
    _inherit = "wa.conversation.link"

    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade", index="btree_not_null")

    _one_document_or_lead = models.Constraint(
        "CHECK (num_nonnulls(sale_order_id, ticket_id, lead_id) <= 1)",
        "A link is about one document.",
    )
    _lead_unique = models.UniqueIndex(
        "(conversation_id, lead_id) WHERE lead_id IS NOT NULL", "This lead is linked already."
    )

    @api.model
    def _document_fields(self):
        return [*super()._document_fields(), "lead_id"]
