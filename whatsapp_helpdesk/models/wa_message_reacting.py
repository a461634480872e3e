from odoo import models


class WaMessageReacting(models.AbstractModel):
    """Which message a reaction is about, and what becomes of one that does not arrive."""

    _name = "wa.message.reacting"
    _description = "WhatsApp Message, Our Reactions"

    def _first_sent(self):
        """Return, of the WhatsApp messages of one chat message, the one that others refer to."""
        current = self.filtered(lambda m: not m.superseded_by_id and not m.target_id).sorted("id")
        return current.filtered("wamid")[:1] or current[:1]

    def _follow_reactions(self):
        """Take reactions that failed off their messages, and tell their authors why."""
        reactions = self.filtered(lambda m: m.message_type == "reaction" and m.target_id)
        reactions.target_id._apply_amendments()
        for reaction in reactions.filtered(lambda m: m.state == "failed"):
            reaction._tell_reacting_user()

    def _tell_reacting_user(self):
        self.ensure_one()
        user = self.author_user_id
        reaction = self.with_context(lang=user.lang)
        message = reaction.env._(
            "Your reaction %(emoji)s did not reach %(customer)s: %(reason)s %(details)s",
            emoji=self.body or "",
            customer=self.conversation_id.name,
            reason=reaction.error_reason or "",
            details=self.error_message or "",
        )
        user._bus_send("simple_notification", {"type": "warning", "message": message})
