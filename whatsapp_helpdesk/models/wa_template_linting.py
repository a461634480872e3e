import dataclasses

from odoo import api, fields, models
from odoo.tools.translate import get_translation

from ..cloud_api.templates import finding_texts, lint, model
from .wa_template_content import CONTENT_PATHS


class WaTemplateLinting(models.AbstractModel):
    """What Meta would object to, found before the template is submitted."""

    _name = "wa.template.linting"
    _description = "WhatsApp Template Findings"

    findings = fields.Json(
        compute="_compute_findings", export_string_translation=False, help="See `_findings`."
    )

    @api.depends(
        *CONTENT_PATHS,
        "category",
        "header_sample",
        "header_sample_id",
        "language",
        "name",
    )
    @api.depends_context("lang")
    def _compute_findings(self):
        for template in self:
            template.findings = template._findings()

    def _findings(self):
        """Return what Meta would object to, in the user's language.

        :return: dicts with ``level`` (error: Meta refuses it; warning: it may), ``part`` (of the
            template, '' for all of it), ``text`` (what is wrong), ``why`` and ``advice``
        :rtype: list[dict]
        """
        self.ensure_one()
        return [self._describe_finding(finding) for finding in lint.lint(self._with_example_file())]

    def _with_example_file(self):
        """Return the template as if the example file were uploaded already."""
        template = self._to_template()
        if not (self.header_sample or self.header_sample_id):
            return template
        parts = tuple(
            dataclasses.replace(part, media_sample="file")
            if isinstance(part, model.Header)
            else part
            for part in template.components
        )
        return dataclasses.replace(template, components=parts)

    def _describe_finding(self, finding):
        words = finding_texts.explain(finding, self._translate_text, self._describe_fact)
        return {
            "level": finding.severity,
            "part": self._part_name(finding.part),
            "text": words.what,
            "why": words.why,
            "advice": words.advice,
        }

    @api.model
    def _translate_text(self, text):
        """Return a text of `cloud_api`, which knows no languages, in the user's language."""
        return get_translation("whatsapp_helpdesk", self.env.lang or "en_US", text, ())

    def _describe_fact(self, name, value):
        """Return what people call a fact of a finding."""
        kinds = dict(
            self.env["wa.template.button"]._fields["kind"]._description_selection(self.env)
        )
        formats = dict(self._fields["header_format"]._description_selection(self.env))
        if name == "part":
            return f"“{self._part_name(value)}”"
        if name == "kind":
            return kinds.get(value, value)
        return formats.get(value, value) if name == "format" else value

    @api.model
    def _part_name(self, part):
        """Return what people call a part of a template.

        :param str part: see `cloud_api.templates.finding.Finding`
        """
        name, _dot, rest = part.partition(".")
        if name == "cards" and rest:
            number, _dot, inner = rest.partition(".")
            card = self.env._("Card %s", int(number) + 1)
            return f"{card}: {self._part_name(inner)}" if inner else card
        if name == "buttons" and rest:
            return self.env._("Button %s", int(rest) + 1)
        names = {
            "body": self.env._("Text"),
            "buttons": self.env._("Buttons"),
            "cards": self.env._("Cards"),
            "category": self.env._("Category"),
            "footer": self.env._("Footer"),
            "header": self.env._("Header"),
            "language": self.env._("Language"),
            "name": self.env._("Name"),
            "offer": self.env._("Offer"),
            "ttl": self.env._("Validity"),
        }
        return names.get(name, part)
