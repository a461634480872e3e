from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    wa_mail_message_id = fields.Many2one(
        "mail.message",
        "WhatsApp Message",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
        help="The message that did not arrive. When it does, the activity is done by itself.",
    )
