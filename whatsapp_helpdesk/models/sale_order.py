from odoo import fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "wa.linked.mixin"]

    wa_link_ids = fields.One2many(
        "wa.conversation.link", "sale_order_id", "WhatsApp Links", groups="base.group_user"
    )
