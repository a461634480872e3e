from odoo import fields, models
from odoo.exceptions import UserError


class WaTemplateStart(models.TransientModel):
    """Add the starter templates to an account."""

    _name = "wa.template.start"
    _description = "Add Starter Templates"

    account_id = fields.Many2one(
        "wa.account", required=True, default=lambda self: self.env["wa.template"]._only_account()
    )

    def action_add(self):
        """Make the drafts, and show them.

        :raise UserError: if there is nothing to add
        """
        self.ensure_one()
        templates = self.env["wa.template"]._add_starters(self.account_id)
        if not templates:
            raise UserError(self.env._("This account has all of the starter templates already."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_template_action"
        )
        return action | {
            "domain": [("id", "in", templates.ids)],
            "name": self.env._("Starter Templates"),
            "path": False,
            "target": "main",
        }
