from odoo import api, fields, models
from odoo.tools import SQL

from ..work import background, receipts
from ..work.calls import Receipt

_TYPING_SECONDS = 20
"""Phones show the indicator for 25 seconds."""


class WaReceipt(models.Model):
    """How far a conversation was read, and whether the customer has still to hear of it.

    A table of its own, because the conversation's row belongs to those who write messages.
    """

    _name = "wa.receipt"
    _description = "WhatsApp Read Receipt"
    _log_access = False

    conversation_id = fields.Many2one("wa.conversation", required=True, ondelete="cascade")
    wamid = fields.Char(required=True, help="The newest message of the customer that was seen.")
    is_due = fields.Boolean(help="Meta has not been told yet.")
    is_typing = fields.Boolean(help="Show the customer that an answer is being written.")
    typing_at = fields.Datetime(help="When the customer was last shown that.")

    _conversation_unique = models.UniqueIndex(
        "(conversation_id)", "A conversation has one read receipt."
    )
    _due_idx = models.Index("(id) WHERE is_due")

    @api.model
    def _note_read(self, conversation, wamid):
        """Queue the receipt of a message, unless it was queued before."""
        self._note(
            SQL(
                """
                INSERT INTO wa_receipt AS r (conversation_id, wamid, is_due, is_typing)
                     VALUES (%(conversation)s, %(wamid)s, TRUE, FALSE)
                ON CONFLICT (conversation_id) DO UPDATE
                        SET wamid = EXCLUDED.wamid, is_due = TRUE
                      WHERE r.wamid <> EXCLUDED.wamid
                """,
                conversation=conversation.id,
                wamid=wamid,
            )
        )

    @api.model
    def _note_typing(self, conversation, wamid):
        """Queue the typing indicator, which is a receipt too, unless it is shown already."""
        self._note(
            SQL(
                """
                INSERT INTO wa_receipt AS r (conversation_id, wamid, is_due, is_typing, typing_at)
                     VALUES (%(conversation)s, %(wamid)s, TRUE, TRUE, now() AT TIME ZONE 'UTC')
                ON CONFLICT (conversation_id) DO UPDATE
                        SET wamid = EXCLUDED.wamid, is_due = TRUE, is_typing = TRUE,
                            typing_at = EXCLUDED.typing_at
                      WHERE r.typing_at IS NULL
                         OR r.typing_at < EXCLUDED.typing_at - make_interval(secs => %(pause)s)
                """,
                conversation=conversation.id,
                wamid=wamid,
                pause=_TYPING_SECONDS,
            )
        )

    def _note(self, query):
        self.flush_model()
        self.env.cr.execute(query)
        if self.env.cr.rowcount and self.env["wa.account"]._work_after_commit():
            background.wake_after_commit(self.env, receipts.run)

    @api.model
    def _claim(self, limit):
        """Return the receipts to send; they are not tried again, whatever comes of them.

        :rtype: list[Receipt]
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE wa_receipt r
                   SET is_due = FALSE, is_typing = FALSE
                  FROM (SELECT id, is_typing FROM wa_receipt WHERE is_due
                         LIMIT %s FOR UPDATE SKIP LOCKED) due
                 WHERE r.id = due.id
             RETURNING r.conversation_id, r.wamid, due.is_typing
                """,
                limit,
            )
        )
        rows = self.env.cr.fetchall()
        conversations = self.env["wa.conversation"].browse([row[0] for row in rows])
        claimed = []
        for conversation, (_id, wamid, is_typing) in zip(conversations, rows, strict=True):
            channel = conversation.wa_channel_id
            if channel._may_call_meta():
                claimed.append(
                    Receipt(
                        connect=channel.account_id._client_factory(),
                        phone_number_uid=channel.phone_number_uid,
                        wamid=wamid,
                        is_typing=is_typing,
                    )
                )
        return claimed
