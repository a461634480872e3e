from odoo import models
from odoo.tools import plaintext2html

_NOTICED = {
    "approved": "info",
    "archived": "warning",
    "deleted": "warning",
    "disabled": "danger",
    "limit_exceeded": "danger",
    "paused": "danger",
    "pending_deletion": "warning",
    "rejected": "danger",
}


class WaTemplateTelling(models.AbstractModel):
    """Tells people what became of their templates.

    What stops messages becomes an activity of the author and the managers, everything else a
    notification. No e-mail leaves from here: a slow mail server would hold up customers' messages.
    """

    _name = "wa.template.telling"
    _description = "WhatsApp Template Telling"

    def _in_company_language(self):
        """Return this template for texts that are stored: several people will read them."""
        self.ensure_one()
        return self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)

    def _tell_of_status(self):
        self.ensure_one()
        level = _NOTICED.get(self.status)
        if self.status == "approved":
            self.activity_ids.unlink()
        if level:
            self._tell(level, lambda template: template._words_of_status())

    def _tell_of_quality(self):
        self.ensure_one()
        if self.quality in ("yellow", "red"):
            self._tell("warning", lambda template: template._words_of_quality())

    def _tell_of_category(self, before):
        """Tell of another category.

        :param str before: the category until now
        """
        self.ensure_one()
        self._tell("warning", lambda template: template._words_of_category(before))

    def _tell_of_announced_category(self):
        self.ensure_one()
        self._tell("warning", lambda template: template._words_of_announced_category())

    def _tell(self, level, words):
        """Tell the author, and the managers unless it is good news.

        :param str level: info, warning or danger
        :param words: function of the template, in the language of who reads it, that returns what
            happened and what to do
        """
        # The author may have left, or may not read templates of this company any more.
        author = self.submitted_by_id.filtered(
            lambda user: user.active and self.with_user(user).has_access("read")
        )
        users = author | (self.account_id._administrators() if level != "info" else author)
        for user in users:
            template = self.with_context(lang=user.lang)
            what, advice = words(template)
            if level == "danger":
                template._give_activity(user, what, advice)
            else:
                template._notify_in_inbox(user, what, advice)

    def _give_activity(self, user, what, advice):
        activities = self.activity_ids.filtered(lambda activity: activity.user_id == user)
        if what in activities.mapped("summary"):
            return
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_warning",
            summary=what,
            note=plaintext2html(advice),
            user_id=user.id,
        )

    def _notify_in_inbox(self, user, what, advice):
        self.with_context(mail_notify_force_send=False).message_notify(
            partner_ids=user.partner_id.ids,
            subject=what,
            body="\n\n".join(filter(None, (what, advice))),
        )
