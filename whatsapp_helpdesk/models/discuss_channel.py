from markupsafe import Markup, escape

from odoo import Command, api, fields, models
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import UserError

from ..cloud_api import errors, formatting, limits
from ..const import CHANNEL_TYPE, MESSAGE_TYPE


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    channel_type = fields.Selection(
        selection_add=[(CHANNEL_TYPE, "WhatsApp Conversation")],
        ondelete={CHANNEL_TYPE: lambda channels: channels._wa_uninstall()},
    )
    wa_conversation_ids = fields.One2many(
        "wa.conversation", "discuss_channel_id", "WhatsApp Conversations"
    )
    wa_conversation_id = fields.Many2one(
        "wa.conversation",
        "WhatsApp Conversation",
        compute="_compute_wa_conversation_id",
        compute_sudo=True,
    )

    # === COMPUTE METHODS === #

    @api.depends("wa_conversation_ids")
    def _compute_wa_conversation_id(self):
        for channel in self:
            channel.wa_conversation_id = channel.wa_conversation_ids[:1]

    def _wa_uninstall(self):
        """Leave nothing that core does not know when the addon is uninstalled."""
        self.wa_conversation_ids.unlink()
        self.unlink()

    def _is_wa(self):
        self.ensure_one()
        return self.channel_type == CHANNEL_TYPE

    # === MEMBERS === #

    def _wa_replace_member(self, former, new):
        """Make ``new`` a member instead of ``former``; partners, both may be empty.

        Members are those who have the conversation: it stays in their sidebar and they are
        notified. Everybody else who may read it gets it from the team.
        """
        self.ensure_one()
        # sudo: discuss.channel.member - the assignment was checked, membership follows from it
        channel = self.sudo()
        leaving = channel.channel_member_ids.filtered(
            lambda member: member.partner_id and member.partner_id == former
        )
        if leaving:
            gone = Store.Many("channel_member_ids", [], mode="DELETE", value=leaving)
            Store(bus_channel=channel).add(channel, [gone]).bus_send()
            leaving.unlink()
        if new and new not in channel.channel_member_ids.partner_id:
            values = {
                "channel_id": channel.id,
                "partner_id": new.id,
                "new_message_separator": (channel._wa_last_message_id() or 0) + 1,
            }
            # sudo: discuss.channel.member - as above
            self.env["discuss.channel.member"].sudo().create([values])
            channel._broadcast(new.ids)

    def _wa_last_message_id(self):
        domain = [("model", "=", self._name), ("res_id", "=", self.id)]
        return self.env["mail.message"].search(domain, order="id desc", limit=1).id

    def _find_or_create_member_for_self(self):
        """Override of `mail`: looking at a chat, or typing in it, makes nobody a member."""
        if not self._is_wa():
            return super()._find_or_create_member_for_self()
        return self.env["discuss.channel.member"].search(
            [("channel_id", "=", self.id), ("is_self", "=", True)]
        )

    def channel_fetched(self):
        """Override of `mail`, which reads all messages of the chat for each new one."""
        return super(
            DiscussChannel, self.filtered(lambda channel: not channel._is_wa())
        ).channel_fetched()

    # === POSTING === #

    def message_post(self, *, message_type="notification", **kwargs):
        """Override of `mail`: a comment goes to the customer, a note never does.

        The server decides by type and subtype, whatever the browser thinks.

        :raise AccessError: if the current user may not answer
        :raise UserError: if WhatsApp would not take the message
        """
        if not self._is_wa() or not self._wa_is_for_customer(message_type, kwargs):
            return super().message_post(message_type=message_type, **kwargs)
        # sudo: wa.conversation - taken away: routes post with it, the question is what the user may
        conversation = self.wa_conversation_id.sudo(False)
        conversation._check_can_reply()
        conversation._check_window_open()
        text, attachments = self._wa_check_content(kwargs)
        kwargs.pop("subtype_id", None)
        kwargs["subtype_xmlid"] = "mail.mt_comment"
        # Agents see what the customer sees, markup that they typed included.
        kwargs["body"] = Markup(formatting.whatsapp_to_html(text))  # noqa: S704 - made safe there
        kwargs["attachment_ids"] = attachments.ids
        message = super(
            DiscussChannel, self.with_context(whatsapp_helpdesk_text=text)
        ).message_post(message_type=MESSAGE_TYPE, **kwargs)
        self.env["wa.message"]._wake_sender()
        return message.with_context(whatsapp_helpdesk_text=None)

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

    def _wa_check_content(self, kwargs):
        """Check the content against WhatsApp's limits before anything is stored.

        :param dict kwargs: of `message_post`
        :return: the text in WhatsApp's markup and the attachments
        :rtype: tuple[str, ir.attachment]
        :raise UserError: names the limit
        """
        attachments = self.env["ir.attachment"].browse(self._wa_attachment_ids(kwargs))
        text = formatting.html_to_whatsapp(
            str(escape(kwargs.get("body") or "")), break_markers=False
        )
        try:
            limit = ("CAPTION", limits.CAPTION) if attachments else ("TEXT", limits.TEXT_BODY)
            limits.check_text(text, *limit)
            for attachment in attachments:
                limits.check_media("image", attachment.mimetype or "", attachment.file_size)
        except errors.InvalidRequest as error:
            raise UserError(error.message) from error
        if not text.strip() and not attachments:
            raise UserError(self.env._("The message is empty: write something."))
        return text, attachments

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
        text = self.env.context.get("whatsapp_helpdesk_text")
        if message.message_type == MESSAGE_TYPE and text is not None:
            self._wa_queue(message, text)
        return super()._message_post_after_hook(message, msg_vals)

    def _wa_queue(self, message, text):
        """Put the message into the outbox: the text, or one WhatsApp message per picture."""
        # sudo: wa.conversation, wa.message - message_post checked that the user may answer
        conversation = self.sudo().wa_conversation_id
        values = {
            "conversation_id": conversation.id,
            "wa_channel_id": conversation.wa_channel_id.id,
            "mail_message_id": message.id,
            "direction": "outbound",
            "state": "queued",
            "message_type": "text",
            "body": text,
            "sent_at": fields.Datetime.now(),
            "author_user_id": self.env.uid,
            "reply_to_id": self._wa_quoted(message).id,
        }
        vals_list = [values]
        if message.attachment_ids:
            vals_list = [
                values
                | {
                    "message_type": "image",
                    "body": "" if number else text,
                    "attachment_id": attachment.id,
                }
                for number, attachment in enumerate(message.attachment_ids.sorted("id"))
            ]
        # sudo: wa.message - as above
        queued = self.env["wa.message"].sudo().create(vals_list)
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

    # === CLIENT DATA === #

    def _to_store_defaults(self, target):
        """Override of `mail`: the chat brings its conversation along."""
        return [
            *super()._to_store_defaults(target),
            Store.One("wa_conversation_id", predicate=lambda channel: channel._is_wa()),
        ]

    def _wa_send_new_messages(self, messages):
        """Tell the browsers of inbound messages that were created in a batch.

        What core's `_notify_thread` does for one message, without the e-mail and follower look-ups
        that make two thirds of its cost.

        :param messages: new `mail.message` of these chats
        """
        for message in messages:
            channel = self.browse(message.res_id)
            # A quote needs the message that it answers, for which core has the list of fields.
            spec = None if message.parent_id else message._wa_new_fields(channel)
            data = Store(bus_channel=channel).add(message, spec).get_result()
            channel._bus_send("discuss.channel/new_message", {"data": data, "id": channel.id})

    def _wa_unpin(self):
        """Take closed chats out of the sidebars of those who had them."""
        # sudo: discuss.channel.member - a closed case is nobody's work any more
        self.sudo().channel_member_ids.write({"unpin_dt": fields.Datetime.now()})
        for channel in self:
            Store(bus_channel=channel).add(channel, {"close_chat_window": True}).bus_send()
