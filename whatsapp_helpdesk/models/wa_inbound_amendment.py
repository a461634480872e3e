from odoo import api, fields, models

from ..cloud_api import content_text
from ..cloud_api.events import InboundMessage
from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundAmendment(models.AbstractModel):
    """Reactions, edits and revocations: what changes a message that is there already."""

    _name = "wa.inbound.amendment"
    _description = "WhatsApp Inbound Amendments"

    @api.model
    def _amend(self, wa_channel, items, outcomes):
        """Keep each amendment as a message without a place in the chat, and apply it.

        What concerns a message that has not come yet waits in the journal.
        """
        known = self._known_wamids(wa_channel, items)
        targets = self._messages_by_wamid(wa_channel, (i.event.content.wamid for i in items))
        vals_list = []
        for item in items:
            event = item.event
            target = targets.get(event.content.wamid)
            if event.wamid in known:
                outcomes[id(item)] = _DONE
            elif not target:
                outcomes[id(item)] = Outcome(
                    "waiting", f"{event.path}: {event.type} of an unknown message"
                )
            else:
                known.add(event.wamid)
                vals_list.append(self._prepare_amendment_values(event, target))
                outcomes[id(item)] = _DONE
        amendments = self.env["wa.message"].create(vals_list)
        amendments.target_id._apply_amendments()

    @api.model
    def _prepare_amendment_values(self, event, target):
        is_inbound = isinstance(event, InboundMessage)
        return {
            "conversation_id": target.conversation_id.id,
            "wa_channel_id": target.wa_channel_id.id,
            "target_id": target.id,
            "direction": "inbound" if is_inbound else "outbound",
            "state": "received" if is_inbound else "sent",
            "origin": False if is_inbound else "app",
            "wamid": event.wamid,
            "message_type": event.type,
            "body": content_text.text_of(event.content),
            "raw": event.raw_json,
            "sent_at": self._time_of(event.sent_at, fields.Datetime.now()),
        }
