from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.safe_eval import safe_eval, time

_NO_ENGINE = ("install", "broken", "upgrade")


class WaConversationDocuments(models.AbstractModel):
    """Quotations, orders, tickets and invoices on their way to the customer, as PDF and link."""

    _name = "wa.conversation.documents"
    _description = "WhatsApp Conversation, Sending Documents"

    # === ACTION METHODS === #

    def action_send_document(self):
        """Open the dialog that sends a document of the customer."""
        self.ensure_one()
        self._check_can_send()
        return self._open_wizard("wa.conversation.send.document", self.env._("Send a Document"))

    # === BUSINESS METHODS === #

    @api.model
    def _sendable_reports(self):
        """Return the models whose records can be sent, each with its report.

        :rtype: dict[str, str]
        """
        return {
            "sale.order": "sale.action_report_saleorder",
            "helpdesk.ticket": "whatsapp_helpdesk.helpdesk_ticket_action_report",
            "account.move": "account.account_invoices",
        }

    @api.model
    def _can_print(self):
        """Tell whether this server has a program that makes PDFs."""
        return self.env["ir.actions.report"].get_wkhtmltopdf_state() not in _NO_ENGINE

    def _send_document(self, document, caption="", *, with_file=True, with_link=False):
        """Send a document to the customer, and link the conversation to it.

        :param document: record of one of the models of `_sendable_reports`
        :param str caption: text that goes with it
        :param bool with_file: send the PDF
        :param bool with_link: add the address at which the customer finds it
        :return: the `mail.message`
        :raise AccessError: if the user may not answer, or not read the document
        :raise UserError: if WhatsApp would not take it, or nothing can be made of it
        """
        self.ensure_one()
        self._check_can_send()
        document.check_access("read")
        link = self._portal_link(document) if with_link else ""
        text = "\n".join(filter(None, [caption.strip(), link]))
        file = self._print_into_chat(document) if with_file else self.env["ir.attachment"]
        message = self.discuss_channel_id.message_post(
            body=text,
            attachment_ids=file.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        # sudo: wa.message - what the message that was just posted is about
        sent = message.sudo().wa_message_ids
        sent.write({"source_model": document._name, "source_id": document.id})
        self._link_sent(document, sent)
        return message

    def _link_sent(self, document, sent):
        """Link the conversation from this message on, if it is not linked to the document yet."""
        links = self.env["wa.conversation.link"]
        known = {links._fields[name].comodel_name: name for name in links._document_fields()}
        name = known.get(document._name)
        # sudo: wa.conversation.link - only whether there is one
        if not name or document in self.sudo().link_ids[name] or not self._may_link():
            return
        self._link(document, first=sent.sorted("id")[:1])

    def _portal_link(self, document):
        """Return the address at which the customer finds a document without an account.

        :raise UserError: if there is none
        """
        if not hasattr(document, "get_portal_url") or document.access_url in (False, "#"):
            raise UserError(
                self.env._(
                    "%(document)s has no page for customers.", document=document.display_name
                )
            )
        return document.get_base_url() + document.get_portal_url()

    def _print_into_chat(self, document):
        """Print a document with the rights of the user; the file belongs to the chat.

        :return: the `ir.attachment`
        :raise UserError: if this server cannot print
        """
        self.ensure_one()
        if not self._can_print():
            raise UserError(
                self.env._(
                    "This server has no program that makes PDFs (wkhtmltopdf). Send the link "
                    "alone, or ask your administrator to install it."
                )
            )
        report = self.env.ref(self._sendable_reports()[document._name])
        language = self.partner_id.lang or self.env.lang
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_context(lang=language)
            ._render_qweb_pdf(report, document.ids)
        )
        # sudo: ir.attachment - the user may send in this chat; who reads the chat reads the file
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": self._file_name(report, document),
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": "discuss.channel",
                    "res_id": self.discuss_channel_id.id,
                }
            )
            .sudo(False)
        )

    @api.model
    def _file_name(self, report, document):
        name = document.display_name
        # sudo: ir.actions.report - an expression that administrators wrote, as core uses it
        if expression := report.sudo().print_report_name:
            name = safe_eval(expression, {"object": document, "time": time})
        return f"{name}.pdf"
