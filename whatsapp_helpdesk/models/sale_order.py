from odoo import fields, models
from odoo.exceptions import UserError

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

    def _wa_confirm(self):
        """Confirm these quotations, because their customers tapped a button that says so.

        :raise UserError: if that is not possible any more
        """
        for order in self.filtered(lambda order: order.state not in ("sale", "done")):
            if order.state == "cancel":
                raise UserError(
                    self.env._("%(order)s was cancelled meanwhile.", order=order.display_name)
                )
            if order.is_expired:
                raise UserError(
                    self.env._(
                        "The offer of %(order)s has expired: renew it, or tell the customer.",
                        order=order.display_name,
                    )
                )
            order.action_confirm()
