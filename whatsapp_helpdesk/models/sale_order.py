from odoo import fields, models

_EVENTS = {"sent": "quotation_sent", "sale": "order_confirmed"}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "wa.linked.mixin"]

    wa_link_ids = fields.One2many(
        "wa.conversation.link", "sale_order_id", "WhatsApp Links", groups="base.group_user"
    )

    def write(self, vals):
        """Override: customers hear of quotations that were sent and orders that were confirmed."""
        event = _EVENTS.get(vals.get("state"))
        changing = self.filtered(lambda order: order.state != vals["state"]) if event else None
        result = super().write(vals)
        if changing:
            self.env["wa.document.notice"]._tell_customers(event, changing)
        return result
