from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..cloud_api.templates import editing


class WaTemplateDelete(models.TransientModel):
    """Deletes templates at Meta, after saying what that means."""

    _name = "wa.template.delete"
    _description = "Delete WhatsApp Templates"

    template_ids = fields.Many2many("wa.template", string="Templates", readonly=True)
    all_languages = fields.Selection(
        [("no", "Only in this language"), ("yes", "In all languages")],
        "Delete",
        required=True,
        default="no",
    )
    variant_ids = fields.Many2many(
        "wa.template", string="Will Be Deleted", compute="_compute_variant_ids"
    )
    free_on = fields.Char(
        "Name Free Again On", compute="_compute_variant_ids", help="Empty: at once."
    )
    used_by = fields.Text(compute="_compute_variant_ids", help="What sends them by itself.")

    # === COMPUTE METHODS === #

    @api.depends("template_ids", "all_languages")
    def _compute_variant_ids(self):
        for dialog in self:
            variants = dialog.template_ids
            if dialog.all_languages == "yes":
                for template in dialog.template_ids:
                    variants |= template._variants().filtered("uid")
            dialog.variant_ids = variants
            now = fields.Datetime.now()
            free_at = max(
                (editing.name_free_at(now, t.was_approved) for t in variants), default=now
            )
            dialog.free_on = format_date(self.env, free_at) if free_at > now else False
            dialog.used_by = "\n".join(dialog._users_of(variants)) or False

    # === ACTION METHODS === #

    def action_delete(self):
        """Delete them at Meta."""
        self.ensure_one()
        self.template_ids.check_access("unlink")
        all_languages = self.all_languages == "yes"
        for template in self.template_ids:
            if template.status not in ("deleted", "pending_deletion"):
                template._delete_at_meta(all_languages)
        return {
            "type": "ir.actions.client",
            "tag": "soft_reload",
        }

    # === BUSINESS METHODS === #

    @api.model
    def _open(self, templates):
        """Return the action that asks whether to delete.

        :raise UserError: if Meta has one of them not, or does not delete it
        """
        for template in templates:
            if not template.uid:
                raise UserError(
                    self.env._(
                        "“%s” was never submitted: delete it here, Meta does not have it.",
                        template.display_name,
                    )
                )
            if not editing.can_delete(template.status):
                raise UserError(self.env._("Meta does not delete “%s” now.", template.display_name))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_template_delete_action"
        )
        dialog = self.create({"template_ids": templates.ids})
        return action | {"res_id": dialog.id}

    @api.model
    def _users_of(self, templates):
        """Return lines with what sends these templates by itself."""
        # sudo: wa.document.notice - whoever may delete templates shall know what stops
        notices = (
            self.env["wa.document.notice"].sudo().search([("template_id", "in", templates.ids)])
        )
        return [
            self.env._("Notification of documents: %s", notice.display_name) for notice in notices
        ]
