from odoo import api, fields, models


class WaTemplateCompare(models.TransientModel):
    """A template as it is here beside what Meta has, to choose one of the two."""

    _name = "wa.template.compare"
    _description = "Compare Versions of a WhatsApp Template"

    template_id = fields.Many2one("wa.template", required=True, readonly=True)
    has_conflict = fields.Boolean(related="template_id.has_conflict", related_sudo=False)
    differences_html = fields.Html(
        "Differences", compute="_compute_differences_html", sanitize=False
    )

    @api.depends("template_id")
    def _compute_differences_html(self):
        for dialog in self:
            # sudo: wa.template - taken away: whoever made the dialog sees what the user may
            template = dialog.template_id.sudo(False)
            dialog.differences_html = self.env["ir.qweb"]._render(
                "whatsapp_helpdesk.wa_template_differences", {"rows": template._differences()}
            )

    def action_take_meta(self):
        """Give up what was edited here."""
        self.template_id.action_take_meta()
        return self._close()

    def action_keep_ours(self):
        """Keep what was edited here, to submit it."""
        self.template_id.action_keep_ours()
        return self._close()

    @api.model
    def _close(self):
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _open(self, template):
        """Return the action that shows both versions of a template."""
        template.ensure_one().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_template_compare_action"
        )
        dialog = self.create({"template_id": template.id})
        return action | {"res_id": dialog.id}
