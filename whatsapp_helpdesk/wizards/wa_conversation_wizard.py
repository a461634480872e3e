from odoo import api, fields, models


class WaConversationWizard(models.AbstractModel):
    """What the dialogs about a conversation have in common.

    Whoever may use dialogs can make one about any conversation: they show only what the user may
    read, so related fields of theirs need ``related_sudo=False``, and computed ones that are stored
    ``compute_sudo=False``.
    """

    _name = "wa.conversation.wizard"
    _description = "Dialog about a Conversation"

    conversation_id = fields.Many2one("wa.conversation", required=True, readonly=True)
    is_sent = fields.Boolean(readonly=True, export_string_translation=False)

    @api.constrains("conversation_id")
    def _check_conversation(self):
        # sudo: wa.conversation - taken away: the question is what the user may
        self.conversation_id.sudo(False).check_access("read")

    def _send_once(self, send):
        """Send what the dialog holds, once however often the button is pressed.

        :param send: called without arguments
        """
        self.ensure_one()
        # Of two presses at once, the second finds it locked, or sent.
        if self.try_lock_for_update() and not self.is_sent:
            send()
            self.is_sent = True
