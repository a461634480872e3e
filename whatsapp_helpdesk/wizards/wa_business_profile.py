import base64

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from ..cloud_api import profile
from ..cloud_api.profile import BusinessProfile

_TEXTS = ("about", "address", "description", "email", "vertical")


class WaBusinessProfile(models.TransientModel):
    """What customers see of a number in WhatsApp: read from Meta when opened, saved to Meta.

    Nothing of it is kept here, so that it cannot differ from what customers see.
    """

    _name = "wa.business.profile"
    _description = "WhatsApp Business Profile"

    wa_channel_id = fields.Many2one("wa.channel", "Number", required=True, readonly=True)
    display_phone_number = fields.Char(
        related="wa_channel_id.display_phone_number", related_sudo=False
    )
    verified_name = fields.Char(related="wa_channel_id.verified_name", related_sudo=False)
    about = fields.Char(size=profile.ABOUT, help="One line under the name.")
    description = fields.Text(size=profile.DESCRIPTION)
    opening_hours = fields.Text(
        help="WhatsApp has no field for them that Odoo can write; they can stand in the "
        "description."
    )
    address = fields.Char(size=profile.ADDRESS)
    email = fields.Char(size=profile.EMAIL)
    website = fields.Char(size=profile.WEBSITE)
    second_website = fields.Char(size=profile.WEBSITE)
    vertical = fields.Selection("_selection_vertical", "Kind of Business")
    picture_url = fields.Char(readonly=True)
    picture = fields.Binary("New Picture", help="Square, JPEG or PNG, at least 192 pixels.")

    @api.model
    def _selection_vertical(self):
        names = {
            "OTHER": self.env._("Other"),
            "AUTO": self.env._("Cars"),
            "BEAUTY": self.env._("Beauty and Spa"),
            "APPAREL": self.env._("Clothing"),
            "EDU": self.env._("Education"),
            "ENTERTAIN": self.env._("Entertainment"),
            "EVENT_PLAN": self.env._("Event Planning"),
            "FINANCE": self.env._("Finance"),
            "GROCERY": self.env._("Grocery"),
            "GOVT": self.env._("Public Service"),
            "HOTEL": self.env._("Hotel"),
            "HEALTH": self.env._("Health"),
            "NONPROFIT": self.env._("Non-Profit"),
            "PROF_SERVICES": self.env._("Professional Services"),
            "RETAIL": self.env._("Retail"),
            "TRAVEL": self.env._("Travel"),
            "RESTAURANT": self.env._("Restaurant"),
            "ALCOHOL": self.env._("Alcohol"),
            "ONLINE_GAMBLING": self.env._("Online Gambling"),
            "PHYSICAL_GAMBLING": self.env._("Gambling"),
            "OTC_DRUGS": self.env._("Medicines Without Prescription"),
        }
        return [(word, names.get(word, word)) for word in profile.VERTICALS]

    # === ACTION METHODS === #

    def action_save(self):
        """Change the profile at Meta.

        :raise UserError: names the limit that was broken, or gives Meta's reason
        """
        self.ensure_one()
        self.wa_channel_id.check_access("write")
        self.wa_channel_id.account_id._ask_meta(self._save)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Customers see the new profile within some minutes."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_write_hours(self):
        """Put the opening hours at the end of the description."""
        self.ensure_one()
        parts = (self.description, self.opening_hours)
        self.description = "\n".join(part.strip() for part in parts if part and part.strip())
        self.opening_hours = False
        return self.wa_channel_id._profile_action(self)

    # === BUSINESS METHODS === #

    def _save(self, client):
        uid, values = self.wa_channel_id.phone_number_uid, self._prepare_profile()
        values.as_json()  # its limits, before a picture is uploaded
        handle = ""
        if self.picture:
            content = base64.b64decode(self.picture)
            app_uid = self.wa_channel_id.account_id.app_uid or ""
            handle = client.upload_picture(app_uid, content, guess_mimetype(content))
        client.set_business_profile(uid, values, handle)

    def _prepare_profile(self):
        texts = {name: self[name] or "" for name in _TEXTS}
        websites = tuple(filter(None, (self.website, self.second_website)))
        return BusinessProfile(**texts, websites=websites)


class WaChannel(models.Model):
    _inherit = "wa.channel"

    def action_open_profile(self):
        """Ask Meta for the profile and open it."""
        self.ensure_one()
        self.check_access("write")
        found = self.account_id._ask_meta(
            lambda client: client.business_profile(self.phone_number_uid)
        )
        websites = [*found.websites, "", ""]
        form = self.env["wa.business.profile"].create(
            {name: getattr(found, name) or False for name in _TEXTS}
            | {
                "wa_channel_id": self.id,
                "vertical": found.vertical if found.vertical in profile.VERTICALS else False,
                "website": websites[0],
                "second_website": websites[1],
                "picture_url": found.picture_url,
            }
        )
        return self._profile_action(form)

    def _profile_action(self, form):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_business_profile_action"
        )
        return action | {"res_id": form.id}
