from odoo import api, fields, models
from odoo.fields import Domain

from ..work.items import Outcome

_DONE = Outcome("done")
_TIME_FIELDS = {
    "sent": "sent_at",
    "delivered": "delivered_at",
    "read": "read_at",
    "played": "played_at",
}


class WaInboundStatus(models.AbstractModel):
    """What became of the messages that we sent, as Meta tells it: late, twice, out of order."""

    _name = "wa.inbound.status"
    _description = "WhatsApp Inbound Statuses"

    @api.model
    def _apply_statuses(self, wa_channel, items, outcomes):
        """Move our messages forward; a status of an unknown message waits in the journal."""
        found = self._find_messages(wa_channel, items)
        for item in items:
            event = item.event
            message = found.get(event.wamid) or found.get(event.callback_data)
            if not message:
                outcomes[id(item)] = Outcome(
                    "waiting", f"{event.path}: status {event.status} of an unknown message"
                )
                continue
            if not message.wamid:
                # Meta's answer to the sending got lost; our own id brought the status here.
                message.wamid = event.wamid
            message._note_price(event.pricing)
            moved = message._merge_state(event.status, **self._prepare_status_values(event))
            moved._follow_refusals()
            outcomes[id(item)] = _DONE

    @api.model
    def _find_messages(self, wa_channel, items):
        """Return our messages by wamid and by our own id.

        :rtype: dict[str, wa.message]
        """
        wamids = {item.event.wamid for item in items if item.event.wamid}
        uuids = {item.event.callback_data for item in items if item.event.callback_data}
        messages = self.env["wa.message"].search(
            Domain("wa_channel_id", "=", wa_channel.id)
            & Domain("direction", "=", "outbound")
            & (Domain("wamid", "in", list(wamids)) | Domain("uuid", "in", list(uuids)))
        )
        found = {message.uuid: message for message in messages}
        found.update({message.wamid: message for message in messages if message.wamid})
        return found

    @api.model
    def _prepare_status_values(self, event):
        at = event.occurred_at.replace(tzinfo=None) if event.occurred_at else fields.Datetime.now()
        values = {}
        if event.status in _TIME_FIELDS:
            values[_TIME_FIELDS[event.status]] = at
        if event.notices:
            notice = event.notices[0]
            values |= {
                "error_code": notice.code,
                "error_message": notice.details or notice.title,
            }
        return values
