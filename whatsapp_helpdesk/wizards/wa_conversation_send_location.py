from odoo import api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import coordinates


class WaConversationSendLocation(models.TransientModel):
    """An agent sends a place: where the shop is, where a delivery waits."""

    _name = "wa.conversation.send.location"
    _inherit = ["wa.conversation.wizard"]
    _description = "Send a Location"

    position = fields.Char("Map Link or Coordinates")
    partner_id = fields.Many2one(
        "res.partner", "Address of", help="Fills in the name, the address and a known position."
    )
    name = fields.Char("Name of the Place", help="Shown above the map, e.g. Showroom Cairo.")
    address = fields.Char(help="Shown below the name.")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))

    @api.onchange("position")
    def _onchange_position(self):
        if found := coordinates.read_position(self.position or ""):
            self.latitude, self.longitude = found

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        partner = self.partner_id
        if not partner:
            return
        self.name = partner.name or partner.commercial_partner_id.name
        parts = (partner.street, partner.street2, partner.city, partner.country_id.name)
        self.address = ", ".join(part for part in parts if part)
        if partner.partner_latitude or partner.partner_longitude:
            self.latitude = partner.partner_latitude
            self.longitude = partner.partner_longitude

    def action_send(self):
        self.ensure_one()
        if not (self.latitude or self.longitude):
            raise UserError(
                self.env._("The position is missing: paste a map link, or type the coordinates.")
            )
        place = {
            "kind": "location",
            "latitude": self.latitude,
            "longitude": self.longitude,
            "name": self.name or "",
            "address": self.address or "",
            "url": "",
        }
        self._send_once(lambda: self.conversation_id._post_content(place))
        return {"type": "ir.actions.act_window_close"}
