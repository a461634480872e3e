from odoo import api, fields, models
from odoo.tools import SQL

from ..const import HISTORY_BATCH


class WaConversationHistory(models.AbstractModel):
    """The closed conversation that holds a customer's messages from before we were connected.

    Discuss shows messages in the order in which they were created. Chunks of a history arrive in
    any order, so its chat messages are created when it is complete; if something older comes
    later, those that are newer are created anew.
    """

    _name = "wa.conversation.history"
    _description = "WhatsApp Conversation History"

    is_history = fields.Boolean(
        "Imported History", readonly=True, copy=False, help="From before the number was connected."
    )

    _history_idx = models.Index("(contact_id, wa_channel_id) WHERE is_history")

    @api.model
    def _for_history(self, wa_channel, contacts):
        """Return the history of each contact on a number, creating the missing ones.

        :param contacts: `wa.contact` without repetitions
        :rtype: dict
        """
        existing = self.search(
            [
                ("wa_channel_id", "=", wa_channel.id),
                ("contact_id", "in", contacts.ids),
                ("is_history", "=", True),
            ],
            order="id desc",
        )
        found = {conversation.contact_id: conversation for conversation in existing}
        new = contacts.filtered(lambda contact: contact not in found)
        created = self.create(
            [
                self._prepare_conversation_values(wa_channel, contact)
                | {"is_history": True, "state": "closed", "closed_at": fields.Datetime.now()}
                for contact in new
            ]
        )
        found.update({conversation.contact_id: conversation for conversation in created})
        return found

    @api.model
    def _unpublished_histories(self, wa_channels, limit):
        """Return histories of which something is not in the chat yet."""
        if not wa_channels:
            return self.browse()
        self.env["wa.message"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT DISTINCT conversation_id FROM wa_message
                 WHERE origin = 'history' AND mail_message_id IS NULL AND target_id IS NULL
                   AND wa_channel_id IN %s
              ORDER BY conversation_id LIMIT %s
                """,
                tuple(wa_channels.ids),
                limit,
            )
        )
        return self.browse([row[0] for row in self.env.cr.fetchall()])

    def _publish_history(self):
        """Put the stored messages of this history into its chat, oldest first."""
        self.ensure_one()
        messages = self.env["wa.message"].search_fetch(
            [
                ("conversation_id", "=", self.id),
                ("origin", "=", "history"),
                ("target_id", "=", False),
            ],
            ["mail_message_id", "sent_at"],
            order="sent_at, id",
        )
        first_new = next(
            (place for place, message in enumerate(messages) if not message.mail_message_id), None
        )
        if first_new is None:
            return
        late = messages[first_new:]
        late.mail_message_id.unlink()
        for start in range(0, len(late), HISTORY_BATCH):
            late[start : start + HISTORY_BATCH]._publish()
        late._quote_from_raw()
        late._apply_amendments_of()
        self.write(self._prepare_last_message_values(messages[-1]))
