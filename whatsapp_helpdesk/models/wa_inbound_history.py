from odoo import api, fields, models

from ..cloud_api.contents import Edit, Reaction, Revoke
from ..const import HISTORY_BATCH
from ..work.items import Outcome

_DONE = Outcome("done")
_PLACEHOLDER = "media_placeholder"
_STATES = {
    "DELIVERED": "delivered",
    # Nobody should be asked to send it again after months.
    "ERROR": "cancelled",
    "PENDING": "sent",
    "PLAYED": "played",
    "READ": "read",
    "SENT": "sent",
}


def _is_amendment(event):
    return isinstance(event.content, (Edit, Reaction, Revoke))


class WaInboundHistory(models.AbstractModel):
    """Chats from before the number was connected: thousands of messages, in any order.

    They are stored at once and shown later, in the order of their time, see
    `wa.conversation.history`.
    """

    _name = "wa.inbound.history"
    _description = "WhatsApp Inbound History"

    @api.model
    def _import_history(self, wa_channel, items, outcomes):
        """Store old messages of one number, quietly.

        :param list items: of `HistoricMessage`
        """
        wa_channel._note_history_progress(max(item.event.progress for item in items))
        usable = []
        for item in items:
            customer = item.event.customer
            if customer.bsuid or customer.wa_id:
                usable.append(item)
            else:
                outcomes[id(item)] = Outcome(
                    "ignored", f"{item.event.path}: message without a customer"
                )
        for start in range(0, len(usable), HISTORY_BATCH):
            outcomes.update(self._import_batch(wa_channel, usable[start : start + HISTORY_BATCH]))

    @api.model
    def _import_batch(self, wa_channel, items):
        outcomes = {id(item): _DONE for item in items}
        known = self._messages_by_wamid(wa_channel, (item.event.wamid for item in items))
        fresh = {}
        for item in items:
            wamid = item.event.wamid
            if wamid in known:
                self._complete(known[wamid], item.event)
            elif wamid not in fresh or fresh[wamid].event.type == _PLACEHOLDER:
                fresh[wamid] = item
        new = self._take_those_with_targets(wa_channel, list(fresh.values()), outcomes)
        messages = self._create_history(wa_channel, new)
        messages.invalidate_recordset()
        return outcomes

    @api.model
    def _complete(self, message, event):
        """Put the file in the place that was kept for it; everything else is known already."""
        if message.message_type != _PLACEHOLDER or event.type == _PLACEHOLDER:
            return
        message.write(self._prepare_content_values(event))
        self.env["wa.media"]._order_files(message, [event])
        message._show_completed()

    @api.model
    def _take_those_with_targets(self, wa_channel, items, outcomes):
        """Return the items that can be stored; amendments wait in the journal for their target."""
        amended = {
            item.event.wamid: item.event.content.wamid
            for item in items
            if _is_amendment(item.event)
        }
        if not amended:
            return items
        present = self._messages_by_wamid(wa_channel, amended.values()).keys()
        present |= {item.event.wamid for item in items} - amended.keys()
        ready = []
        for item in items:
            event = item.event
            if event.wamid in amended and amended[event.wamid] not in present:
                outcomes[id(item)] = Outcome(
                    "waiting", f"{event.path}: {event.type} of an unknown message"
                )
            else:
                ready.append(item)
        return ready

    @api.model
    def _create_history(self, wa_channel, items):
        now = fields.Datetime.now()
        contacts = self.env["wa.contact"]._match_or_create(
            [item.event.customer for item in items], wa_channel.account_id, are_customers=False
        )
        conversations = self.env["wa.conversation"]._for_history(
            wa_channel, self.env["wa.contact"].union(*contacts)
        )
        vals_list = [
            self._prepare_history_values(wa_channel, item.event, conversations[contact], now)
            for item, contact in zip(items, contacts, strict=True)
        ]
        messages = self.env["wa.message"].create(vals_list)
        self._set_targets(wa_channel, items, messages)
        self.env["wa.media"]._order_files(messages, [item.event for item in items])
        return messages

    @api.model
    def _prepare_history_values(self, wa_channel, event, conversation, now):
        is_ours = event.from_business
        return self._prepare_content_values(event) | {
            "conversation_id": conversation.id,
            "wa_channel_id": wa_channel.id,
            "direction": "outbound" if is_ours else "inbound",
            "state": _STATES.get(event.status, "sent") if is_ours else "received",
            "origin": "history",
            "wamid": event.wamid,
            "sent_at": self._time_of(event.sent_at, now),
        }

    @api.model
    def _set_targets(self, wa_channel, items, messages):
        amendments = [
            (message, item.event.content.wamid)
            for item, message in zip(items, messages, strict=True)
            if _is_amendment(item.event)
        ]
        if not amendments:
            return
        targets = self._messages_by_wamid(wa_channel, (wamid for _message, wamid in amendments))
        for message, wamid in amendments:
            message.target_id = targets[wamid]
        messages.target_id._apply_amendments()
