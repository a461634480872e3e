import base64

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

from ..cloud_api.media_kinds import kind_for


class WaTemplateFilling(models.AbstractModel):
    """Filling in a template for one record, the file above the text included.

    An *upload* is the `ir.attachment` that the sender chose for the header, stored or not; empty if
    none was chosen.
    """

    _name = "wa.template.filling"
    _description = "WhatsApp Template, Filling In"

    # === BUSINESS METHODS === #

    def _fill_in(self, record, texts, upload):
        """Return the values for a record, and all that is wrong with them, in sentences.

        Nothing is printed or stored: a file that will be made stands for itself by its name.

        :param record: may be None
        :param dict texts: by the keys of variables that are asked for
        :rtype: tuple[dict, list[str]]
        """
        self.ensure_one()
        if self.model and (record is None or record._name != self.model):
            kind = self.env["ir.model"]._get(self.model).display_name
            return {}, [self.env._("Choose what it is about: %(kind)s.", kind=kind)]
        title = self._file_title(record, upload)
        stand_in = title and self.env["ir.attachment"].new({"name": title})
        values, problems = self._values_for(record, texts, stand_in)
        return values, problems + self._problems_of_file(record, upload)

    def _send_in(self, conversation, record, texts, upload):
        """Fill in this template, and send it in a conversation with the rights of the user.

        :return: the `mail.message`
        :raise AccessError: if the user may not answer
        :raise UserError: says what is in the way
        """
        conversation._check_can_send_template(self)
        values, file = self._prepare_for(conversation, record, texts, upload)
        return conversation._send_template_about(record, self, values, file)

    def _prepare_for(self, conversation, record, texts, upload):
        """Return the values, and the file above the text, made for the chat of a conversation.

        :rtype: tuple[dict, ir.attachment]
        :raise UserError: says what is wrong with them
        """
        _values, problems = self._fill_in(record, texts, upload)
        if problems:
            raise UserError("\n".join(problems))
        file = self._header_file(conversation, record, upload)
        values, problems = self._values_for(record, texts, file)
        if problems:
            raise UserError("\n".join(problems))
        return values, file

    # === THE FILE ABOVE THE TEXT === #

    def _asks_file(self, record):
        """Tell whether the sender has to choose a file."""
        variable = self._file_variable()
        if not variable or variable.source == "report":
            return False
        return not self._own_file(variable, record)

    def _file_title(self, record, upload):
        """Return what the file will be called, '' if the template has none."""
        variable = self._file_variable()
        if not variable:
            return ""
        if variable.source == "report" and record is not None:
            return f"{record.display_name}.pdf"
        file = upload or self._own_file(variable, record)
        return (file and file.name) or variable.kind

    def _problems_of_file(self, record, upload):
        variable = self._file_variable()
        if not variable:
            return []
        if variable.source == "report":
            return self._problems_of_report(record)
        if file := upload or self._own_file(variable, record):
            return self._problems_of_kind(variable, file)
        kinds = dict(self._fields["header_format"]._description_selection(self.env))
        return [self.env._("Choose the file: %(kind)s.", kind=kinds.get(variable.kind, ""))]

    def _problems_of_kind(self, variable, file):
        """Say that a file is no picture or video, or too large; documents may be anything."""
        content = file.raw
        if variable.kind == "document" or not content:
            return []
        if kind_for(guess_mimetype(content), len(content)) == variable.kind:
            return []
        return [
            self.env._(
                "“%(file)s” cannot stand above the text: WhatsApp takes JPEG and PNG pictures up "
                "to 5 MB, and MP4 videos up to 16 MB.",
                file=file.name,
            )
        ]

    def _problems_of_report(self, record):
        conversations = self.env["wa.conversation"]
        if record is None or record._name not in conversations._sendable_reports():
            return [self.env._("There is no PDF of this kind of document.")]
        if not conversations._can_print():
            return [
                self.env._(
                    "This server has no program that makes PDFs (wkhtmltopdf). Ask your "
                    "administrator to install it."
                )
            ]
        return []

    def _own_file(self, variable, record):
        """Return the file that the template or the record has for the header, if any.

        :return: `ir.attachment`, stored or not, or None
        """
        if variable.source == "static":
            sample = self.header_sample_id
            return sample if sample and sample.has_access("read") else None
        if variable.source != "field" or record is None:
            return None
        return self._file_of_field(record, variable.field_path or "")

    def _file_of_field(self, record, path):
        """Return a picture or file of the record, as far as the user may read it."""
        # sudo: taken away: who sends sees what is sent
        owner = record.sudo(False)
        *way, name = path.split(".")
        try:
            for step in way:
                if step not in owner._fields or not owner._fields[step].relational:
                    return None
                owner._check_field_access(owner._fields[step], "read")
                owner.check_access("read")
                owner = owner[step][:1]
            field = owner._fields.get(name)
            if not owner or field is None or field.type != "binary":
                return None
            owner._check_field_access(field, "read")
            owner.check_access("read")
        except AccessError:
            return None
        content = owner.with_context(bin_size=False)[name]
        if not content:
            return None
        return self.env["ir.attachment"].new(
            {"name": owner.display_name, "raw": base64.b64decode(content)}
        )

    def _header_file(self, conversation, record, upload):
        """Return the file above the text as one of the chat's, empty if the template has none.

        :return: `ir.attachment`
        :raise UserError: if this server cannot print
        """
        variable = self._file_variable()
        if not variable:
            return self.env["ir.attachment"]
        if variable.source == "report":
            return conversation._print_into_chat(record)
        file = upload or self._own_file(variable, record)
        # sudo: ir.attachment - the user may send in this chat; who reads the chat reads the file
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": file.name or variable.kind,
                    "raw": file.raw,
                    "res_model": "discuss.channel",
                    "res_id": conversation.discuss_channel_id.id,
                }
            )
            .sudo(False)
        )
