from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang


class WaConversationCustomerFigures(models.AbstractModel):
    """What a customer is worth and what is open, each figure counted in the user's own rights."""

    _name = "wa.conversation.customer.figures"
    _description = "Figures of a Customer in WhatsApp"

    @api.model
    def _panel_figures(self, partner):
        """Return the figures of a customer's company that the current user may read.

        :param partner: `res.partner`
        :return: ``key``, ``label``, ``count``, ``amount`` (text, "" if it has none), ``is_warning``
            and ``action``, which lists what was counted
        :rtype: list[dict]
        """
        figures = []
        for key, label, model, domain, amount, is_warning in self._panel_figure_sources():
            records = self.env.get(model)
            if records is None or not records.has_access("read"):
                continue
            # One query, where child_of asks once per level of contacts.
            domain &= Domain(
                "partner_id.commercial_partner_id", "=", partner.commercial_partner_id.id
            )
            count, text = self._count_figure(records, domain, amount)
            figures.append(
                {
                    "key": key,
                    "label": label,
                    "count": count,
                    "amount": text,
                    "is_warning": is_warning and count > 0,
                    "action": {
                        "type": "ir.actions.act_window",
                        "name": label,
                        "res_model": model,
                        "domain": list(domain),
                        "views": [[False, "list"], [False, "form"]],
                    },
                }
            )
        return figures

    @api.model
    def _panel_figure_sources(self):
        """Return the figures: key, label, model, domain, field to add up or None, is_warning."""
        today = fields.Date.context_today(self)
        overdue = (
            Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", ("not_paid", "partial"))
            & Domain("invoice_date_due", "<", today)
        )
        this_year = Domain("date_order", ">=", today.replace(month=1, day=1))
        return [
            (
                "orders",
                self.env._("Orders this year"),
                "sale.order",
                Domain("state", "=", "sale") & this_year,
                "amount_total",
                False,
            ),
            (
                "quotations",
                self.env._("Open quotations"),
                "sale.order",
                Domain("state", "in", ("draft", "sent")),
                "amount_total",
                False,
            ),
            (
                "overdue",
                self.env._("Overdue invoices"),
                "account.move",
                overdue,
                "amount_residual",
                True,
            ),
            (
                "tickets",
                self.env._("Open tickets"),
                "helpdesk.ticket",
                Domain("stage_id.closed", "=", False),
                None,
                False,
            ),
        ]

    @api.model
    def _count_figure(self, records, domain, amount):
        """Return how many records there are, and their sum per currency as text."""
        if not amount:
            return records.search_count(domain), ""
        groups = records._read_group(domain, ["currency_id"], ["__count", f"{amount}:sum"])
        sums = [
            formatLang(self.env, total, currency_obj=currency) for currency, _count, total in groups
        ]
        return sum(count for _currency, count, _total in groups), ", ".join(sums)
