from odoo import api, fields, models

from ..cloud_api.templates import slots

_SOURCE_FIELDS = ("source", "field_path", "static_value")


class WaTemplateVariable(models.Model):
    """Where the value of one slot of a template comes from.

    Slots are what the text asks for (see `cloud_api.templates.slots`), so rows are made and removed
    with the text; people choose the source.
    """

    _name = "wa.template.variable"
    _inherit = ["wa.template.variable.values"]
    _description = "WhatsApp Template Variable"
    _order = "sequence, id"
    _rec_name = "key"

    template_id = fields.Many2one("wa.template", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer()
    key = fields.Char(required=True, readonly=True, help="Such as body.1 or header.image.")
    kind = fields.Selection([(kind, kind) for kind in slots.SLOT_KINDS], readonly=True)
    label = fields.Char(readonly=True, help="Of the button.")
    sample = fields.Char("Example", help="Meta's reviewers read it.")
    source = fields.Selection(
        [
            ("field", "Field of the Record"),
            ("portal_link", "Portal Link"),
            ("report", "PDF of the Record"),
            ("user", "Field of the Sender"),
            ("static", "Always the Same"),
            ("free_text", "Asked when Sending"),
        ],
        required=True,
        default="free_text",
    )
    field_path = fields.Char("Field", help="Such as partner_id.name.")
    static_value = fields.Char("Value")

    title = fields.Char("Variable", compute="_compute_title")
    path_model = fields.Char(
        compute="_compute_path_model",
        export_string_translation=False,
        help="Model in which the field path begins.",
    )

    _key_unique = models.UniqueIndex("(template_id, key)", "This variable exists already.")

    # === COMPUTE METHODS === #

    @api.depends("key", "kind", "label")
    @api.depends_context("lang")
    def _compute_title(self):
        for variable in self:
            variable.title = variable._title()

    @api.depends("source", "template_id.model")
    def _compute_path_model(self):
        for variable in self:
            is_user = variable.source == "user"
            variable.path_model = "res.users" if is_user else variable.template_id.model

    # === BUSINESS METHODS === #

    def _title(self):
        """Return how people find the variable in the template."""
        self.ensure_one()
        if self.label:
            return self.env._("Button “%s”", self.label)
        component, _dot, name = (self.key or "").rpartition(".")
        part = component.replace("card.", "cards.").replace("button.", "buttons.")
        where = "" if part == "body" else self.env["wa.template"]._part_name(part)
        is_named = self.kind in ("text", "one_time_code")
        return " ".join(filter(None, (where, is_named and f"{{{{{name}}}}}")))

    def _source_values(self):
        """Return where the value comes from, for the same variable of another variant."""
        self.ensure_one()
        return {name: self[name] for name in _SOURCE_FIELDS}
