import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ..cloud_api.media_kinds import kind_for
from ..cloud_api.templates import slots
from ..cloud_api.templates.model import MEDIA_HEADERS

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
    takes_file = fields.Boolean(compute="_compute_takes_file")
    file = fields.Binary(copy=True, help="Picture or video of a card: the same for all customers.")
    file_name = fields.Char()

    title = fields.Char("Variable", compute="_compute_title")
    path_model = fields.Char(
        compute="_compute_path_model",
        export_string_translation=False,
        help="Model in which the field path begins.",
    )

    _key_unique = models.UniqueIndex("(template_id, key)", "This variable exists already.")

    # === COMPUTE METHODS === #

    @api.depends("key", "kind")
    def _compute_takes_file(self):
        for variable in self:
            variable.takes_file = variable.kind in MEDIA_HEADERS and variable._card_number() >= 0

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

    # === CONSTRAINT METHODS === #

    @api.constrains("file", "kind")
    def _check_file(self):
        for variable in self.filtered("file"):
            content = base64.b64decode(variable.with_context(bin_size=False).file)
            if kind_for(guess_mimetype(content), len(content)) != variable.kind:
                raise ValidationError(
                    self.env._(
                        "“%(file)s” cannot stand on a card: WhatsApp takes JPEG and PNG pictures "
                        "up to 5 MB, and MP4 videos up to 16 MB.",
                        file=variable.file_name or variable.key,
                    )
                )

    # === BUSINESS METHODS === #

    def _card_number(self):
        """Return the number of the carousel's card that it is on, from 0; -1 outside of cards."""
        self.ensure_one()
        parts = (self.key or "").split(".")
        return int(parts[1]) if parts[0] == "card" else -1

    def _file(self):
        """Return the `ir.attachment` of the card's file.

        :rtype: ir.attachment
        """
        self.ensure_one()
        # sudo: ir.attachment - files of fields are found by nobody else; who may send the template
        # sends its files
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )

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
