from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..cloud_api import formatting
from ..cloud_api.templates import languages, render
from .wa_template_content import CONTENT_PATHS


class WaTemplatePreview(models.AbstractModel):
    """A template as the customer will see it, with examples or with a record."""

    _name = "wa.template.preview"
    _description = "WhatsApp Template Preview"

    preview_id = fields.Many2oneReference(
        "Preview With",
        model_field="model",
        store=False,
        help="A record to fill in the variables from; without one, examples stand in.",
    )
    preview = fields.Json(
        compute="_compute_preview", export_string_translation=False, help="See `_preview`."
    )
    preview_problems = fields.Text(compute="_compute_preview", export_string_translation=False)

    @api.depends(
        *CONTENT_PATHS,
        "category",
        "header_sample_id",
        "language",
        "model",
        "preview_id",
        "variable_ids.field_path",
        "variable_ids.source",
        "variable_ids.static_value",
    )
    @api.depends_context("lang", "uid")
    def _compute_preview(self):
        for template in self:
            values, problems = template._preview_values()
            template.preview = template._preview(values)
            template.preview_problems = "\n".join(problems)

    def _preview_values(self):
        """Return the values of the chosen record, and what is wrong with them, in sentences."""
        self.ensure_one()
        if not (self.preview_id and self.model in self.env):
            return {}, []
        record = self.env[self.model].browse(self.preview_id).exists()
        try:
            record.check_access("read")
        except AccessError as refusal:
            return {}, [str(refusal)]
        texts = {
            variable.key: variable.sample or ""
            for variable in self.variable_ids
            if variable.source == "free_text"
        }
        return self._values_for(record, texts, self.header_sample_id)

    def _preview(self, values=None, file=None):
        """Return the template as the customer will see it.

        :param dict values: of `_values_for`; examples stand in for what is missing
        :param file: `ir.attachment` for the header; without one the example file is shown
        :return: ``direction`` (ltr or rtl), ``language``, ``header`` (``format``, ``text``,
            ``filename``, ``url``; or False), ``body`` (safe HTML), ``footer``, ``buttons``
            (``kind``, ``text``, ``target``), ``offer`` (``text``, ``code``, ``ends_at`` in
            milliseconds; or False) and ``cards``, each with ``header``, ``body`` and ``buttons``
        :rtype: dict
        """
        self.ensure_one()
        shown = render.render(self._to_template(), values or {}, with_samples=True)
        is_rtl = languages.is_right_to_left(self.language or "")
        return {
            "direction": "rtl" if is_rtl else "ltr",
            "language": (self.language or "").replace("_", "-"),
            **self._part_preview(shown, file or self.header_sample_id),
            "offer": self._offer_preview(shown),
            "cards": [self._part_preview(card, None) for card in shown.cards],
        }

    def _part_preview(self, part, file):
        return {
            "header": bool(part.header_format) and self._header_preview(part, file),
            "body": formatting.whatsapp_to_html(part.body),
            "footer": part.footer,
            "buttons": [
                {
                    "kind": button.kind,
                    "text": button.text or self._button_words(button.kind),
                    "target": button.target,
                }
                for button in part.buttons
            ],
        }

    def _header_preview(self, part, file):
        has_file = file and part.header_format in ("image", "video", "document")
        route = "image" if part.header_format == "image" else "content"
        is_text = part.header_format in ("text", "location")
        return {
            "format": part.header_format,
            "text": part.header if is_text else "",
            "filename": file.name if has_file else "",
            "url": f"/web/{route}/{file.id}" if has_file else "",
        }

    def _offer_preview(self, part):
        if not part.offer:
            return False
        ends_at = part.offer_ends_at
        return {
            "text": part.offer,
            "code": part.offer_code,
            "ends_at": ends_at and render.milliseconds(ends_at),
        }

    @api.model
    def _button_words(self, kind):
        """Return what stands on a button that WhatsApp words itself."""
        words = {
            "catalog": self.env._("View catalogue"),
            "copy_code": self.env._("Copy code"),
            "mpm": self.env._("View items"),
            "otp": self.env._("Copy code"),
            "voice_call": self.env._("Call on WhatsApp"),
        }
        return words.get(kind, "")
