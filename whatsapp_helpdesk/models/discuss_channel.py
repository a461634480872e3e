from odoo import api, fields, models
from odoo.addons.mail.tools.discuss import Store
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import CHANNEL_TYPE


class DiscussChannel(models.Model):
    _name = "discuss.channel"
    _inherit = [
        "discuss.channel.access",
        "discuss.channel.members",
        "discuss.channel.posting",
        "discuss.channel",
    ]

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

    wa_is_readable = fields.Boolean(
        compute="_compute_wa_is_readable",
        search="_search_wa_is_readable",
        export_string_translation=False,
        help="Not a WhatsApp chat, or one that the current user may read.",
    )

    # === COMPUTE METHODS === #

    @api.depends("wa_conversation_ids.is_readable")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_is_readable(self):
        for channel in self:
            # sudo: discuss.channel - the facts of the decision
            chat = channel.sudo()
            conversation = chat.wa_conversation_id
            channel.wa_is_readable = chat.channel_type != CHANNEL_TYPE or bool(
                conversation and conversation.with_env(self.env).is_readable
            )

    def _search_wa_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        conversations = self.env["wa.conversation"]
        return Domain("channel_type", "!=", CHANNEL_TYPE) | Domain.custom(
            to_sql=lambda channels, alias, query: conversations._sql_chat_readable(
                SQL.identifier(alias, "id")
            )
        )

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

    def channel_fetched(self):
        """Override of `mail`, which reads all messages of the chat for each new one."""
        return super(
            DiscussChannel, self.filtered(lambda channel: not channel._is_wa())
        ).channel_fetched()

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
