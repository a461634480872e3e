from odoo import fields, models

from ..cloud_api.templates import send, stored


class WaMessageTemplate(models.AbstractModel):
    """Messages made from templates, and the document that a message is about."""

    _name = "wa.message.template"
    _description = "WhatsApp Message from a Template"

    template_id = fields.Many2one(
        "wa.template", readonly=True, ondelete="set null", index="btree_not_null"
    )
    template_values = fields.Json(readonly=True, help="See `cloud_api.templates.stored`.")
    source_model = fields.Char(readonly=True, help="Model of the document that it is about.")
    source_id = fields.Many2oneReference(
        "Document", model_field="source_model", readonly=True, index="btree_not_null"
    )

    def _prepare_template_values(self):
        """Return the values that a repetition of this message has in common with it."""
        self.ensure_one()
        return {
            "template_id": self.template_id.id,
            "template_values": self.template_values,
            "source_model": self.source_model,
            "source_id": self.source_id,
        }

    def _template_payload(self, recipient, options):
        """Return Meta's JSON of a template with its values.

        :raise TemplateValueError: if WhatsApp would not take it
        """
        template = self.template_id._to_template()
        values = stored.stored_values(template, self.template_values)
        lacking = self._lacking_card_files()
        for key, value in values.items():
            if isinstance(value, stored.MediaFile):
                # ids are put in when the files are with Meta, those of cards too
                uid = "" if key in lacking else self.media_uid or "uploading"
                values[key] = stored.MediaFile(uid, value.filename)
        return send.template_message(
            recipient, template, values, callback_data=options["callback_data"]
        )

    def _lacking_card_files(self):
        """Return the keys of cards whose file was taken away since the message was written."""
        variables = self.template_id.variable_ids
        return {variable.key for variable in variables if variable.takes_file and not variable.file}

    def _prepare_card_uploads(self):
        """Return the files of the carousel's cards, which belong to the template.

        :rtype: dict[int, Upload]
        """
        variables = self.template_id.variable_ids.filtered(lambda v: v.takes_file and v.file)
        return {
            variable._card_number(): self._upload_of(variable._file(), name=variable.file_name)
            for variable in variables
        }

    def _source(self):
        """Return the document that this message is about, empty if there is none any more."""
        self.ensure_one()
        if not self.source_id or self.source_model not in self.env:
            return None
        return self.env[self.source_model].browse(self.source_id).exists()
