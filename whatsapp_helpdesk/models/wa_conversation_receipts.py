from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..access import REPLY

_NOT_READ = ("call", "reaction", "system")
_MAX_AGE = timedelta(days=29)
"""Meta takes receipts of messages up to 30 days old."""


class WaConversationReceipts(models.AbstractModel):
    """Telling the customer that somebody reads and answers. Sent in the background, at most once.

    Source: Meta Cloud API: mark messages as read, typing indicators.
    """

    _name = "wa.conversation.receipts"
    _description = "WhatsApp Conversation, Read Receipts"

    def action_mark_read(self):
        """Let the customer know that the messages so far were read, if the number does that.

        Nothing happens where the user may not answer: looking on is not the customer's business.
        """
        for conversation, wamid in self._get_unseen():
            self.env["wa.receipt"]._note_read(conversation, wamid)

    def action_typing(self):
        """Show the customer for 25 seconds that an answer is being written, if the number does."""
        for conversation, wamid in self._get_unseen():
            if conversation.window_state == "closed":
                continue
            self.env["wa.receipt"]._note_typing(conversation, wamid)

    def _get_unseen(self):
        """Return those that the user answers, each with the id of the customer's newest message."""
        answered = self._filter_access(REPLY)
        # sudo: wa.message - only the id of the newest message, which the user may read
        messages = self.env["wa.message"].sudo()
        found = []
        # sudo: wa.channel - the switch of the number, in every team
        for conversation in answered.filtered(lambda c: c.sudo().wa_channel_id.send_read_receipts):
            newest = messages.search(
                Domain("conversation_id", "=", conversation.id)
                & Domain("direction", "=", "inbound")
                & Domain("wamid", "!=", False)
                & Domain("origin", "=", False)
                & Domain("message_type", "not in", _NOT_READ)
                & Domain("sent_at", ">", fields.Datetime.now() - _MAX_AGE),
                order="id desc",
                limit=1,
            )
            if newest:
                found.append((conversation, newest.wamid))
        return found
