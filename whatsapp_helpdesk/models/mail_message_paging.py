from odoo import models
from odoo.fields import Domain


class MailMessagePaging(models.AbstractModel):
    """Pages of a WhatsApp chat: by the time of the messages, whenever they arrived."""

    _name = "mail.message.paging"
    _description = "Pages of WhatsApp Chats"

    def _message_fetch(
        self,
        domain,
        *,
        thread=None,
        search_term=None,
        is_notification=None,
        before=None,
        after=None,
        around=None,
        limit=30,
    ):
        """Override of `mail`: pages of a WhatsApp chat follow the time, not the order of arrival.

        Else a history that is imported after the first live messages would stand above them on
        the first page, and late messages on a page of their own.
        """
        if not self._wa_pages_by_time(thread) or search_term or is_notification is not None:
            return super()._message_fetch(
                domain,
                thread=thread,
                search_term=search_term,
                is_notification=is_notification,
                before=before,
                after=after,
                around=around,
                limit=limit,
            )
        domain = (
            Domain(True if domain is None else domain)
            & Domain("res_id", "=", thread.id)
            & Domain("model", "=", thread._name)
            & Domain("message_type", "!=", "user_notification")
        )
        if around is not None:
            anchor = self._wa_anchor(domain, around)
            older = self._wa_page(domain & self._wa_side("<", anchor, same=True), limit // 2)
            newer = self._wa_page(domain & self._wa_side(">", anchor), limit // 2, newest=False)
            return {"messages": newer + older}
        if after:
            side = self._wa_side(">", self._wa_anchor(domain, after))
            return {"messages": self._wa_page(domain & side, limit, newest=False)}
        if before:
            domain &= self._wa_side("<", self._wa_anchor(domain, before))
        return {"messages": self._wa_page(domain, limit)}

    def _wa_pages_by_time(self, thread):
        return bool(thread) and thread._name == "discuss.channel" and thread._is_wa()

    def _wa_page(self, domain, limit, newest=True):
        """Return the messages at one end of what the domain finds, newest first.

        :param bool newest: which end
        """
        if newest:
            return self.search(domain, limit=limit, order="date DESC, id DESC")
        return self.search(domain, limit=limit, order="date ASC, id ASC")[::-1]

    def _wa_anchor(self, domain, message_id):
        """Return the message, or else the latest of those that arrived before this id.

        Browsers also ask for what is around the line between read and unread messages, an id that
        no message needs to have.
        """
        message = self.search(domain & Domain("id", "=", message_id))
        return message or self._wa_page(domain & Domain("id", "<", message_id), 1)

    def _wa_side(self, operator, anchor, same=False):
        """Return the domain of what lies before (``<``) or after (``>``) a message.

        :param anchor: the message; if there is none, everything lies after it
        :param bool same: whether the message itself belongs to it
        """
        if not anchor:
            return Domain(operator == ">")
        side = Domain("date", operator, anchor.date) | (
            Domain("date", "=", anchor.date) & Domain("id", operator, anchor.id)
        )
        return side | Domain("id", "=", anchor.id) if same else side
