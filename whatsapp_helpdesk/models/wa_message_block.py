from odoo import models

_BLOCKED = 130403


class WaMessage(models.Model):
    _inherit = "wa.message"

    def _fail(self, code, reason):
        """Extended: Meta's refusal may be how we learn that a customer is blocked."""
        result = super()._fail(code, reason)
        if code == _BLOCKED:
            for message in self:
                message.conversation_id.contact_id._set_blocked(message.wa_channel_id, True)
        return result
