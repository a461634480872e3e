from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..const import MESSAGE_TYPE

_PAGE = 30


class WaConversationLinkStretch(models.AbstractModel):
    """What a document shows of a linked conversation: the messages of the stretch, without notes.

    Who may read the conversation sees it there. So does the responsible of the document, who reads
    the stretch and nothing else if the team opens no more: the only way to messages of a chat that
    the user may not read, which is why it is not part of Discuss.
    """

    _name = "wa.conversation.link.stretch"
    _description = "Stretch of a Linked WhatsApp Conversation"

    def _may_see_stretch(self):
        """Tell whether the current user may see the messages of this stretch.

        :rtype: bool
        """
        self.ensure_one()
        # sudo: wa.conversation.link - the facts of the decision
        link = self.sudo()
        user = self.env.user
        if link.conversation_id.sudo(False).with_env(self.env)._filter_access("read"):
            return True
        if not user._is_internal() or link.company_id not in self.sudo(False).env.companies:
            return False
        document = link._document()
        return (
            link._is_open_to_responsible()
            and document.user_id == user
            and document.with_user(user).has_access("read")
        )

    def _is_open_to_responsible(self):
        """Tell whether the team shows what is said here to the responsible of the document."""
        # sudo: wa.team - its setting
        team = self.sudo().conversation_id.team_id
        return team.document_access in ("stretch", "conversation")

    def get_stretch(self, before=None, limit=_PAGE):
        """Return a page of the stretch for a panel, newest messages last.

        :param int|None before: id of the `mail.message` that the page ends before
        :param int limit: most messages of the page
        :return: ``messages`` (dicts of id, date in UTC, author, is_inbound, state, body as HTML,
            preview, files), ``has_more``, ``is_reader`` (may open the chat), ``thread_id`` and
            ``name``
        :rtype: dict
        :raise AccessError: if the user may not see it
        """
        self.ensure_one()
        if not self._may_see_stretch():
            raise AccessError(self.env._("This part of the conversation is not open to you."))
        # sudo: wa.conversation.link - checked above; only the stretch is read
        return self.sudo()._stretch_page(before, limit)

    def _stretch_page(self, before, limit):
        """Return a page of the stretch; the caller checked that the user may see it."""
        conversation = self.conversation_id
        domain = self._stretch_domain()
        # sudo: mail.message - of the stretch only
        if before:
            anchor = self.env["mail.message"].sudo().browse(before)
            domain &= Domain("date", "<", anchor.date) | (
                Domain("date", "=", anchor.date) & Domain("id", "<", anchor.id)
            )
        page = (
            self.env["mail.message"]
            .sudo()
            .search(domain, order="date desc, id desc", limit=limit + 1)
        )
        return {
            "has_more": len(page) > limit,
            "is_reader": bool(conversation.sudo(False)._filter_access("read")),
            "messages": [self._stretch_message(message) for message in page[:limit][::-1]],
            "name": conversation.name,
            "thread_id": conversation.discuss_channel_id.id,
        }

    def _panel_source(self):
        """Return where a panel gets the messages of this stretch, and how it is called.

        :return: ``link_id``, ``conversation_id``, ``name``, ``number``, ``state`` and, for readers
            of the chat, ``thread_id``
        :rtype: dict
        """
        # sudo: wa.conversation - as in `get_stretch`
        conversation = self.sudo().conversation_id
        is_reader = conversation.sudo(False).with_env(self.env)._filter_access("read")
        return {
            "conversation_id": conversation.id,
            "link_id": self.id,
            "name": conversation.name,
            "number": conversation.wa_channel_id.name,
            "state": conversation.state,
            "thread_id": bool(is_reader) and conversation.discuss_channel_id.id,
        }

    def _stretch_domain(self):
        """Return the domain of the `mail.message` of the stretch."""
        domain = (
            Domain("model", "=", "discuss.channel")
            & Domain("res_id", "=", self.conversation_id.discuss_channel_id.id)
            & Domain("message_type", "=", MESSAGE_TYPE)
        )
        if self.first_message_id:
            domain &= self._beside(">", self.first_message_id.mail_message_id)
        if self.last_message_id:
            domain &= self._beside("<", self.last_message_id.mail_message_id)
        return domain

    @api.model
    def _beside(self, operator, message):
        """Return the domain of the messages on one side of a message, and of itself."""
        return Domain("date", operator, message.date) | (
            Domain("date", "=", message.date) & Domain("id", f"{operator}=", message.id)
        )

    def _stretch_message(self, message):
        current = message._wa_current()
        return {
            "id": message.id,
            "author": message.author_id.name or message.email_from or "",
            "body": message.body,
            "date": message.date,
            "files": [
                {
                    "id": file.id,
                    "name": file.name,
                    "mimetype": file.mimetype,
                    "url": self._stretch_file_url(file),
                }
                for file in message.attachment_ids
            ],
            "is_inbound": current.direction == "inbound",
            "preview": current._preview() if current else "",
            "state": current.state,
        }

    def _stretch_file_url(self, file):
        if not self.id:
            # the whole chat, whose files its readers may read
            return f"/web/content/{file.id}"
        return f"/whatsapp_helpdesk/stretch/{self.id}/file/{file.id}"

    def _stretch_file(self, attachment_id):
        """Return a file of the stretch, empty if it is not one or not for the current user.

        :param int attachment_id: `ir.attachment`
        """
        self.ensure_one()
        if not self.exists() or not self._may_see_stretch():
            return self.env["ir.attachment"]
        # sudo: mail.message - as in `get_stretch`
        messages = self.env["mail.message"].sudo()
        holds_it = Domain("attachment_ids", "in", [attachment_id])
        message = messages.search(self.sudo()._stretch_domain() & holds_it, limit=1)
        return message.attachment_ids.filtered(lambda file: file.id == attachment_id)

    @api.model
    def _tell_panels(self, conversations):
        """Let the panels that show stretches of these conversations ask for what is new."""
        # sudo: wa.conversation.link - the bus channels decide who hears of it
        for link in self.sudo().search([("conversation_id", "in", conversations.ids)]):
            link._bus_send("whatsapp_helpdesk/stretch_changed", {"link_id": link.id})
