import dataclasses

from odoo import Command, fields, models

from ..cloud_api.templates import model, read, slots, write

_CONTENT_FIELDS = (
    "body",
    "button_ids",
    "category",
    "components",
    "footer",
    "header_format",
    "header_text",
)

# All that the content is made of, for fields that are computed from it
CONTENT_PATHS = (
    "body",
    "button_ids",
    "button_ids.flow_uid",
    "button_ids.kind",
    "button_ids.phone_number",
    "button_ids.sample",
    "button_ids.sequence",
    "button_ids.text",
    "button_ids.url",
    "components",
    "footer",
    "header_format",
    "header_text",
    "parameter_format",
    "variable_ids",
    "variable_ids.sample",
)

# What customers never see: it is set by whoever sends
_NOT_ASKED = ("payload", "flow_token")


class WaTemplateContent(models.AbstractModel):
    """What customers see of a template: columns for what people edit here, JSON for the rest.

    `components` is what Meta has, or will have once it is submitted. Parts that are not edited here
    (carousels, offers, what Meta adds later) are kept in it untouched.
    """

    _name = "wa.template.content"
    _description = "WhatsApp Template Content"

    parameter_format = fields.Selection(
        [("positional", "Numbers: {{1}}"), ("named", "Names: {{first_name}}")],
        required=True,
        default="named",
    )
    header_format = fields.Selection(
        [
            ("text", "Text"),
            ("image", "Image"),
            ("video", "Video"),
            ("document", "Document"),
            ("location", "Location"),
        ],
        help="What stands above the text; empty: nothing.",
    )
    header_text = fields.Char()
    header_sample_id = fields.Many2one(
        "ir.attachment", "Example File", copy=False, help="Meta's reviewers look at it."
    )
    body = fields.Text(help="In WhatsApp's markup, with variables.")
    footer = fields.Char()
    button_ids = fields.One2many("wa.template.button", "template_id", copy=True)
    components = fields.Json(copy=True, help="As Meta has it.")

    def _content_fields(self):
        """Return the names of the fields that make up what customers see."""
        return set(_CONTENT_FIELDS)

    # === TO META === #

    def _to_template(self):
        """Return this variant as `cloud_api` knows templates.

        :rtype: cloud_api.templates.model.Template
        """
        self.ensure_one()
        kept = self._kept()
        edited = dict(self._edited_parts(kept))
        parts = [edited.pop(type(part), part) for part in kept.components]
        for kind, part in edited.items():
            parts.insert(_place(parts, kind), part)
        return model.Template(
            name=self.name or "",
            language=self.language or "",
            category=self.category or "",
            components=tuple(filter(None, parts)),
            parameter_format=self.parameter_format,
            uid=self.uid or "",
            status=self.status,
            quality=self.quality or "unknown",
            rejected_reason=self.rejected_reason or "",
        )

    def _kept(self):
        return read.template({"components": self.components or []})

    def _edited_parts(self, kept):
        """Yield the kinds of parts that are edited here, each with the part; None removes it."""
        samples = {variable.key: variable.sample or "" for variable in self.variable_ids}

        def samples_of(component):
            prefix = f"{component}."
            return {
                key.removeprefix(prefix): sample
                for key, sample in samples.items()
                if key.startswith(prefix)
            }

        header = kept.header or model.Header("")
        yield (
            model.Header,
            self.header_format
            and dataclasses.replace(
                header,
                format=self.header_format,
                text=self.header_text or "",
                samples=samples_of("header") if self.header_format == "text" else {},
            ),
        )
        body = kept.body or model.Body()
        yield (
            model.Body,
            dataclasses.replace(body, text=self.body or "", samples=samples_of("body")),
        )
        footer = kept.footer or model.Footer()
        has_footer = self.footer or footer.code_expiration_minutes
        yield model.Footer, has_footer and dataclasses.replace(footer, text=self.footer or "")
        buttons = tuple(button._to_button() for button in self.button_ids.sorted())
        yield model.Buttons, buttons and model.Buttons(buttons)

    # === FROM META === #

    def _content_values(self, template):
        """Return the values of these columns for a template of Meta's.

        :param cloud_api.templates.model.Template template: as it was read
        """
        header = template.header
        known = dict(self._fields["header_format"].selection)
        return {
            "body": template.body.text if template.body else "",
            "button_ids": self._button_commands(template.buttons),
            "components": write.components_json(template),
            "footer": template.footer.text if template.footer else "",
            "header_format": header.format if header and header.format in known else False,
            "header_text": header.text if header else "",
            "parameter_format": template.parameter_format,
        }

    def _button_commands(self, buttons):
        """Return the commands that make the rows fit Meta's buttons.

        A button that keeps its words keeps its row, and with it what it does when it is tapped.

        :param buttons: of `cloud_api.templates.model.Template`
        """
        rows, commands = list(self.button_ids), []
        for index, button in enumerate(buttons):
            values = self.env["wa.template.button"]._button_values(button, index)
            same = [r for r in rows if (r.kind, r.text or "") == (values["kind"], values["text"])]
            if same:
                rows.remove(same[0])
                commands.append(Command.update(same[0].id, values))
            else:
                commands.append(Command.create(values))
        return [Command.delete(row.id) for row in rows] + commands

    # === VARIABLES === #

    def _match_variables(self):
        """Give each slot of the text a row, and keep what is known of those that were there."""
        for template in self:
            rows = list(template._variable_rows())
            kept = template.variable_ids.browse().union(*(row for row, _values in rows if row))
            gone = template.variable_ids - kept
            template.variable_ids = [Command.delete(row.id) for row in gone] + [
                Command.update(row.id, values) if row else Command.create(values)
                for row, values in rows
            ]

    def _variable_rows(self):
        """Yield the row of each slot of the text, None for a new one, with the values to write."""
        self.ensure_one()
        rows = {variable.key: variable for variable in self.variable_ids}
        known = self._known_variables()
        samples = {slot.key: slot.sample for slot in slots.slots(self._kept())}
        wanted = [slot for slot in slots.slots(self._to_template()) if slot.kind not in _NOT_ASKED]
        for sequence, slot in enumerate(wanted):
            facts = {"kind": slot.kind, "label": slot.label, "sequence": sequence}
            if row := rows.get(slot.key):
                yield row, facts
                continue
            sample = {"key": slot.key, "sample": samples.get(slot.key)}
            yield None, sample | facts | known.get(slot.key, {})

    def _known_variables(self):
        """Return how variables were filled in before or are in other variants, by key."""
        self.ensure_one()
        others = self.search(
            [
                ("account_id", "=", self.account_id.id),
                ("name", "=", self.name),
                ("id", "!=", self._origin.id),
                ("model_id", "=", self.model_id.id),
            ]
        )
        known = {variable.key: variable._source_values() for variable in others.variable_ids}
        # Deleted and written again in the form
        for variable in self._origin.variable_ids:
            known[variable.key] = variable._source_values() | {"sample": variable.sample}
        return known


_ORDER = (model.Header, model.Offer, model.Body, model.Footer, model.Buttons, model.Carousel)


def _place(parts, kind):
    """Return where a new part goes: before the first that customers see later."""
    later = _ORDER[_ORDER.index(kind) + 1 :]
    found = (index for index, part in enumerate(parts) if isinstance(part, later))
    return next(found, len(parts))
