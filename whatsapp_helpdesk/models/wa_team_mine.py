from odoo import api, fields, models
from odoo.fields import Domain


class WaTeamMine(models.AbstractModel):
    """What the current user is in a team: what rules and views of tags and canned replies ask."""

    _name = "wa.team.mine"
    _description = "WhatsApp Teams of the Current User"

    is_mine = fields.Boolean(
        compute="_compute_mine",
        search="_search_is_mine",
        export_string_translation=False,
        help="Whether the current user has a role in the team, or manages all of them.",
    )
    is_supervised = fields.Boolean(
        compute="_compute_mine",
        search="_search_is_supervised",
        export_string_translation=False,
        help="Whether the current user supervises the team, or manages all of them.",
    )

    @api.depends("company_id", "member_ids.role", "member_ids.user_id")
    @api.depends_context("uid")
    def _compute_mine(self):
        mine = self.filtered_domain(self._mine_domain())
        supervised = self.filtered_domain(self._mine_domain("supervisor"))
        for team in self:
            team.is_mine = team in mine
            team.is_supervised = team in supervised

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain()

    def _search_is_supervised(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain("supervisor")

    @api.model
    def _mine_domain(self, role=None):
        """Return the domain of the teams in which the current user has a role.

        :param str role: only this one
        """
        user = self.env.user
        if user.has_group("whatsapp_helpdesk.group_manager"):
            return Domain("company_id", "in", user._wa_companies().ids)
        if not user.has_group("whatsapp_helpdesk.group_agent"):
            return Domain.FALSE
        roles = [r for r in user._wa_team_roles() if role in (None, r.role)]
        return Domain("id", "in", [r.team_id for r in roles])
