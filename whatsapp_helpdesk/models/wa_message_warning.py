from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Domain

_ARRIVED = ("delivered", "read", "played")
_FAILED = ("failed", "unconfirmed")


class WaMessageWarning(models.AbstractModel):
    """Tells the responsible of a document that a message about it did not arrive.

    One activity per chat message and document, however many files it has and however often it is
    tried; done by itself when all of it arrived.
    """

    _name = "wa.message.warning"
    _description = "WhatsApp Message's Warning"

    has_warning = fields.Boolean(
        readonly=True,
        copy=False,
        help="It failed, and on a document there is an activity because of it.",
    )

    def _follow_on_documents(self):
        """Warn of those of these messages that failed, and settle the warnings of what arrived."""
        for message in self:
            if message.state == "failed":
                message._warn_on_documents()
            elif message.has_warning and message.state in _ARRIVED:
                message._settle_warnings()

    def _documents(self):
        """Return the linked documents that this message is about.

        :rtype: list of records
        """
        self.ensure_one()
        messages = self.env["mail.message"]
        this_one = Domain("id", "=", self.mail_message_id.id)
        documents = [
            link._document()
            for link in self.conversation_id.link_ids
            if messages.search_count(link._stretch_domain() & this_one, limit=1)
        ]
        source = self.notice and self._source()
        return [*documents, source] if source and source not in documents else documents

    def _warn_on_documents(self):
        self.ensure_one()
        if not self.mail_message_id or self.has_warning:
            return
        warned = self._warnings()
        for document in self._documents():
            known = warned.filtered(
                lambda activity, document=document: (
                    (activity.res_model, activity.res_id) == (document._name, document.id)
                )
            )
            responsible = self._who_minds(document)
            if not known and responsible:
                self._warn(document, responsible)
            self.has_warning = self.has_warning or bool(known or responsible)

    def _warn(self, document, user):
        message = self.with_context(lang=user.lang or self.env.lang)
        reason = " ".join(filter(None, (message.error_reason, message.error_hint)))
        note = message.env._(
            "“%(message)s” did not reach %(customer)s. %(reason)s",
            message=message._preview() if self._is_open_on(document) else "…",
            customer=message.conversation_id.name,
            reason=reason,
        )
        # No mail about the activity: many messages may fail at once.
        document.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_warning",
            summary=message.env._("WhatsApp message did not arrive"),
            note=Markup("<p>%s</p>") % note,
            user_id=user.id,
            wa_mail_message_id=message.mail_message_id.id,
        )

    def _is_open_on(self, document):
        """Tell whether who reads a document may know what this message about it says.

        What was sent from the document is known there; else the team has to open its chats.
        """
        self.ensure_one()
        if self._source() == document:
            return True
        links = self.conversation_id.link_ids
        return any(link._is_open_to_responsible() for link in links if link._document() == document)

    def _who_minds(self, document):
        """Return who is told: the responsible of the document, else who wrote or has the chat.

        :rtype: res.users
        """
        for user in (document.user_id, self.author_user_id, self.conversation_id.user_id):
            if user.active and user._is_internal():
                asked = document.with_user(user)
                asked = asked.with_context(allowed_company_ids=user.company_ids.ids)
                if asked.has_access("read"):
                    return user
        return self.env["res.users"]

    def _settle_warnings(self):
        parts = self.mail_message_id.wa_message_ids.filtered(lambda part: not part.superseded_by_id)
        if not parts.filtered(lambda part: part.state in _FAILED):
            for activity in self._warnings():
                text = self.with_context(lang=activity.user_id.lang or self.env.lang)
                activity.action_feedback(feedback=text.env._("The message arrived after all."))

    def _warnings(self):
        # sudo: mail.activity - those about this very message, whoever has them
        activities = self.env["mail.activity"].sudo()
        return activities.search([("wa_mail_message_id", "=", self.mail_message_id.id)])
