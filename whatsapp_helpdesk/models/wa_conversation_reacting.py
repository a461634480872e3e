from odoo import models
from odoo.exceptions import UserError

_ON_THE_WAY = ("queued", "sending", "unconfirmed")
_WITHOUT_EFFECT = ("failed", "cancelled")


class WaConversationReacting(models.AbstractModel):
    """Our reactions to messages: one of the whole business, whoever of us gives it."""

    _name = "wa.conversation.reacting"
    _description = "WhatsApp Conversation, Our Reactions"

    def _react(self, target, emoji):
        """React to a message, or take our reaction back; it replaces a colleague's.

        :param target: `wa.message` of this conversation
        :param str emoji: '' takes back what we reacted before
        :raise AccessError: if the user may not answer
        :raise UserError: if WhatsApp would not take it
        """
        self.ensure_one()
        self._check_can_send()
        if not target.wamid and target.state not in _ON_THE_WAY:
            raise UserError(
                self.env._("This message has not reached WhatsApp: nobody can react to it.")
            )
        # sudo: wa.message - checked above; reactions are messages, which nobody writes directly
        messages = self.env["wa.message"].sudo()
        ours = messages.search(
            [
                ("target_id", "=", target.id),
                ("direction", "=", "outbound"),
                ("message_type", "=", "reaction"),
                ("state", "not in", _WITHOUT_EFFECT),
            ],
            order="id",
        )
        if emoji == (ours[-1:].body or ""):
            return
        # What has not left yet need not leave before it is replaced.
        ours.filtered(lambda message: message.state == "queued")._merge_state("cancelled")
        known = ours.filtered(lambda message: message.state not in _WITHOUT_EFFECT)[-1:]
        if emoji != (known.body or ""):
            values = {"message_type": "reaction", "target_id": target.id, "body": emoji}
            # sudo: wa.conversation - only the ids of its number and chat are read
            messages.create([self.sudo()._prepare_outbound_values() | values])
        # sudo: wa.message - shows what was checked above; it writes what nobody writes directly
        target.sudo()._apply_amendments()
        messages._wake_sender()
