from odoo import Command, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    wa_team_member_ids = fields.One2many("wa.team.member", "user_id", string="WhatsApp Teams")

    def _wa_get_teams(self):
        """Return the WhatsApp teams of this user, in all companies that are open to the user."""
        self.ensure_one()
        # sudo: wa.team.member - everybody may know the own teams
        return self.sudo().wa_team_member_ids.team_id.filtered(
            lambda team: team.active and team.company_id.id in self._get_company_ids()
        )

    def _wa_become_agents(self):
        """Give these users the agent group, without which a team membership has no effect."""
        outsiders = self.filtered(lambda user: not user.has_group("whatsapp_helpdesk.group_agent"))
        if outsiders:
            # sudo: res.groups - who may edit a team decides who its agents are
            self.env.ref("whatsapp_helpdesk.group_agent").sudo().write(
                {"user_ids": [Command.link(user.id) for user in outsiders]}
            )
