from odoo import api, fields, models
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import AccessError

from ..const import UNASSIGNED


class MailCannedResponse(models.Model):
    """Canned replies of WhatsApp teams: their people find them, their supervisors keep them."""

    _inherit = "mail.canned.response"

    wa_team_ids = fields.Many2many(
        "wa.team",
        string="WhatsApp Teams",
        help="The people of these teams find it, and their supervisors keep it. Nobody else sees "
        "it, except managers.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        replies = super().create(vals_list)
        replies._check_wa_teams()
        return replies

    def write(self, vals):
        """Override: teams that do not have it any more forget it."""
        before = {reply: reply.wa_team_ids for reply in self} if "wa_team_ids" in vals else {}
        result = super().write(vals)
        if "wa_team_ids" in vals:
            self._check_wa_teams()
        for reply, teams in before.items():
            if left := teams - reply.wa_team_ids:
                for store in reply._wa_stores(left):
                    store.delete(reply).bus_send()
                # Who has it for another reason keeps it.
                reply._broadcast()
        return result

    # === BUSINESS METHODS === #

    def _check_wa_teams(self):
        """Refuse to hand a reply to a team that somebody else supervises.

        :raise AccessError: says whose team it is
        """
        if self.env.su:
            return
        # sudo: wa.team - names, for who may not give them anything
        if foreign := self.sudo().wa_team_ids.filtered(lambda team: not team.is_supervised):
            raise AccessError(
                self.env._(
                    "Only supervisors of %(team)s and managers keep the canned replies of that "
                    "team.",
                    team=foreign[0].name,
                )
            )

    def _broadcast(self, /, *, delete=False):
        """Override of `mail`: the people of the teams hear of it too."""
        result = super()._broadcast(delete=delete)
        self._wa_broadcast(delete=delete)
        return result

    def _wa_broadcast(self, *, delete=False):
        for reply in self:
            for store in reply._wa_stores(reply.wa_team_ids):
                (store.delete(reply) if delete else store.add(reply)).bus_send()

    @api.model
    def _wa_stores(self, teams):
        """Return messages to the people of teams, of whatever scope."""
        return [
            Store(bus_channel=team, bus_subchannel=subchannel)
            for team in teams
            for subchannel in (None, UNASSIGNED)
        ]

    @api.model
    def _wa_my_teams_domain(self):
        """Return the domain of the canned replies of the current user's teams."""
        return [("wa_team_ids.is_mine", "=", True)]
