import base64

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..access import REPLY


class WaTemplateComposeFilling(models.AbstractModel):
    """What a template that is being composed would say, and what keeps it from being sent."""

    _name = "wa.template.compose.filling"
    _description = "Filling in a WhatsApp Template"

    # === BUSINESS METHODS === #

    def _records(self):
        """Return the records that the dialog was opened for; empty for a chat.

        :raise UserError: if their kind has no customers to write to
        """
        self.ensure_one()
        if not self.res_model:
            return self.env["res.partner"]
        model = self.env.get(self.res_model)
        if model is None or model._transient or not hasattr(model, "_mail_get_partners"):
            raise UserError(self.env._("WhatsApp templates cannot be sent from here."))
        # sudo: taken away: the question is what the user may
        return model.sudo(False).browse(self.res_ids or [])

    def _record(self):
        """Return the record that fills in the template, empty if there is none to read."""
        record = self.document if self.conversation_id else self._records()[:1]
        if not record or not record.exists() or not record.has_access("read"):
            return None
        return record

    def _conversation(self):
        """Return the conversation that it goes to, stored or not yet; empty if there is none."""
        if self.conversation_id:
            return self.conversation_id._filter_access(REPLY)
        for conversation in self._prospects():
            if conversation.wa_channel_id == self.wa_channel_id:
                return conversation
        return self.env["wa.conversation"]

    def _prospects(self):
        """Return the conversations in which the user may write; see `wa.conversation`."""
        record = self._record()
        return [] if record is None else self.env["wa.conversation"]._prospects(record)

    def _fill_in(self, record, file=None):
        """Return the values for a record, and what is wrong with them.

        :param record: or None
        :param file: `ir.attachment` of the header; without one any file stands for it
        """
        texts = {line.key: line.text or "" for line in self.line_ids}
        variable = self.variant_id._file_variable()
        if variable and not file:
            file = self.env["ir.attachment"].new({"name": self._file_title(variable, record)})
        return self.variant_id._values_for(record, texts, file)

    def _find_problems(self):
        """Return what keeps the template from being sent, in sentences.

        :rtype: list[str]
        """
        self.ensure_one()
        conversation = self._conversation()
        if not conversation:
            return [self._why_nobody()]
        if not self.variant_id:
            return [self.env._("Choose a template.")]
        try:
            conversation._check_can_send_template(self.variant_id)
            if not conversation.contact_id:
                conversation._number_of(conversation.partner_id)
        except UserError as error:
            return [str(error)]
        record = self._record()
        model = self.variant_id.model
        if model and (record is None or record._name != model):
            kind = self.env["ir.model"]._get(model).display_name
            return [self.env._("Choose what it is about: %(kind)s.", kind=kind)]
        strangers = self._problem_of_stranger(conversation, record)
        _values, problems = self._fill_in(record)
        return strangers + problems + self._problems_of_file(record)

    def _why_nobody(self):
        """Say why there is no conversation to send in."""
        record = self._record()
        if record is None or not self.env["wa.template"]._customer_of(record):
            return self.env._("There is no customer to write to.")
        return self.env._(
            "You may not write to %(customer)s from any number: ask for a role in a WhatsApp "
            "team, or let a colleague send it.",
            customer=self.env["wa.template"]._customer_of(record).display_name,
        )

    def _problem_of_stranger(self, conversation, record):
        """Say that a document is somebody else's: its customer must not become known here."""
        if not self.conversation_id or record is None:
            return []
        customer = self.env["wa.template"]._customer_of(record).commercial_partner_id
        if record in self._linked_documents() or (
            customer and customer == conversation.partner_id.commercial_partner_id
        ):
            return []
        return [
            self.env._(
                "%(document)s is not %(customer)s's: choose another document, or link it to "
                "this chat first.",
                document=record.display_name,
                customer=conversation.name,
            )
        ]

    def _linked_documents(self):
        """Return the documents that the chat is about and the user may read, newest link first."""
        documents = []
        # sudo: wa.conversation.link - taken away from the documents, which must be readable
        for link in self.conversation_id.sudo().link_ids.sorted("id", reverse=True):
            document = link._document().sudo(False).with_env(self.env)
            if document.has_access("read"):
                documents.append(document)
        return documents

    # === THE FILE ABOVE THE TEXT === #

    def _problems_of_file(self, record):
        variable = self.variant_id._file_variable()
        if not variable:
            return []
        if variable.source == "report":
            return self._problems_of_report(record)
        if self.file or (variable.source != "free_text" and self._own_file(variable, record)):
            return []
        kinds = dict(self.variant_id._fields["header_format"]._description_selection(self.env))
        return [self.env._("Choose the file: %(kind)s.", kind=kinds.get(variable.kind, ""))]

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

    def _file_title(self, variable, record):
        """Return what the file will be called, before there is one."""
        if variable.source == "report" and record is not None:
            return f"{record.display_name}.pdf"
        if self.file:
            return self.file_name or variable.kind
        own = variable.source != "free_text" and self._own_file(variable, record)
        return own.name if own else variable.kind

    def _own_file(self, variable, record):
        """Return the file that a template or a record has for its header, if any.

        :return: `ir.attachment` or None
        """
        if variable.source == "static":
            sample = variable.template_id.header_sample_id
            return sample if sample and sample.has_access("read") else None
        if variable.source != "field" or record is None:
            return None
        return self._file_of_field(record, variable.field_path or "")

    def _file_of_field(self, record, path):
        """Return a file of a field of the record, such as a picture, as far as the user may read.

        :return: an `ir.attachment` that is not stored, or None
        """
        *way, name = path.split(".")
        for step in way:
            record = record[step][:1] if step in record._fields else record.browse()
        field = record._fields.get(name)
        if not record or not field or field.type != "binary":
            return None
        try:
            record.check_access("read")
            record._check_field_access(field, "read")
        except AccessError:
            return None
        content = record.with_context(bin_size=False)[name]
        if not content:
            return None
        title = record.display_name
        return self.env["ir.attachment"].new({"name": title, "raw": base64.b64decode(content)})

    def _header_file(self, conversation, record):
        """Return the file above the text as one of the chat's, empty if the template has none.

        :return: `ir.attachment`
        :raise UserError: if it cannot be made
        """
        variable = self.variant_id._file_variable()
        if not variable:
            return self.env["ir.attachment"]
        if variable.source == "report":
            return conversation._print_into_chat(record)
        if self.file:
            name, content = self.file_name, base64.b64decode(self.file)
        else:
            own = self._own_file(variable, record)
            name, content = own.name, own.raw
        # sudo: ir.attachment - the user may send in this chat; who reads the chat reads the file
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name or variable.kind,
                    "raw": content,
                    "res_model": "discuss.channel",
                    "res_id": conversation.discuss_channel_id.id,
                }
            )
            .sudo(False)
        )
