from odoo import models

from ..const import UNASSIGNED


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Override of `bus`: agents hear of what happens in their teams.

        The server decides which teams those are; clients cannot ask for one. Who sees only own and
        unassigned conversations hears only of the unassigned ones, on a channel apart.
        """
        channels = list(channels)
        user = self.env.user
        if user.has_group("whatsapp_helpdesk.group_agent"):
            teams = self.env["wa.team"]
            for role in user._wa_team_roles():
                team = teams.browse(role.team_id)
                channels.append((team, UNASSIGNED) if role.scope == "own" else team)
        return super()._build_bus_channel_list(channels)
