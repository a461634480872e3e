from odoo import fields, models


class WaSendingStop(models.AbstractModel):
    """What can be stopped because Meta refuses our access: an account, or one of its numbers.

    Nothing is lost: messages wait in the queue until somebody resumes sending.
    """

    _name = "wa.sending.stop"
    _description = "WhatsApp Sending Stop"

    is_stopped = fields.Boolean(
        "Sending Stopped",
        readonly=True,
        copy=False,
        help="Meta refused our access. Messages wait in the queue until sending is resumed.",
    )
    stop_reason = fields.Char(readonly=True, copy=False)

    def action_resume_sending(self):
        """Let the queue go again after the access was repaired."""
        self.write({"is_stopped": False, "stop_reason": False})
        self.env["wa.message"]._wake_sender()

    def _stop_sending(self, reason):
        self.write({"is_stopped": True, "stop_reason": reason})
