from odoo import api, models

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
        messages = self._write_down(
            fresh,
            lambda items: self._find_conversations_of_echoes(wa_channel, items),
            self._prepare_echo_values,
            wa_channel.company_id.partner_id,
        )
        self._connect(wa_channel, fresh, messages)
        for conversation, of_conversation in messages.grouped("conversation_id").items():
            conversation._register_echoes(of_conversation.sorted("sent_at"))
        self._show(messages)
        outcomes.update({id(item): _DONE for item in fresh})

    @api.model
    def _prepare_echo_values(self, event, conversation, mail_message, sent_at):
        return self._prepare_content_values(event) | {
            "conversation_id": conversation.id,
            "wa_channel_id": conversation.wa_channel_id.id,
            "mail_message_id": mail_message.id,
            "direction": "outbound",
            "state": "sent",
            "origin": "standby" if event.standby else "app",
            "wamid": event.wamid,
            "sent_at": sent_at,
        }

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
