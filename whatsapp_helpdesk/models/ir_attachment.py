from odoo import api, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """Override: a file of a WhatsApp chat is named to who may read the chat.

        Odoo names what a record points to without asking, and anybody can point to a file.
        """
        result = super()._compute_display_name()
        # sudo: ir.attachment - only which of them are files of chats
        files = self.sudo().filtered(lambda file: file.res_model == "discuss.channel")
        chats = self.env["discuss.channel"].browse(set(files.mapped("res_id"))).exists()
        closed = chats._wa_closed_to_user()
        for file in files.with_env(self.env):
            if file.res_id in closed:
                file.display_name = False
        return result
