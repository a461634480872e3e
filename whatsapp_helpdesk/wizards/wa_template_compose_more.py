from odoo import api, fields, models

from ..cloud_api import coordinates
from ..cloud_api.contents import Location


class WaTemplateComposeMore(models.AbstractModel):
    """What some templates ask for besides texts: a place, and when an offer ends."""

    _name = "wa.template.compose.more"
    _description = "WhatsApp Template to Send, Place and Offer"

    asks_place = fields.Boolean(compute="_compute_asks_more")
    position = fields.Char("Map Link or Coordinates")
    place_name = fields.Char("Name of the Place")
    place_address = fields.Char("Address")
    asks_end = fields.Boolean(compute="_compute_asks_more")
    offer_ends_at = fields.Datetime("Offer Ends")

    # === COMPUTE METHODS === #

    @api.depends("variant_id")
    def _compute_asks_more(self):
        for wizard in self:
            kinds = wizard.variant_id._origin._typed_variables().mapped("kind")
            wizard.asks_place = "location" in kinds
            wizard.asks_end = "expiration" in kinds

    # === BUSINESS METHODS === #

    def _typed_values(self):
        """Return the place and the end of the offer, by the keys of their variables."""
        given = {"location": self._place(), "expiration": self.offer_ends_at}
        variables = self.variant_id._origin._typed_variables()
        return {v.key: given[v.kind] for v in variables if given[v.kind]}

    def _place(self):
        """Return the place, None as long as nobody has said where it is."""
        found = coordinates.read_position(self.position or "")
        if not found:
            return None
        return Location(*found, self.place_name or "", self.place_address or "")
