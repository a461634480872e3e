from odoo import fields, models


class WaConnectNumber(models.TransientModel):
    """A number that Meta lists, to be connected or not."""

    _name = "wa.connect.number"
    _description = "Number to Connect"

    connect_id = fields.Many2one(
        "wa.connect", "Dialog", required=True, ondelete="cascade", export_string_translation=False
    )
    company_id = fields.Many2one(related="connect_id.company_id")
    is_chosen = fields.Boolean("Connect")
    phone_number_uid = fields.Char("Phone Number ID", required=True, readonly=True)
    display_phone_number = fields.Char("Phone Number", readonly=True)
    verified_name = fields.Char("Name in WhatsApp", readonly=True)
    hint = fields.Char("Note", readonly=True)
    team_id = fields.Many2one(
        "wa.team", domain="[('company_id', '=', company_id)]", help="Who answers this number."
    )
    wa_channel_id = fields.Many2one("wa.channel", readonly=True)

    def _save(self, account):
        """Create or change the number in Odoo."""
        self.ensure_one()
        # sudo: wa.channel - only system administrators may open this form
        channels = self.env["wa.channel"].sudo().with_context(active_test=False)
        channel = self.wa_channel_id.sudo() or channels.search(
            [
                ("account_id", "=", account.id),
                ("phone_number_uid", "=", self.phone_number_uid),
            ],
            limit=1,
        )
        values = {
            "active": True,
            "display_phone_number": self.display_phone_number,
            "team_id": self.team_id.id,
        }
        if channel:
            channel.write(values)
        else:
            channel = channels.create(
                values
                | {
                    "account_id": account.id,
                    "name": self.verified_name or self.display_phone_number,
                    "phone_number_uid": self.phone_number_uid,
                }
            )
        self.wa_channel_id = channel
