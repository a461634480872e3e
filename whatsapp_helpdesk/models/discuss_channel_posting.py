from markupsafe import Markup, escape

from odoo import Command, api, models
from odoo.exceptions import UserError

from ..cloud_api import formatting
from ..const import MESSAGE_TYPE
from .wa_draft import Draft


class DiscussChannelPosting(models.AbstractModel):
    """Posting in a chat: what goes to the customer is checked and queued, notes stay inside."""

    _name = "discuss.channel.posting"
    _description = "Posting in WhatsApp Chats"

    def message_post(self, *, message_type="notification", **kwargs):
        """Override of `mail`: a comment goes to the customer, a note never does.

        The server decides by type and subtype, whatever the browser thinks. The context may carry
        ``whatsapp_sticker`` (webp pictures leave as stickers) and ``whatsapp_content`` (a place or
        contact cards in the shape of `cloud_api.stored_content`, sent instead of the body).

        :raise AccessError: if the current user may not answer
        :raise UserError: if WhatsApp would not take the message
        """
        if not self._is_wa() or not self._wa_is_for_customer(message_type, kwargs):
            return super().message_post(message_type=message_type, **kwargs)
        # sudo: wa.conversation - taken away: routes post with it, the question is what the user may
        conversation = self.wa_conversation_id.sudo(False)
        draft = self.env.context.get("whatsapp_helpdesk_prepared")
        # Browsers can put words into the context, but no draft: that one was checked.
        if not isinstance(draft, Draft):
            conversation._check_can_send()
            draft = self._wa_draft(kwargs)
        kwargs.pop("subtype_id", None)
        kwargs["subtype_xmlid"] = "mail.mt_comment"
        # Agents see what the customer sees, markup that they typed included.
        kwargs["body"] = Markup(formatting.whatsapp_to_html(draft.text))  # noqa: S704 - made safe
        kwargs["attachment_ids"] = draft.attachments.ids
        chat = self.with_context(
            whatsapp_helpdesk_draft=draft, whatsapp_helpdesk_busy=not conversation._try_lock()
        )
        message = super(DiscussChannelPosting, chat).message_post(
            message_type=MESSAGE_TYPE, **kwargs
        )
        draft.tell_author()
        self.env["wa.message"]._wake_sender()
        return message.with_context(whatsapp_helpdesk_draft=None, whatsapp_helpdesk_busy=None)

    def write(self, vals):
        """Override: while others write in the chat too, its time is noted after the commit.

        See `wa.message._register_waiting`.
        """
        if self.env.context.get("whatsapp_helpdesk_busy") and vals.keys() == {"last_interest_dt"}:
            return True
        return super().write(vals)

    def _wa_is_for_customer(self, message_type, kwargs):
        if message_type == MESSAGE_TYPE:
            return True
        if message_type != "comment":
            return False
        comment = "mail.mt_comment"
        subtype_id = kwargs.get("subtype_id")
        return kwargs.get("subtype_xmlid") == comment or (
            bool(subtype_id) and subtype_id == self.env["ir.model.data"]._xmlid_to_res_id(comment)
        )

    def _wa_draft(self, kwargs):
        """Return the messages that a post becomes, checked before anything is stored.

        :param dict kwargs: of `message_post`
        :rtype: Draft
        :raise UserError: names the limit of WhatsApp that would be broken
        """
        context = self.env.context
        if content := context.get("whatsapp_content"):
            return Draft.of_content(self.env, content)
        text = formatting.html_to_whatsapp(
            str(escape(kwargs.get("body") or "")), break_markers=False
        )
        return Draft.of_post(
            text,
            self.env["ir.attachment"].browse(self._wa_attachment_ids(kwargs)),
            is_sticker=bool(context.get("whatsapp_sticker")),
        )

    @api.model
    def _wa_attachment_ids(self, kwargs):
        if kwargs.get("attachments"):
            raise UserError(self.env._("Attach files to the chat first."))
        ids = []
        for item in kwargs.get("attachment_ids") or []:
            if isinstance(item, (list, tuple)):
                command = item[0]
                ids.extend(item[2] if command == Command.SET else [item[1]])
            else:
                ids.append(item)
        return ids

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: queue the message before the browsers hear of it."""
        draft = self.env.context.get("whatsapp_helpdesk_draft")
        if message.message_type == MESSAGE_TYPE and draft is not None:
            self._wa_queue(message, draft)
        return super()._message_post_after_hook(message, msg_vals)

    def _wa_queue(self, message, draft):
        """Put the messages into the outbox, in the order in which they leave."""
        # sudo: wa.conversation, wa.message - message_post checked that the user may answer
        conversation = self.sudo().wa_conversation_id
        values = conversation._prepare_outbound_values() | {"mail_message_id": message.id}
        is_busy = bool(self.env.context.get("whatsapp_helpdesk_busy"))
        # A quote above each of several messages would only repeat itself.
        first = {"reply_to_id": self._wa_quoted(message).id, "registers_later": is_busy}
        vals_list = [
            values | part | (first if number == 0 else {})
            for number, part in enumerate(draft.parts)
        ]
        # sudo: wa.message - as above
        queued = self.env["wa.message"].sudo().create(vals_list)
        if not is_busy:
            conversation._register_outbound(queued[:1])

    def _wa_quoted(self, message):
        # sudo: wa.message - only one of this chat, which the user may read
        quoted = self.env["wa.message"].sudo()
        if not message.parent_id:
            return quoted
        return quoted.search(
            [
                ("mail_message_id", "=", message.parent_id.id),
                ("conversation_id", "=", self.wa_conversation_id.id),
                ("wamid", "!=", False),
            ],
            limit=1,
        )
