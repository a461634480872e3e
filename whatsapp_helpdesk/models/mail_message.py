from odoo import fields, models
from odoo.addons.mail.tools.discuss import Store

from ..const import MESSAGE_TYPE


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = [
        "mail.message.access",
        "mail.message.paging",
        "wa.export.recording",
        "mail.message",
    ]

    message_type = fields.Selection(
        selection_add=[(MESSAGE_TYPE, "WhatsApp")],
        ondelete={MESSAGE_TYPE: lambda messages: messages.write({"message_type": "comment"})},
    )
    wa_message_ids = fields.One2many(
        "wa.message",
        "mail_message_id",
        "WhatsApp Messages",
        groups="whatsapp_helpdesk.group_agent",
    )
    wa_copy_id = fields.Many2one(
        "mail.message",
        "In the Chat",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="How this answer on a ticket went to the customer by WhatsApp.",
    )

    def _exported_conversations(self):
        in_chats = self.filtered(lambda message: message.model == "discuss.channel")
        chats = self.env["discuss.channel"].browse(in_chats.mapped("res_id"))
        return chats.exists().wa_conversation_ids

    def _to_store_defaults(self, target):
        """Override of `mail`: what went over WhatsApp shows its kind and its fate."""
        return [
            *super()._to_store_defaults(target),
            *self._wa_store_fields(),
            Store.Attr(
                "wa_copy_state",
                lambda message: message._wa_copy_state(),
                predicate=lambda message: message.model == "helpdesk.ticket",
            ),
        ]

    def _wa_store_fields(self):
        """Return the field specifications of these messages' WhatsApp side.

        Messages of other kinds cost nothing.
        """

        current = {}

        def current_of(message):
            if message not in current:
                current[message] = message._wa_current()
            return current[message]

        def attr(name, value):
            return Store.Attr(
                name,
                lambda message: value(current_of(message)),
                predicate=lambda message: message.message_type == MESSAGE_TYPE,
            )

        return [
            attr("wa_content", lambda m: m._content_data()),
            attr("wa_direction", lambda m: m.direction),
            attr("wa_edited", lambda m: bool(m.edited_at)),
            attr("wa_error", lambda m: m._error_data()),
            attr("wa_forwarded", lambda m: m.forwarded),
            attr("wa_media_error", lambda m: m._ordered_file()._describe_error()),
            attr("wa_media_state", lambda m: m._ordered_file().state),
            attr("wa_message_id", lambda m: m.id),
            attr("wa_notice", lambda m: bool(m.notice)),
            attr("wa_origin", lambda m: m.origin),
            attr("wa_parts", lambda m: m._parts_data()),
            attr("wa_referral", lambda m: m.referral or False),
            attr("wa_revoked", lambda m: bool(m.revoked_at)),
            attr("wa_state", lambda m: m.state),
            attr("wa_type", lambda m: m.message_type),
        ]

    def _wa_new_fields(self, channel):
        """Return what browsers need of an inbound message that was created just now.

        Core's list also asks for what such a message cannot have (reactions, mentions, link
        previews, notifications), which makes two thirds of the cost of a message.

        :param channel: `discuss.channel` of the message
        """
        return [
            # sudo: res.partner - who may see the chat may see whose it is
            Store.One(
                "author_id",
                ["avatar_128", "is_company", "name", Store.One("main_user_id", "share")],
                sudo=True,
            ),
            "body",
            "create_date",
            "date",
            # the name of a customer whom nobody has chosen yet
            Store.Attr("email_from", predicate=lambda message: not message.author_id),
            "message_type",
            "model",
            "res_id",
            # sudo: mail.message.subtype - as core does for a readable message
            Store.One("subtype_id", ["description"], sudo=True),
            Store.Attr("thread", Store.One(channel, [], as_thread=True)),
            "write_date",
            *self._wa_store_fields(),
        ]

    def _wa_current(self):
        """Return the WhatsApp message that speaks for this one, see `wa.message._most_urgent`."""
        self.ensure_one()
        # sudo: wa.message - who may read the chat message may know what became of it
        return self.sudo().wa_message_ids._most_urgent()

    def _wa_copy_state(self):
        """Return what became of an answer on a ticket that went out by WhatsApp, else False."""
        self.ensure_one()
        # sudo: mail.message - who may read the answer may know whether it left
        copy = self.sudo().wa_copy_id
        return copy._wa_current().state if copy else False

    def _wa_broadcast_files(self):
        """Show files that arrived after their message."""
        for message in self:
            store = Store(bus_channel=self.env["discuss.channel"].browse(message.res_id))
            store.add(message, [message._wa_store_files()]).bus_send()

    def _wa_store_files(self):
        """Return the field specification of files, for browsers that know nothing of them yet."""
        # sudo: ir.attachment - files of a message that the bus channel may see
        return Store.Many("attachment_ids", sort="id", sudo=True)

    def _message_reaction(self, content, action, partner, guest, store=None):
        """Override of `mail`: a reaction in a WhatsApp chat goes to the customer.

        :raise AccessError: if the user may not answer
        :raise UserError: if WhatsApp would not take it
        """
        # sudo: wa.message - `_react` checks what the user may
        target = self.sudo().wa_message_ids._first_sent()
        if self.message_type != MESSAGE_TYPE or not target:
            return super()._message_reaction(content, action, partner, guest, store)
        # sudo: wa.conversation - taken away: the question is what the user may
        conversation = target.conversation_id.sudo(False)
        is_ours = self.reaction_ids.filtered(
            lambda reaction: reaction.content == content and reaction.partner_id.user_ids
        )
        if action == "add":
            conversation._react(target, content)
        elif is_ours:
            conversation._react(target, "")
        if store:
            self._reaction_group_to_store(store, content)
        return None
