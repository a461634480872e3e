import base64

from odoo import models
from odoo.exceptions import UserError

from ..access import REPLY

_LOOKED_AT = 5
"""Of many records, those of which the first readable one is the example."""


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
        """Return the record that fills in the template, None if there is none to read."""
        if self.conversation_id:
            records = self.document
        else:
            records = self._records()[:_LOOKED_AT]
        readable = records.exists()._filtered_access("read") if records else None
        return readable[0] if readable else None

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

    def _texts(self):
        """Return what the sender wrote, by the keys of the variables."""
        return {line.key: line.text or "" for line in self.line_ids} | self._typed_values()

    def _upload(self):
        """Return the file that the sender chose; see `wa.template.filling`."""
        files = self.env["ir.attachment"]
        # Who reads a form gets the size of a file instead of the file.
        content = self.with_context(bin_size=False).file
        if not content:
            return files
        name = self.file_name or self.env._("File")
        return files.new({"name": name, "raw": base64.b64decode(content)})

    def _find_problems(self):
        """Return what keeps the template from being sent, in sentences.

        :rtype: list[str]
        """
        self.ensure_one()
        if self._is_many():
            return self._problems_of_list()
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
        _values, problems = self.variant_id._fill_in(record, self._texts(), self._upload())
        return self._problem_of_stranger(conversation, record) + problems

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
