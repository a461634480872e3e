from odoo import api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import window

_SOMEBODY = "other"


class WaConversationResponders(models.AbstractModel):
    """Who else answers the customer: a colleague on the phone app, another program, nobody."""

    _name = "wa.conversation.responders"
    _description = "WhatsApp Conversation Responders"

    responder_name = fields.Char("Answered by", compute="_compute_responder_name")
    handled_since = fields.Datetime(
        readonly=True, help="WhatsApp's time of the last news of who has the thread."
    )

    echoed_at = fields.Datetime(
        readonly=True, help="When the business last answered past this Odoo."
    )

    def _register_echoes(self, messages):
        """Note that the business answered past this Odoo.

        :param messages: new `wa.message` of this conversation, oldest first
        """
        self.ensure_one()
        latest = messages[-1]
        values = self._prepare_last_message_values(latest)
        values["echoed_at"] = max(latest.sent_at, self.echoed_at or latest.sent_at)
        asking = self._asking_after(latest.sent_at)
        if len(asking) < self.unanswered_count:
            values |= {
                "unanswered_count": len(asking),
                "waiting_since": min(asking.mapped("sent_at"), default=False),
            }
        self.write(values)
        if standby := messages.filtered(lambda message: message.origin == "standby"):
            self._follow_responder(standby[-1])

    def _asking_after(self, moment):
        """Return the customer's messages that were written after a moment and want an answer."""
        inbound = self.env["wa.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("direction", "=", "inbound"),
                ("origin", "=", False),
                ("sent_at", ">", moment),
            ]
        )
        return inbound.filtered(lambda message: window.asks_for_answer(message.message_type))

    # === HANDOVERS === #

    @api.depends("handled_by")
    @api.depends_context("lang")
    def _compute_responder_name(self):
        names = dict(
            self.env["wa.channel"]._fields["responder_role"]._description_selection(self.env)
        )
        for conversation in self:
            word = conversation.handled_by
            conversation.responder_name = word and names.get(word, self.env._("Another responder"))

    def _follow_responder(self, message):
        """Learn from a message who has the thread: Meta gives copies only to those who have not.

        :param message: `wa.message` of this conversation, not one that we sent
        """
        self.ensure_one()
        if message.origin == "standby":
            self._hand_to(self.handled_by or _SOMEBODY, message.sent_at)
        elif self.handled_by:
            self._hand_to("", message.sent_at)

    def _hand_to(self, role, moment):
        """Note who has the thread since a moment, and say so in the chat when it changes.

        :param str role: Meta's word, '' for us
        :param moment: naive UTC; news of before the last known change come too late
        """
        self.ensure_one()
        if self.handled_since and moment < self.handled_since:
            return
        changes = role != (self.handled_by or "")
        self.write({"handled_by": role or False, "handled_since": moment})
        if changes:
            self._log_note(
                self.env._(
                    "%(responder)s answers this customer now.", responder=self.responder_name
                )
                if role
                else self.env._("You answer this customer again.")
            )

    def _check_not_handled_elsewhere(self):
        """Raise if another responder has the thread: Meta would refuse the message.

        :raise UserError: says who has it
        """
        for conversation in self.filtered("handled_by"):
            raise UserError(
                self.env._(
                    "%(responder)s answers %(customer)s at the moment. You can reply when the "
                    "conversation is handed back to you; until then you can write an internal "
                    "note.",
                    responder=conversation.responder_name,
                    customer=conversation.name,
                )
            )
