from odoo import api, fields, models


class WaTemplateComposeLine(models.TransientModel):
    """A text that the sender writes into the template."""

    _name = "wa.template.compose.line"
    _description = "Text of a WhatsApp Template to Send"

    wizard_id = fields.Many2one(
        "wa.template.compose", required=True, ondelete="cascade", index=True
    )
    variable_id = fields.Many2one("wa.template.variable", ondelete="cascade")
    key = fields.Char()
    label = fields.Char(compute="_compute_label")
    sample = fields.Char(related="variable_id.sample", related_sudo=False)
    text = fields.Char()

    @api.depends("variable_id")
    def _compute_label(self):
        for line in self:
            line.label = line.variable_id._describe() if line.variable_id else False
