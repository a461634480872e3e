from odoo import api, models

from ..access import NOTE
from ..const import CHANNEL_TYPE


class DiscussChannelAccess(models.AbstractModel):
    """What core asks a chat about its messages: whoever reads a chat may post there, and pin.

    In WhatsApp chats there are people who read and do nothing else, and nobody changes what others
    wrote.
    """

    _name = "discuss.channel.access"
    _description = "Access to What is Posted in WhatsApp Chats"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """Override of `mail`: a chat, called as its customer, is named to who may read it.

        Odoo names what a record points to without asking, and anybody can point to a chat.
        """
        result = super()._compute_display_name()
        closed = self._origin._wa_closed_to_user()
        for channel in self:
            if channel._origin.id in closed:
                channel.display_name = False
        return result

    def _wa_closed_to_user(self):
        """Return the ids of the WhatsApp chats among these channels that the user may not read.

        :rtype: set[int]
        """
        if self.env.user._is_superuser():
            return set()
        # sudo: discuss.channel - only which of them are WhatsApp chats
        chats = self.sudo().filtered(lambda channel: channel.channel_type == CHANNEL_TYPE)
        # sudo: discuss.channel - taken away: the question is what the user may
        asked = chats.sudo(False)
        if len(asked) == 1:
            # What decides about a chat in which somebody writes was read just before.
            readable = asked.filtered("wa_is_readable")
        else:
            readable = asked.search([("id", "in", asked.ids)])
        return set(asked.ids) - set(readable.ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Override of `mail`: posting, uploading and reacting need the right to write notes.

        :return: as core, but False for chats where it is refused
        """
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        chats = self.filtered(lambda channel: channel._is_wa())
        if message_operation == "create" and chats:
            open_to = chats._wa_notable()
            operations |= {chat: False for chat in chats if chat not in open_to}
        return operations

    def _mail_group_by_operation_for_mail_message_operation(self, message_operation):
        """Override of `mail`, which takes every answer for an operation that it can check."""
        documents = super()._mail_group_by_operation_for_mail_message_operation(message_operation)
        documents.pop(False, None)
        return documents

    def set_message_pin(self, message_id, pinned):
        """Override of `mail`, where every reader pins for all.

        :raise AccessError: if the user only reads here
        """
        if self._is_wa():
            # sudo: wa.conversation - taken away: the question is what the user may
            self.wa_conversation_id.sudo(False)._check_can(NOTE)
        return super().set_message_pin(message_id, pinned)

    def _wa_notable(self):
        """Return those of these chats where the current user writes notes at least."""
        # sudo: wa.conversation - taken away: the question is what the user may
        conversations = self.wa_conversation_id.sudo(False)
        # sudo: discuss.channel - only tells which of these chats they are
        return conversations._filter_access(NOTE).sudo().discuss_channel_id.sudo(False)
