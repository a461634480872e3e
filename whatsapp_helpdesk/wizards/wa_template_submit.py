from markupsafe import Markup

from odoo import api, fields, models

from ..models.wa_checks import Check, render


class WaTemplateSubmit(models.TransientModel):
    """What became of templates that were submitted, and those that Meta may object to."""

    _name = "wa.template.submit"
    _description = "Submit WhatsApp Templates"

    # Level, title and lines of each; the HTML is made of them, so nobody can put any into it.
    results = fields.Json(readonly=True, export_string_translation=False)
    result_html = fields.Html("Result", compute="_compute_result_html", sanitize=False)
    doubtful_ids = fields.Many2many(
        "wa.template", readonly=True, help="Not submitted yet, because Meta may object to them."
    )

    @api.depends("results")
    def _compute_result_html(self):
        for dialog in self:
            checks = [
                Check(level, title, Markup("<br/>").join(lines))
                for level, title, lines in dialog.results or []
            ]
            dialog.result_html = render(self.env, checks)

    def action_submit_anyway(self):
        """Submit the doubtful ones too."""
        self.ensure_one()
        return self.doubtful_ids.action_submit(submit_anyway=True)

    @api.model
    def _show(self, results):
        """Return the action that shows results.

        :param list results: templates with their `Check`
        """
        doubtful = [
            template.id
            for template, check in results
            if check.level == "warning" and not template.has_conflict
        ]
        dialog = self.create(
            {
                "results": [
                    (check.level, check.title, check.text.split("\n"))
                    for _template, check in results
                ],
                "doubtful_ids": doubtful,
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_template_submit_action"
        )
        return action | {"res_id": dialog.id}
