import re

from odoo import models

from ..const import UNASSIGNED

_LINK = re.compile(r"wa\.conversation\.link_(\d+)")
_TEMPLATE = re.compile(r"wa\.template_(\d+)")


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Override of `bus`: agents hear of what happens in their teams.

        The server decides which teams those are; clients cannot ask for one. Who sees only own and
        unassigned conversations hears only of the unassigned ones, on a channel apart.
        """
        user = self.env.user
        asked = [name for name in channels if isinstance(name, str)]
        ours = {name for name in asked if _LINK.fullmatch(name) or _TEMPLATE.fullmatch(name)}
        channels = [c for c in channels if not (isinstance(c, str) and c in ours)]
        channels.extend(self._wa_asked_links(asked))
        channels.extend(self._wa_asked_templates(asked))
        if user.has_group("whatsapp_helpdesk.group_agent"):
            teams = self.env["wa.team"]
            for role in user._wa_team_roles():
                team = teams.browse(role.team_id)
                channels.append((team, UNASSIGNED) if role.scope == "own" else team)
        return super()._build_bus_channel_list(channels)

    def _wa_asked_links(self, names):
        """Return the linked stretches among what a browser asked for that it may hear of.

        What is said there names no message: whoever hears it asks for the stretch and is checked.

        :param list[str] names: names of bus channels
        """
        ids = [int(match[1]) for name in names if (match := _LINK.fullmatch(name))]
        links = self.env["wa.conversation.link"].browse(ids).exists()
        return [link for link in links if link._may_see_stretch()]

    def _wa_asked_templates(self, names):
        """Return the templates among what a browser asked for that the user may read.

        :param list[str] names: names of bus channels
        """
        ids = [int(match[1]) for name in names if (match := _TEMPLATE.fullmatch(name))]
        return list(self.env["wa.template"].browse(ids).exists()._filtered_access("read"))
