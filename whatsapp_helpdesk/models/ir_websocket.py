from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Override of `bus`: agents hear of what happens in their teams.

        The server decides which teams those are; clients cannot ask for one.
        """
        channels = list(channels)
        if self.env.user.has_group("whatsapp_helpdesk.group_agent"):
            channels.extend(self.env.user._wa_get_teams())
        return super()._build_bus_channel_list(channels)
