from odoo import fields, models


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "wa.linked.mixin"]

    wa_link_ids = fields.One2many(
        "wa.conversation.link", "ticket_id", "WhatsApp Links", groups="base.group_user"
    )
