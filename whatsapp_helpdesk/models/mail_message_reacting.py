from odoo import models

from ..const import MESSAGE_TYPE


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _message_reaction(self, content, action, partner, guest, store=None):
        """Override of `mail`: a reaction in a WhatsApp chat goes to the customer.

        :raise AccessError: if the user may not answer
        :raise UserError: if WhatsApp would not take it
        """
        # sudo: wa.message - `_react` checks what the user may
        target = self.sudo().wa_message_ids._first_sent()
        if self.message_type != MESSAGE_TYPE or not target:
            return super()._message_reaction(content, action, partner, guest, store)
        conversation = target.conversation_id.sudo(False)
        is_ours = self.reaction_ids.filtered(
            lambda reaction: reaction.content == content and reaction.partner_id.user_ids
        )
        if action == "add":
            conversation._react(target, content)
        elif is_ours:
            conversation._react(target, "")
        if store:
            self._reaction_group_to_store(store, content)
        return None
