from odoo import api, models


class WaTemplateComposing(models.AbstractModel):
    """The dialog that sends templates to the customers of records."""

    _name = "wa.template.composing"
    _description = "WhatsApp Templates, Composing"

    @api.model
    def _compose_action(self, records):
        """Return the action that opens the dialog for records.

        :param records: of a model whose records have a customer; each of them gets its own text
        :rtype: dict
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send WhatsApp Template"),
            "res_model": "wa.template.compose",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_res_model": records._name, "default_res_ids": records.ids},
        }
