from odoo import fields, models


class WaMessageOriginal(models.Model):
    """What a message was before its sender edited or deleted it, its files included.

    A row of its own, because it is for those who lead the conversation: a group on a field would
    open it to the supervisors of all teams that may read the message.
    """

    _name = "wa.message.original"
    _inherit = ["wa.export.recording"]
    _description = "WhatsApp Message before It Was Changed"
    _rec_name = "message_id"

    message_id = fields.Many2one("wa.message", required=True, readonly=True, ondelete="cascade")
    body = fields.Text(readonly=True, help="In WhatsApp's markup.")

    _message_unique = models.UniqueIndex(
        "(message_id)", "What this message was before is known already."
    )

    # === BUSINESS METHODS === #

    def _exported_conversations(self):
        return self.message_id.conversation_id
