import dataclasses

from odoo import api, fields, models

from ..cloud_api.templates import model, slots


class WaTemplateButton(models.Model):
    """A button of a template."""

    _name = "wa.template.button"
    _description = "WhatsApp Template Button"
    _order = "sequence, id"
    _rec_name = "text"

    template_id = fields.Many2one("wa.template", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("quick_reply", "Quick Reply"),
            ("url", "Link"),
            ("phone_number", "Call a Number"),
            ("voice_call", "Call on WhatsApp"),
            ("copy_code", "Copy a Code"),
            ("flow", "Form (Flow)"),
            ("otp", "One-Time Code"),
            ("catalog", "Catalogue"),
            ("mpm", "Products"),
            ("other", "Other"),
        ],
        required=True,
        default="quick_reply",
    )
    text = fields.Char("Label")
    url = fields.Char(
        "Address", help="Ends with a variable, such as {{1}}, if it is a dynamic one."
    )
    sample = fields.Char("Example", help="Of the whole address, or of the code.")
    phone_number = fields.Char()
    flow_uid = fields.Char("Form ID")
    action_id = fields.Many2one(
        "ir.actions.server",
        "When Tapped",
        ondelete="set null",
        groups="base.group_system,whatsapp_helpdesk.group_manager",
        help="Runs on the document that the message was about when the customer taps the button, "
        "once. It runs with the rights of the first who may change the document: its responsible, "
        "who sent the message, who has the chat. So a customer's tap can do what one of them could "
        "do by hand, and nothing else. If it fails, the chat says why and somebody gets an "
        "activity.",
    )
    details = fields.Json(help="What Meta has of it besides; not edited here.")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_action(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override: see `_check_action`."""
        self._check_action(vals)
        return super().write(vals)

    @api.model
    def _check_action(self, vals):
        """Raise if the user chooses an action without being allowed to see such actions.

        Customers start it, so it must be somebody's who may set up what runs in this database.

        :raise AccessError:
        """
        if vals.get("action_id"):
            self.env["ir.actions.server"].browse(vals["action_id"]).check_access("read")

    # === BUSINESS METHODS === #

    def _to_button(self):
        """Return the button as `cloud_api` knows it."""
        self.ensure_one()
        details = dict(self.details or {})
        return model.Button(
            kind=details.pop("kind", self.kind) if self.kind == "other" else self.kind,
            text=self.text or "",
            url=self.url or "",
            sample=self.sample or "",
            phone_number=self.phone_number or "",
            flow_uid=self.flow_uid or "",
            flow_action=details.pop("flow_action", ""),
            flow_screen=details.pop("flow_screen", ""),
            otp_type=details.pop("otp_type", ""),
            extra=details.get("extra", {}),
        )

    @api.model
    def _button_values(self, button, index):
        """Return the values of a row for a button of Meta's.

        :param cloud_api.templates.model.Button button: as it was read
        :param int index: its place, from 0
        """
        kinds = dict(self._fields["kind"].selection)
        shown = {"kind", "text", "url", "sample", "phone_number", "flow_uid"}
        details = {
            name: value
            for name, value in dataclasses.asdict(button).items()
            if name not in shown and value
        }
        is_known = button.kind in kinds
        return {
            "sequence": index,
            "kind": button.kind if is_known else "other",
            "text": button.text,
            "url": button.url,
            "sample": button.sample,
            "phone_number": button.phone_number,
            "flow_uid": button.flow_uid,
            "details": details if is_known else details | {"kind": button.kind},
        }

    def _is_dynamic(self):
        """Tell whether the address has a variable."""
        self.ensure_one()
        return self.kind == "url" and bool(slots.variable(self.url or ""))
