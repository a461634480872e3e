from odoo import api, models

from ..const import CHANNEL_TYPE


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """Override: a file of a WhatsApp chat is named to who may read the chat.

        Odoo names what a record points to without asking, and anybody can point to a file.
        """
        super()._compute_display_name()
        if self.env.user._is_superuser():
            return
        # sudo: ir.attachment, discuss.channel - only which files are in which WhatsApp chats
        in_chats = self.sudo().filtered(lambda file: file.res_model == "discuss.channel")
        chats = self.env["discuss.channel"].sudo().browse(set(in_chats.mapped("res_id"))).exists()
        chats = chats.filtered(lambda chat: chat.channel_type == CHANNEL_TYPE)
        closed = set((chats - chats._wa_open_to_user()).ids)
        for file in in_chats.with_env(self.env):
            if file.res_id in closed:
                file.display_name = False
