from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..access import NOTE


class WaNewQuotation(models.TransientModel):
    """Make a quotation for the customer of a chat, without leaving it."""

    _name = "wa.new.quotation"
    _inherit = ["wa.new.document"]
    _description = "New Quotation from a Conversation"

    line_ids = fields.One2many("wa.new.quotation.line", "wizard_id", "Products")
    currency_id = fields.Many2one("res.currency", compute="_compute_amount_total")
    amount_total = fields.Monetary("Total", compute="_compute_amount_total")

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "line_ids.product_id", "line_ids.quantity")
    def _compute_amount_total(self):
        for wizard in self:
            draft = wizard._draft_order(wizard.line_ids.filtered("product_id"))
            wizard.currency_id = draft.currency_id
            wizard.amount_total = draft.amount_total

    # === ACTION METHODS === #

    def action_create(self):
        """Make the quotation, link it to the chat and open it."""
        self.ensure_one()
        self.conversation_id._check_can(NOTE)
        self.conversation_id._check_may_create("sale.order")
        lines = self.line_ids.filtered("product_id")
        if lines.filtered(lambda line: line.quantity <= 0):
            raise UserError(self.env._("How many? Quantities are more than zero."))
        order = self.conversation_id._create_quotation(
            self.partner_id, [line._prepare_order_line_values() for line in lines]
        )
        return self._link_and_open(order)

    # === BUSINESS METHODS === #

    def _draft_order(self, lines):
        """Return an order that is not stored, for what Odoo says it costs.

        :param lines: `wa.new.quotation.line` with products
        """
        self.ensure_one()
        return (
            self.env["sale.order"]
            .with_company(self.company_id)
            .new(
                {
                    "company_id": self.company_id.id,
                    "partner_id": self.partner_id.id,
                    "order_line": [
                        Command.create(line._prepare_order_line_values()) for line in lines
                    ],
                }
            )
        )


class WaNewQuotationLine(models.TransientModel):
    """A product and how many of it."""

    _name = "wa.new.quotation.line"
    _description = "Product of a New Quotation"

    wizard_id = fields.Many2one("wa.new.quotation", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    product_id = fields.Many2one(
        "product.product",
        required=True,
        domain="[('sale_ok', '=', True), ('company_id', 'in', [False, company_id])]",
    )
    quantity = fields.Float(default=1.0, required=True, digits="Product Unit")
    currency_id = fields.Many2one(related="wizard_id.currency_id", related_sudo=False)
    price_unit = fields.Monetary("Price", compute="_compute_price")
    price_subtotal = fields.Monetary("Amount", compute="_compute_price")

    @api.depends("product_id", "quantity", "wizard_id.partner_id")
    def _compute_price(self):
        for line in self:
            drafted = self.env["sale.order.line"]
            if line.product_id:
                drafted = line.wizard_id._draft_order(line).order_line
            line.price_unit = drafted.price_unit
            line.price_subtotal = drafted.price_subtotal

    def _prepare_order_line_values(self):
        self.ensure_one()
        return {"product_id": self.product_id.id, "product_uom_qty": self.quantity}
