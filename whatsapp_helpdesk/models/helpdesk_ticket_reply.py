from odoo import api, models
from odoo.exceptions import UserError

_COMMENT = "mail.mt_comment"
_LASTING_CONTEXT = ("allowed_company_ids", "lang", "tz", "uid")


class HelpdeskTicketReply(models.AbstractModel):
    """Answers that are written on the ticket and go to the customer by WhatsApp."""

    _name = "helpdesk.ticket.reply"
    _description = "Answering from a Ticket by WhatsApp"

    # === BUSINESS METHODS === #

    def message_post(self, *, wa_send=False, **kwargs):
        """Override of `mail`: with ``wa_send`` a comment goes to the customer by WhatsApp too.

        It is in the chat and on the ticket; the customer gets no mail of it. Notes never leave,
        whatever is asked for.

        :param bool wa_send: send it; mails that come in and programs do not ask for that
        :raise AccessError: if the current user may not answer in the chat
        :raise UserError: if there is no chat, or WhatsApp would not take it
        """
        if not wa_send or not self._wa_is_comment(kwargs):
            return super().message_post(**kwargs)
        self.ensure_one()
        # sudo: helpdesk.ticket - taken away: routes post with it, the question is what the user may
        conversation = self.sudo(False)._wa_reply_chat()
        sent = self._wa_send_reply(conversation, kwargs)
        customers = self.partner_id | conversation.partner_id
        ticket = self.with_context(whatsapp_helpdesk_served=customers.ids)
        message = super(HelpdeskTicketReply, ticket).message_post(**kwargs)
        message = message.with_context(whatsapp_helpdesk_served=None)
        # sudo: mail.message - a fact about the message that was just posted
        message.sudo().wa_copy_id = sent
        return message

    @api.model
    def _get_allowed_message_params(self):
        """Override of `mail`: the composer may ask for WhatsApp; what that needs is checked."""
        return super()._get_allowed_message_params() | {"wa_send"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Override of `mail`: who got the answer by WhatsApp gets no mail of it."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        served = self.env.context.get("whatsapp_helpdesk_served")
        if not served:
            return recipients
        # sudo: res.partner - only addresses are compared
        partners = self.env["res.partner"].sudo().browse(served)
        emails = {*partners.mapped("email_normalized")} - {False}
        return [
            person
            for person in recipients
            if person["id"] not in served and person["email_normalized"] not in emails
        ]

    def get_wa_reply(self):
        """Return for the composer whether an answer can go out by WhatsApp.

        :return: ``can_send``, ``is_default`` (the ticket came from WhatsApp) and ``reason``, a
            sentence if it cannot, empty if nobody would expect it
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        channel = self.env.ref(
            "whatsapp_helpdesk.helpdesk_ticket_channel_whatsapp", raise_if_not_found=False
        )
        is_from_whatsapp = bool(channel) and self.channel_id == channel
        reason = ""
        try:
            self._wa_reply_chat()._check_window_open()
        except UserError as error:
            # sudo: wa.conversation.link - whether there is one, so that the reason makes sense
            is_linked = bool(self.sudo().wa_link_ids)
            reason = str(error) if is_from_whatsapp or is_linked else ""
            return {"can_send": False, "is_default": False, "reason": reason}
        return {"can_send": True, "is_default": is_from_whatsapp, "reason": reason}

    def _wa_reply_chat(self):
        """Return the conversation in which the current user answers the customer of this ticket.

        :raise UserError: if there is none
        """
        chat = self._wa_answerable()[:1]
        if not chat:
            raise UserError(
                self.env._(
                    "There is no WhatsApp chat with %(customer)s in which you may answer.",
                    customer=self.partner_id.display_name or self.display_name,
                )
            )
        return chat

    def _wa_is_comment(self, kwargs):
        if kwargs.get("message_type") != "comment":
            return False
        subtype_id = kwargs.get("subtype_id")
        return kwargs.get("subtype_xmlid") == _COMMENT or (
            bool(subtype_id) and subtype_id == self.env["ir.model.data"]._xmlid_to_res_id(_COMMENT)
        )

    def _wa_send_reply(self, conversation, kwargs):
        """Post the answer in the chat, which checks and queues it.

        :return: the `mail.message` in the chat
        """
        conversation._check_can_send()
        # What the composer or a route put into the context is about the post on the ticket.
        context = {k: v for k, v in self.env.context.items() if k in _LASTING_CONTEXT}
        chat = conversation.with_env(self.env(context=context)).discuss_channel_id
        # sudo: ir.attachment - taken away: the author sends only files that are open to them
        files = self.env["ir.attachment"].sudo(False).browse(chat._wa_attachment_ids(kwargs))
        copies = [conversation._copy_into_chat(file).id for file in files]
        sent = chat.message_post(
            body=kwargs.get("body") or "",
            attachment_ids=copies,
            message_type="comment",
            subtype_xmlid=_COMMENT,
        )
        # sudo: wa.message - what the message that was just posted is about
        sent.sudo().wa_message_ids.write({"source_model": self._name, "source_id": self.id})
        return sent
