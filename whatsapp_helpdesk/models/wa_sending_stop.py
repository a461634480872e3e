from odoo import fields, models


class WaSendingStop(models.AbstractModel):
    """What can be stopped because Meta refuses our access: an account, or one of its numbers.

    Nothing is lost: messages wait in the queue until somebody resumes sending.
    """

    _name = "wa.sending.stop"
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
        # sudo: mail.activity - whoever repaired it, it is done for all who were asked to
        self.sudo().activity_ids.unlink()
        self.env["wa.message"]._wake_sender()

    def _stop_sending(self, reason):
        """Stop, and tell those who can repair it; once, however many messages are refused."""
        running = self.filtered(lambda record: not record.is_stopped)
        self.write({"is_stopped": True, "stop_reason": reason})
        for stopped in running:
            record = stopped._in_company_language()
            record._ask_for_repair(
                record.env._("WhatsApp: sending is stopped"),
                record.env._(
                    "Meta refuses the access: %(reason)s Messages wait in the queue. Correct it "
                    "under WhatsApp / Configuration, then resume sending.",
                    reason=reason,
                ),
            )

    def _ask_for_repair(self, summary, text):
        """Tell the administrators: an activity for each, and one notification as they want it.

        :param str summary: what it is about
        :param str text: what is wrong and what to do
        """
        self.ensure_one()
        administrators = self._administrators()
        for user in administrators:
            # One notification to all, below, instead of a mail about each one's activity.
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_warning", summary=summary, note=text, user_id=user.id
            )
        self.message_notify(
            partner_ids=administrators.partner_id.ids,
            subject=f"{summary} ({self.display_name})",
            body=text,
        )

    def _in_company_language(self):
        """Return this record for texts that are stored: several people will read them."""
        self.ensure_one()
        return self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)

    def _administrators(self):
        """Return the users who can repair the access of this record's company."""
        groups = self.env.ref("base.group_system") | self.env.ref("whatsapp_helpdesk.group_manager")
        return self.env["res.users"].search(
            [
                ("all_group_ids", "in", groups.ids),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ]
        )
