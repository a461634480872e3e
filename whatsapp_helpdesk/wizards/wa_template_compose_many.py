from odoo import api, fields, models
from odoo.exceptions import UserError


class WaTemplateComposeMany(models.AbstractModel):
    """The dialog for several records: one text, filled in for each of them."""

    _name = "wa.template.compose.many"
    _description = "WhatsApp Template to Many, Dialog"

    record_count = fields.Integer(compute="_compute_record_count")
    audience = fields.Char("Customers", compute="_compute_record_count")
    batch_id = fields.Many2one("wa.template.batch", readonly=True, ondelete="set null")

    # === COMPUTE METHODS === #

    @api.depends("res_ids")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = len(wizard.res_ids or [])
            wizard.audience = self.env._(
                "%(count)s records: each customer gets their text in their language",
                count=wizard.record_count,
            )

    # === ACTION METHODS === #

    def action_check(self):
        """Make the list of what each record will get, and open it; again: the same list.

        :raise UserError: says what is missing
        """
        self.ensure_one()
        # Of two presses at once, the second finds it locked, or made.
        if not self.try_lock_for_update():
            return False
        if not self.batch_id:
            if problems := self._find_problems():
                raise UserError("\n".join(problems))
            self.batch_id = self.env["wa.template.batch"]._make(
                self.template_id,
                self.wa_channel_id,
                self._records(),
                self._texts(),
                self._upload(),
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.template_id.name,
            "res_model": "wa.template.batch",
            "res_id": self.batch_id.id,
            "views": [(False, "form")],
            "target": "current",
        }

    # === BUSINESS METHODS === #

    def _is_many(self):
        return not self.conversation_id and len(self.res_ids or []) > 1

    def _problems_of_list(self):
        """Return what is missing for all records; each of them is looked at by `action_check`."""
        if not self.wa_channel_id:
            return [
                self.env._(
                    "You may not write to customers from any number: ask for a role in a WhatsApp "
                    "team, or let a colleague send it."
                )
            ]
        if not self.template_id:
            return [self.env._("Choose a template.")]
        given = {key for key, value in self._texts().items() if value}
        asked = self.variant_id._asked_variables() | self.variant_id._typed_variables()
        problems = [
            self.env._("“%(variable)s” is empty: fill it in.", variable=variable._describe())
            for variable in asked
            if variable.key not in given
        ]
        return problems + self.variant_id._problems_of_file(self._record(), self._upload())
