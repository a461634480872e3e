from odoo import api, fields, models
from odoo.fields import Domain


class WaTemplateAccess(models.AbstractModel):
    """Who sees which templates, and so may send them. The rules of the model ask here."""

    _name = "wa.template.access"
    _description = "WhatsApp Template Access"

    is_visible = fields.Boolean(
        compute="_compute_visible",
        search="_search_visible",
        export_string_translation=False,
        help="Whether the current user sees the template.",
    )

    @api.depends("account_id.wa_channel_ids.team_id", "status", "team_ids", "user_ids")
    @api.depends_context("uid")
    def _compute_visible(self):
        # sudo: wa.template - the facts that the rule is about, not shown to anybody
        visible = self.sudo().filtered_domain(self._visible_domain())
        for template in self:
            template.is_visible = template in visible

    def _search_visible(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._visible_domain()

    @api.model
    def _visible_domain(self):
        """Return the domain of the templates that the current user sees.

        Agents see what they can send. Supervisors see whatever the accounts of their teams have.
        """
        user = self.env.user
        if user.has_group("whatsapp_helpdesk.group_manager"):
            return Domain.TRUE
        if not user.has_group("whatsapp_helpdesk.group_agent"):
            return Domain.FALSE
        roles = user._wa_team_roles()
        answering = [role.team_id for role in roles if role.role != "viewer"]
        supervised = [role.team_id for role in roles if role.role == "supervisor"]
        for_all = Domain("team_ids", "=", False) & Domain("user_ids", "=", False)
        for_me = Domain("team_ids", "in", answering) | Domain("user_ids", "in", user.ids)
        sendable = Domain("status", "=", "approved") & (for_all | for_me)
        return sendable | Domain("account_id.wa_channel_ids.team_id", "in", supervised)
