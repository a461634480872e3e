from odoo import api, fields, models

from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundHandover(models.AbstractModel):
    """Threads that pass from one responder to another, and customers who want no offers."""

    _name = "wa.inbound.handover"
    _description = "WhatsApp Inbound Handovers"

    @api.model
    def _apply_handovers(self, wa_channel, items, outcomes):
        """Note who has the threads; of a customer who has not written it waits in the journal.

        :param list items: of `Handover`
        """
        now = fields.Datetime.now()
        for item in items:
            event = item.event
            role = "" if event.new_role == wa_channel.responder_role else event.new_role
            conversation = self._conversation_of(wa_channel, event.customer)
            if conversation:
                moment = self._time_of(event.occurred_at, now)
                if role and conversation._asking_after(moment):
                    # Since then the customer's messages come to us: the news is an old one.
                    outcomes[id(item)] = _DONE
                    continue
                conversation._hand_to(role, moment)
                outcomes[id(item)] = _DONE
            elif role:
                outcomes[id(item)] = Outcome(
                    "waiting", f"{event.path}: handover of an unknown conversation"
                )
            else:
                outcomes[id(item)] = _DONE

    @api.model
    def _conversation_of(self, wa_channel, identity):
        """Return the newest conversation of a customer on a number, creating nothing."""
        contact = self.env["wa.contact"]._find_known([identity], wa_channel.account_id)[0]
        conversations = self.env["wa.conversation"]
        if not contact:
            return conversations
        return conversations.search(
            [
                ("wa_channel_id", "=", wa_channel.id),
                ("contact_id", "=", contact.id),
                ("is_history", "=", False),
            ],
            order="id desc",
            limit=1,
        )

    # === PREFERENCES === #

    @api.model
    def _apply_preferences(self, wa_channel, items, outcomes):
        """Note who wants no marketing messages; the latest wish by WhatsApp's time counts.

        :param list items: of `Preference`
        """
        now = fields.Datetime.now()
        for item in items:
            event = item.event
            if event.category != "marketing_messages" or event.value not in (
                "stop",
                "resume",
                "signup",
            ):
                outcomes[id(item)] = Outcome(
                    "ignored", f"{event.path}: unknown preference {event.category} {event.value}"
                )
            elif not (event.customer.bsuid or event.customer.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: preference of nobody")
            else:
                contact = self.env["wa.contact"]._match_or_create(
                    [event.customer], wa_channel.account_id, are_customers=False
                )[0]
                moment = self._time_of(event.occurred_at, now)
                if contact._set_marketing_opt_out(event.value == "stop", moment):
                    self._note_preference(wa_channel, event)
                outcomes[id(item)] = _DONE

    @api.model
    def _note_preference(self, wa_channel, event):
        conversation = self._conversation_of(wa_channel, event.customer)
        if not conversation:
            return
        customer = conversation.name
        conversation._log_note(
            self.env._("%(customer)s wants no marketing messages any more.", customer=customer)
            if event.value == "stop"
            else self.env._("%(customer)s wants marketing messages again.", customer=customer)
        )
