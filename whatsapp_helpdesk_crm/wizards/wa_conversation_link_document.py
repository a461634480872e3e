from odoo import fields, models


class WaConversationLinkDocument(models.TransientModel):
    _inherit = "wa.conversation.link.document"

    lead_id = fields.Many2one(
        "crm.lead",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
    )
