from odoo import api, fields, models

from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundCall(models.AbstractModel):
    """Calls: a line in the chat each, whatever the order in which the news of one comes."""

    _name = "wa.inbound.call"
    _description = "WhatsApp Inbound Calls"

    @api.model
    def _receive_calls(self, wa_channel, items, outcomes):
        """Show the calls of one number; a missed one asks for an answer, like a message."""
        calls = self._messages_by_wamid(wa_channel, (item.event.call_uid for item in items))
        for item in items:
            event = item.event
            if not (event.customer.bsuid or event.customer.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: call without a customer")
                continue
            call = calls.get(event.call_uid) or self._create_call(wa_channel, event)
            calls[event.call_uid] = call
            call._follow_call(self._status_of_call(event), event.seconds)
            outcomes[id(item)] = _DONE

    @api.model
    def _status_of_call(self, event):
        if event.happened == "terminate":
            if event.answered:
                return "finished"
            return "missed" if event.from_customer else "failed"
        return "rejected" if event.happened == "rejected" else "ringing"

    @api.model
    def _create_call(self, wa_channel, event):
        contact = self.env["wa.contact"]._match_or_create([event.customer], wa_channel.account_id)[
            0
        ]
        writers = contact if event.from_customer else contact.browse()
        conversation = self.env["wa.conversation"]._for_inbound(wa_channel, contact, writers)[
            contact
        ]
        at = self._time_of(event.occurred_at, fields.Datetime.now())
        author = None if event.from_customer else conversation.company_id.partner_id
        mail_message = self.env["mail.message"].create(
            [self._prepare_line_values(conversation, at, author)]
        )
        call = self.env["wa.message"].create(
            [
                {
                    "conversation_id": conversation.id,
                    "wa_channel_id": wa_channel.id,
                    "mail_message_id": mail_message.id,
                    "direction": "inbound" if event.from_customer else "outbound",
                    "state": "received" if event.from_customer else "sent",
                    "wamid": event.call_uid,
                    "message_type": "call",
                    "content": {
                        "kind": "call",
                        "from_customer": event.from_customer,
                        "status": "ringing",
                        "seconds": 0,
                    },
                    "raw": event.raw_json,
                    "sent_at": at,
                }
            ]
        )
        if event.from_customer:
            conversation._register_call(call)
        self._show(call)
        return call
