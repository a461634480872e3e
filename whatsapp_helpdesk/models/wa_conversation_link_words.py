from markupsafe import Markup

from odoo import api, fields, models


class WaConversationLinkWords(models.AbstractModel):
    """What chats and documents say of their links: internal notes, which customers never see."""

    _name = "wa.conversation.link.words"
    _description = "Link of a WhatsApp Conversation, in Words"

    stretch_words = fields.Char("What Belongs to It", compute="_compute_stretch_words")

    @api.depends("first_message_id", "last_message_id")
    @api.depends_context("lang")
    def _compute_stretch_words(self):
        for link in self:
            link.stretch_words = link._explain_stretch()

    def _log_linked(self, is_new):
        """Note on both sides that the link was made, or that its stretch changed.

        :param bool is_new: whether the link was just made
        """
        self.ensure_one()
        names = {"document": self._document_anchor(), "chat": self._chat_anchor()}
        if is_new:
            chat_text = self.env._("Linked to %(document)s.", **names)
            document_text = self.env._("Linked to the WhatsApp chat of %(chat)s.", **names)
        else:
            chat_text = self.env._("What is about %(document)s changed.", **names)
            document_text = self.env._("What the WhatsApp chat of %(chat)s shows changed.", **names)
        # It quotes messages. Everybody who reads the document reads the note on it, but the chat is
        # open to its responsible at most, in the panel.
        stretch = self._explain_stretch()
        self._log(Markup("%s %s") % (chat_text, stretch), document_text)
        self._record("linked", stretch)

    def _log_unlinked(self):
        """Note on both sides that the link goes."""
        self.ensure_one()
        names = {"document": self._document_anchor(), "chat": self._chat_anchor()}
        self._log(
            self.env._("No longer linked to %(document)s.", **names),
            self.env._("No longer linked to the WhatsApp chat of %(chat)s.", **names),
        )
        self._record("unlinked")

    def _log_document_deleted(self):
        """Note in the chat that the document goes, and the link with it."""
        self.ensure_one()
        name = self._document().display_name
        text = self.env._("%(document)s was deleted, and its link to this chat.", document=name)
        self.conversation_id._log_note(text)
        self._record("unlinked", text)

    def _log(self, chat_text, document_text):
        self.conversation_id._log_note(chat_text)
        # A notification, not a comment: followers, of whom the customer may be one, get no mail.
        self._document().message_post(
            body=document_text, message_type="notification", subtype_xmlid="mail.mt_note"
        )

    def _record(self, action, detail=""):
        """Write down that the responsible of the document gained or lost reading."""
        document = self._document()
        self.env["wa.access.log"]._record(
            action,
            conversations=self.conversation_id,
            subject=document.user_id,
            reason=document.display_name,
            detail=detail,
        )

    def _explain_stretch(self):
        """Return as a sentence which part of the conversation it is.

        :rtype: str
        """
        self.ensure_one()
        first, last = self.first_message_id, self.last_message_id
        names = {
            "first": first._preview() if first else "",
            "last": last._preview() if last else "",
        }
        if first and last:
            return self.env._("From “%(first)s” to “%(last)s”.", **names)
        if first:
            return self.env._("From “%(first)s” on.", **names)
        if last:
            return self.env._("Until “%(last)s”.", **names)
        return self.env._("The whole chat.")

    def _document_anchor(self):
        document = self._document()
        return document._get_html_link(title=document.display_name)

    def _chat_anchor(self):
        conversation = self.conversation_id
        return Markup('<a href="#" data-oe-model="%s" data-oe-id="%s">%s</a>') % (
            conversation._name,
            conversation.id,
            conversation.name,
        )
