from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import CHANNEL_TYPE, MESSAGE_TYPE
from .wa_draft import Draft

_SIGNATURE = {"author_guest_id", "author_id", "email_from", "message_type"}


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

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `mail`, which shows whom it likes the message that another one quotes.

        It also lets employees sign with whatever name: in a chat that would be the customer's.

        :raise AccessError: for what pretends to have gone over WhatsApp, or quotes a closed chat
        """
        messages = super().create([self._wa_signed(vals) for vals in vals_list])
        messages._wa_check_quoted()
        # Browsers can put words into the context, but no draft: that one was checked.
        is_checked = isinstance(self.env.context.get("whatsapp_helpdesk_draft"), Draft)
        if not is_checked:
            messages._wa_check_not_sent()
        return messages

    def write(self, vals):
        """Override of `mail`: nobody rewrites what went over WhatsApp, not even its author.

        :raise AccessError: also for who moves a message into a chat, or quotes from a closed one
        """
        self._wa_check_not_sent()
        if not self.env.su and not _SIGNATURE.isdisjoint(vals) and any(map(_is_in_chat, self)):
            raise AccessError(self.env._("What went over WhatsApp cannot be changed."))
        result = super().write(vals)
        self._wa_check_not_sent()
        if "parent_id" in vals:
            self._wa_check_quoted()
        if not self.env.su and not vals.keys().isdisjoint(("model", "res_id")):
            self.check_access("create")
        return result

    @api.model
    def _wa_signed(self, vals):
        """Return the values of a new message; in a WhatsApp chat its author is who writes it."""
        author = self.env.user.partner_id
        if self.env.su or vals.get("author_id") == author.id:
            return vals
        place = self.new({name: vals[name] for name in ("model", "res_id") if name in vals})
        if not _is_in_chat(place):
            return vals
        return {k: v for k, v in vals.items() if k not in _SIGNATURE - {"message_type"}} | {
            "author_id": author.id
        }

    def _wa_check_not_sent(self):
        if not self.env.su and self.filtered(lambda message: message.message_type == MESSAGE_TYPE):
            raise AccessError(self.env._("What went over WhatsApp cannot be changed."))

    def _wa_check_quoted(self):
        if self.env.su:
            return
        # sudo: mail.message - taken away again: the question is what the user may read
        quoted = self.sudo().parent_id.sudo(False)
        quoted._wa_check_readable()

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """Override: core checks where a message is read, which exporting goes past.

        Anybody can point from a record of their own to any message, and export what it points to.
        """
        self._wa_check_readable()
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _wa_check_readable(self):
        if not self.env.su and self.filtered(lambda message: not message.wa_is_readable):
            raise AccessError(
                self.env._("This is a message of a WhatsApp chat that is not open to you.")
            )


def _is_in_chat(message):
    """Tell whether a `mail.message`, stored or not, is in a WhatsApp chat."""
    if message.model != "discuss.channel" or not message.res_id:
        return False
    # sudo: discuss.channel - only what kind of chat it is
    chat = message.env["discuss.channel"].sudo().browse(message.res_id)
    return chat.channel_type == CHANNEL_TYPE
