from odoo import api, models
from odoo.addons.mail.tools.discuss import Store

from ..const import MESSAGE_TYPE

_PENDING = "whatsapp_helpdesk.ticks"


class WaMessageTicks(models.AbstractModel):
    """What open browsers hear when something becomes of a message: one event per chat."""

    _name = "wa.message.ticks"
    _description = "WhatsApp Message Ticks"

    def _tell_browsers(self):
        """Show all that changed in the chats, one event per chat and transaction."""
        self._tell(dict.fromkeys(self.mail_message_id.ids, False))

    def _tell_states(self):
        """Show new states, of which three come for each message that we send."""
        pending = self.env.cr.precommit.data.get(_PENDING, {})
        self._tell({id_: pending.get(id_, True) for id_ in self.mail_message_id.ids})

    def _tell(self, news):
        """Have chat messages shown at the end of the transaction.

        :param dict[int, bool] news: for each `mail.message` whether only its state is new
        """
        pending = self.env.cr.precommit.data.setdefault(_PENDING, {})
        if not pending:
            self.env.cr.precommit.add(self._broadcast_ticks)
        pending.update(news)

    @api.model
    def _broadcast_ticks(self):
        pending = self.env.cr.precommit.data.pop(_PENDING, {})
        # sudo: mail.message - the bus channel decides who hears of it
        messages = self.env["mail.message"].sudo().browse(pending)
        messages.fetch(["message_type", "res_id"])
        for chat_id, of_chat in messages.grouped("res_id").items():
            store = Store(bus_channel=self.env["discuss.channel"].browse(chat_id))
            for message in of_chat:
                parts = message.wa_message_ids
                is_alone = len(parts) == 1 and message.message_type == MESSAGE_TYPE
                if pending[message.id] and is_alone:
                    store.add_model_values("mail.message", {"id": message.id} | parts._state_data())
                else:
                    store.add(message, message._wa_store_fields())
            store.bus_send()

    def _state_data(self):
        """Return what a new state changes in the browser, if the chat message is just this one."""
        return {"wa_error": self._error_data(), "wa_state": self.state}
