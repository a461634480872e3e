from odoo import api, fields, models


class WaContact(models.Model):
    _inherit = "wa.contact"

    blocked_channel_ids = fields.Many2many(
        "wa.channel",
        "wa_contact_blocked_channel_rel",
        string="Blocked on",
        readonly=True,
        copy=False,
        help="WhatsApp blocks a customer for one number; others of yours can still be written to.",
    )
    is_blocked = fields.Boolean("Blocked", compute="_compute_is_blocked", store=True)

    @api.depends("blocked_channel_ids")
    def _compute_is_blocked(self):
        for contact in self:
            contact.is_blocked = bool(contact.blocked_channel_ids)

    def _set_blocked(self, wa_channel, is_blocked):
        """Note that Meta blocked these customers on a number, or let them in again.

        :param wa_channel: `wa.channel`
        :param bool is_blocked: which of the two
        """
        change = fields.Command.link if is_blocked else fields.Command.unlink
        # sudo: wa.contact - told by Meta, or the caller checked that the user may block
        contacts = self.sudo()
        contacts.write({"blocked_channel_ids": [change(wa_channel.id)]})
        contacts.conversation_ids.filtered(lambda c: c.wa_channel_id == wa_channel)._wa_changed()
