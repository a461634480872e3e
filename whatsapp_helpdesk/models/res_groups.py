from odoo import api, models

_MEMBERSHIP = {"implied_by_ids", "implied_ids", "user_ids"}


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        """Override to record who becomes a WhatsApp manager."""
        if not any(vals.keys() & _MEMBERSHIP for vals in vals_list):
            return super().create(vals_list)
        with self.env["wa.access.log"]._recording_managers():
            return super().create(vals_list)

    def write(self, vals):
        """Override to record who becomes a WhatsApp manager or is none any more."""
        if not vals.keys() & _MEMBERSHIP:
            return super().write(vals)
        with self.env["wa.access.log"]._recording_managers():
            return super().write(vals)
