from odoo import api, fields, models

from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundEcho(models.AbstractModel):
    """What the business sent past this Odoo: from the phone app, or another responder did."""

    _name = "wa.inbound.echo"
    _description = "WhatsApp Inbound Echoes"

    @api.model
    def _receive_echoes(self, wa_channel, items, outcomes):
        """Show echoes as sent messages; our own, which may be echoed too, change nothing.

        :param list items: of `EchoedMessage`
        """
        fresh = self._take_fresh_echoes(wa_channel, items, outcomes)
        if not fresh:
            return
        now = fields.Datetime.now()
        times = {id(item): self._time_of(item.event.sent_at, now) for item in fresh}
        fresh.sort(key=lambda item: times[id(item)])
        conversations = self._find_conversations_of_echoes(wa_channel, fresh)
        business = wa_channel.company_id.partner_id
        mail_messages = self.env["mail.message"].create(
            [
                self._prepare_mail_message_values(
                    item.event, conversation, times[id(item)], business
                )
                for item, conversation in zip(fresh, conversations, strict=True)
            ]
        )
        messages = self.env["wa.message"].create(
            [
                self._prepare_content_values(item.event)
                | {
                    "conversation_id": conversation.id,
                    "wa_channel_id": wa_channel.id,
                    "mail_message_id": mail.id,
                    "direction": "outbound",
                    "state": "sent",
                    "origin": "standby" if item.event.standby else "app",
                    "wamid": item.event.wamid,
                    "sent_at": times[id(item)],
                }
                for item, conversation, mail in zip(
                    fresh, conversations, mail_messages, strict=True
                )
            ]
        )
        self._connect(wa_channel, fresh, messages)
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            conversation._register_echoes(of_conversation.sorted("sent_at"))
        self._show(messages)
        outcomes.update({id(item): _DONE for item in fresh})

    @api.model
    def _take_fresh_echoes(self, wa_channel, items, outcomes):
        """Return the items that are new messages to a person; the others get their outcome."""
        known = self._known_wamids(wa_channel, items)
        fresh = []
        for item in items:
            event = item.event
            if event.wamid in known:
                outcomes[id(item)] = _DONE
            elif not (event.recipient.bsuid or event.recipient.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: echo without recipient")
            else:
                known.add(event.wamid)
                fresh.append(item)
        return fresh

    @api.model
    def _find_conversations_of_echoes(self, wa_channel, items):
        """Return the conversation of each item; who is written to has one, or gets one."""
        contacts = self.env["wa.contact"]._match_or_create(
            [item.event.recipient for item in items], wa_channel.account_id
        )
        everybody = self.env["wa.contact"].union(*contacts)
        conversations = self.env["wa.conversation"]._for_inbound(wa_channel, everybody, everybody)
        return [conversations[contact] for contact in contacts]
