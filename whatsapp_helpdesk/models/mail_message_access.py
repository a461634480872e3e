from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class MailMessageAccess(models.AbstractModel):
    """Messages of WhatsApp chats are for those who may read the chat, and nobody else.

    Core also opens a message to its author and to whom it names: to the customer with a portal
    account who wrote it, and to the agent who left the team.
    """

    _name = "mail.message.access"
    _description = "Access to Messages of WhatsApp Chats"

    wa_is_readable = fields.Boolean(
        compute="_compute_wa_is_readable",
        search="_search_wa_is_readable",
        export_string_translation=False,
        help="Not in a WhatsApp chat, or in one that the current user may read.",
    )

    @api.depends("model", "res_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_is_readable(self):
        in_chats = self.filtered(lambda message: message.model == "discuss.channel")
        chats = self.env["discuss.channel"].browse(in_chats.mapped("res_id")).exists()
        closed = set(chats.filtered(lambda chat: not chat.wa_is_readable).ids)
        for message in self:
            message.wa_is_readable = message not in in_chats or message.res_id not in closed

    def _search_wa_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(to_sql=self._sql_wa_is_readable)

    @api.model
    def _sql_wa_is_readable(self, messages, alias, query):
        chat = SQL.identifier(alias, "res_id")
        return SQL(
            """(
                %(model)s IS DISTINCT FROM 'discuss.channel'
                OR NOT EXISTS (SELECT FROM wa_conversation WHERE discuss_channel_id = %(chat)s)
                OR %(readable)s
            )""",
            model=SQL.identifier(alias, "model"),
            chat=chat,
            readable=self.env["wa.conversation"]._sql_chat_readable(chat),
        )
