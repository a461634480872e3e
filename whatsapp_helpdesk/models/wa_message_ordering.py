from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..access import NOTE


class WaMessageOrdering(models.AbstractModel):
    """The customer's cart from the catalogue becomes a quotation."""

    _name = "wa.message.ordering"
    _description = "WhatsApp Message, Ordering"

    sale_order_id = fields.Many2one(
        "sale.order",
        "Quotation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="What was made of the customer's cart.",
    )

    # === ACTION METHODS === #

    def action_make_quotation(self):
        """Make a quotation of a cart, with the customer's prices; a second time: open it.

        :return: the action that opens the quotation, after a warning if something is missing
        :rtype: dict
        :raise AccessError: if the user may not write notes here, or not create quotations
        :raise UserError: if the message is no cart
        """
        self.ensure_one()
        self.conversation_id._check_can(NOTE)
        if self.message_type != "order" or not (self.content or {}).get("items"):
            raise UserError(self.env._("The customer ordered nothing with this message."))
        # sudo: wa.message - whether there is one; it is opened with the user's rights
        if made := self.sudo().sale_order_id.sudo(False):
            return self._open_made_quotation(made)
        self.conversation_id._check_may_create("sale.order")
        if not self.conversation_id.partner_id:
            return self.conversation_id.action_choose_partner()
        return self._make_quotation()

    # === BUSINESS METHODS === #

    def _open_made_quotation(self, order):
        if not order.has_access("read"):
            raise AccessError(
                self.env._(
                    "A colleague made %(order)s of this already, which is not open to you.",
                    order=order.sudo().display_name,
                )
            )
        return order.get_formview_action()

    def _make_quotation(self):
        conversation = self.conversation_id
        order = conversation._create_quotation(conversation.partner_id, [])
        problems = self._add_cart_lines(order)
        # sudo: wa.message - checked by the action. Two who click at once meet here, and the
        # later one is tried again and finds what the first one made.
        self.sudo().sale_order_id = order
        self.flush_recordset(["sale_order_id"])
        conversation._link(order, first=self)
        if note := self.content.get("note"):
            order._message_log(
                body=self.env._("The customer wrote with the order: %(note)s", note=note)
            )
        opened = order.get_formview_action()
        if not problems:
            return opened
        warning = "\n".join(problems)
        order._message_log(body=warning)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("Please check the quotation"),
                "message": warning,
                "sticky": True,
                "next": opened,
            },
        }

    def _add_cart_lines(self, order):
        """Add what the customer ordered to a quotation.

        :param order: new `sale.order`
        :return: what somebody has to look at, a sentence each
        :rtype: list[str]
        """
        problems, vals_list = [], []
        for item in self.content["items"]:
            product = self._ordered_product(item, order.company_id)
            if not product:
                problems.append(
                    self.env._(
                        "Not in the quotation, because no product with this internal reference "
                        "is sold here: %(quantity)s × %(reference)s, at %(price)s %(currency)s.",
                        quantity=f"{item['quantity']:g}",
                        reference=item["retailer_uid"] or "?",
                        price=f"{item['price']:g}",
                        currency=item["currency"],
                    )
                )
                continue
            values = {
                "order_id": order.id,
                "product_id": product.id,
                "product_uom_qty": item["quantity"],
            }
            if item["price"] and item["currency"] in ("", order.currency_id.name):
                values["price_unit"] = item["price"]
            else:
                problems.append(
                    self.env._(
                        "%(product)s has the price of your price list: the customer saw "
                        "%(price)s %(currency)s.",
                        product=product.display_name,
                        price=f"{item['price']:g}",
                        currency=item["currency"],
                    )
                )
            vals_list.append(values)
        self.env["sale.order.line"].create(vals_list)
        return problems

    def _ordered_product(self, item, company):
        """Return the product of a line of a cart, empty if it is not one that is sold.

        :param dict item: see `cloud_api.content_json`
        :param company: `res.company` that sells
        """
        products = self.env["product.product"]
        sold = [("sale_ok", "=", True), ("company_id", "in", [False, company.id])]
        if known := products.search([("id", "=", item.get("product_id") or 0), *sold]):
            return known
        # It may have got its reference after the customer ordered.
        reference = item["retailer_uid"]
        found = products.search([("default_code", "=", reference), *sold]) if reference else known
        return found if len(found) == 1 else known
