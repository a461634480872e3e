from odoo import fields, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "wa.linked.mixin"]

    wa_link_ids = fields.One2many(
        "wa.conversation.link", "lead_id", "WhatsApp Links", groups="base.group_user"
    )
