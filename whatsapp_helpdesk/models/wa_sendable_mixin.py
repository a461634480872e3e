from odoo import models
from odoo.exceptions import UserError

from ..access import REPLY


class WaSendableMixin(models.AbstractModel):
    """A document that is sent to its customer by WhatsApp, see `wa.conversation._send_document`."""

    _name = "wa.sendable.mixin"
    _description = "Document Sent by WhatsApp"

    # === ACTION METHODS === #

    def action_wa_send_document(self):
        """Open the dialog that sends this document to its customer by WhatsApp.

        :raise UserError: if there is no chat in which the user may answer
        """
        self.ensure_one()
        choices = self._wa_answerable()
        if not choices:
            raise UserError(
                self.env._(
                    "There is no WhatsApp chat with %(customer)s in which you may answer.",
                    customer=self._wa_customer().display_name or self.display_name,
                )
            )
        action = choices[:1]._open_wizard(
            "wa.conversation.send.document", self.env._("Send by WhatsApp")
        )
        action["context"] |= {
            "default_document": f"{self._name},{self.id}",
            "wa_conversation_ids": choices.ids,
        }
        return action

    # === BUSINESS METHODS === #

    def _wa_answerable(self):
        """Return the conversations in which the user may send this document, best first.

        :return: running ones before closed ones
        """
        self.ensure_one()
        answerable = self._wa_conversations()._filter_access(REPLY)
        return answerable.sorted(lambda conversation: conversation.state == "closed")

    def _wa_conversations(self):
        """Return the conversations with the document's customer that the user may read."""
        conversations = self.env["wa.conversation"]
        if customer := self._wa_customer():
            return conversations.search(customer._wa_conversation_domain())
        return conversations

    def _wa_customer(self):
        """Return the `res.partner` that the document is for, empty if there is none."""
        self.ensure_one()
        return self.partner_id
