from psycopg2 import errors as database_errors

from odoo import fields, models
from odoo.tools import SQL

from ..access import REPLY


class WaConversationSending(models.AbstractModel):
    """What everything that leaves for the customer has in common."""

    _name = "wa.conversation.sending"
    _description = "WhatsApp Conversation, What Leaves"

    # === ACTION METHODS === #

    def action_send_location(self):
        """Open the dialog that sends a place."""
        self.ensure_one()
        self._check_can_send()
        return self._open_wizard("wa.conversation.send.location", self.env._("Send Location"))

    def action_send_contact(self):
        """Open the dialog that sends contact cards."""
        self.ensure_one()
        self._check_can_send()
        return self._open_wizard("wa.conversation.send.contact", self.env._("Send Contact"))

    def action_compose_interactive(self):
        """Open the dialog that sends buttons, a list, a link, a request or products."""
        self.ensure_one()
        self._check_can_send()
        return self._open_wizard(
            "wa.conversation.interactive", self.env._("Send Buttons or a List")
        )

    # === BUSINESS METHODS === #

    def _check_can_send(self):
        """Raise unless the current user may send the customer a free message now.

        :raise AccessError: if the user may not answer
        :raise UserError: if WhatsApp would not take it, with the reason
        """
        self._check_can(REPLY)
        self._check_window_open()

    def _prepare_outbound_values(self):
        """Return what every queued `wa.message` to this customer has in common."""
        self.ensure_one()
        return {
            "conversation_id": self.id,
            "wa_channel_id": self.wa_channel_id.id,
            "direction": "outbound",
            "state": "queued",
            "sent_at": fields.Datetime.now(),
            "author_user_id": self.env.uid,
        }

    def _post_content(self, content):
        """Send a place, contact cards or buttons; the same checks as for a text.

        :param dict content: see `cloud_api.stored_content` and `cloud_api.stored_interactive`
        :return: the `mail.message`
        """
        self.ensure_one()
        return self.discuss_channel_id.with_context(whatsapp_content=content).message_post(
            message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def _try_lock(self):
        """Lock the case and its chat for this transaction, without waiting.

        Who writes to these rows while others do loses the whole transaction and tries again after
        seconds. It is better to know that early and to leave the rows alone.

        :return: False if somebody else has them, or changed them since this transaction began
        :rtype: bool
        """
        self.ensure_one()
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    SQL(
                        """
                        SELECT FROM wa_conversation c
                          JOIN discuss_channel d ON d.id = c.discuss_channel_id
                         WHERE c.id = %s
                           FOR NO KEY UPDATE OF c, d SKIP LOCKED
                        """,
                        self.id,
                    ),
                    log_exceptions=False,
                )
                return bool(self.env.cr.rowcount)
        except database_errors.SerializationFailure:
            return False
