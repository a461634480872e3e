from odoo import fields, models
from odoo.addons.mail.tools.discuss import Store

from ..const import MESSAGE_TYPE


class MailMessage(models.Model):
    _inherit = "mail.message"

    message_type = fields.Selection(
        selection_add=[(MESSAGE_TYPE, "WhatsApp")],
        ondelete={MESSAGE_TYPE: lambda messages: messages.write({"message_type": "comment"})},
    )

    def _to_store_defaults(self, target):
        """Override of `mail`: what went over WhatsApp shows its kind and its fate."""
        return [*super()._to_store_defaults(target), *self._wa_store_fields()]

    def _wa_store_fields(self):
        """Return the field specifications of these messages' WhatsApp side.

        One look-up serves all of them; messages of other kinds cost nothing.
        """
        over_whatsapp = self.filtered(lambda message: message.message_type == MESSAGE_TYPE)
        if not over_whatsapp:
            return []
        # sudo: wa.message - who may read the chat message may know what became of it
        current = self.env["wa.message"].sudo()._current_states(over_whatsapp)

        def attr(name, value, default=False):
            return Store.Attr(
                name,
                lambda message: value(current[message]) if message in current else default,
                predicate=lambda message: message.message_type == MESSAGE_TYPE,
            )

        return [
            attr("wa_direction", lambda m: m.direction),
            attr("wa_error", lambda m: m._error_data()),
            attr("wa_media_state", lambda m: m.media_ids[:1].state),
            attr("wa_message_id", lambda m: m.id),
            attr("wa_state", lambda m: m.state),
            attr("wa_type", lambda m: m.message_type),
            Store.Many("attachment_ids", sort="id", sudo=True),  # sudo: files of a readable message
        ]
