from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Override of `web`: browsers know from the start whether to offer WhatsApp."""
        info = super().session_info()
        agent = "whatsapp_helpdesk.group_agent"
        info["groups"][agent] = bool(self.env.uid and self.env.user.has_group(agent))
        return info
