from odoo import fields, models


class WaConversationSendLocation(models.TransientModel):
    """An agent sends a place: a customer finds the shop, or a driver the customer."""

    _name = "wa.conversation.send.location"
    _description = "Send a Location"

    conversation_id = fields.Many2one("wa.conversation", required=True, readonly=True)
    name = fields.Char("Name of the Place", help="Shown above the map, e.g. Showroom Cairo.")
    address = fields.Char(help="Shown below the name.")
    latitude = fields.Float(digits=(10, 7), required=True)
    longitude = fields.Float(digits=(10, 7), required=True)

    def action_send(self):
        self.ensure_one()
        self.conversation_id._post_content(
            {
                "kind": "location",
                "latitude": self.latitude,
                "longitude": self.longitude,
                "name": self.name or "",
                "address": self.address or "",
                "url": "",
            }
        )
        return {"type": "ir.actions.act_window_close"}
