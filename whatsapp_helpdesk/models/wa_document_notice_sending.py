import logging

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .wa_draft import Draft

_logger = logging.getLogger(__name__)

EVENTS = [
    ("quotation_sent", "Quotation sent"),
    ("order_confirmed", "Order confirmed"),
    ("ticket_received", "Ticket received"),
    ("ticket_closed", "Ticket closed"),
]
DOCUMENT_MODELS = {
    "quotation_sent": "sale.order",
    "order_confirmed": "sale.order",
    "ticket_received": "helpdesk.ticket",
    "ticket_closed": "helpdesk.ticket",
}


class WaDocumentNoticeSending(models.AbstractModel):
    """How notifications of documents reach the customer.

    They are the company's words, not those of who happened to cause them: that may be the customer
    on the portal, or a salesperson without any right in WhatsApp. So the superuser sends them, but
    what a template quotes of the document is read with the rights of its responsible.
    """

    _name = "wa.document.notice.sending"
    _description = "WhatsApp Notification, Sending"

    @api.model
    def _tell_customers(self, event, documents):
        """Queue what the companies want their customers to hear; never raises what can wait.

        Each document tells of an event once. Who has no conversation yet, or wants no
        notifications, hears nothing.

        :param str event: one of `EVENTS`
        :param documents: records of a model with `wa.linked.mixin`, to which it happened
        """
        if self.env.context.get("import_file") or self.env.context.get("install_mode"):
            return  # old documents are no news
        # sudo: wa.document.notice - the company decided, whoever changes the document
        switched = self.sudo().search(
            [
                ("event", "=", event),
                ("is_on", "=", True),
                ("company_id", "in", documents.sudo().company_id.ids),
            ]
        )
        for notice in switched:
            notice = notice.with_env(notice._own_env())
            for document in documents.with_env(notice.env):
                if document.company_id == notice.company_id:
                    notice._tell_customer(document)

    def _own_env(self):
        """Return the environment of what nobody in particular does, in the company's language."""
        context = {
            "lang": self.company_id.partner_id.lang or self.env.lang,
            "allowed_company_ids": self.company_id.ids,
        }
        return self.env(user=SUPERUSER_ID, su=True, context=context)

    def _tell_customer(self, document):
        """Queue the notification of one document, or note on it why that was not possible."""
        conversation = self._conversation_for(document)
        if not conversation or self._was_told(document):
            return
        # What is wrong with the document itself must not look like a failure of the notification.
        self.env.cr.flush()
        try:
            with self.env.cr.savepoint():
                self._send(document, conversation)
        except OperationalError:
            raise  # two at once: the whole transaction is tried again
        except UserError as error:
            self._note_failure(document, str(error))
        except Exception:
            _logger.exception("Notification %s of %s", self.event, document)
            self._note_failure(document, self.env._("The server's log says why."))

    def _was_told(self, document):
        return bool(
            self.env["wa.message"].search_count(
                [
                    ("source_model", "=", document._name),
                    ("source_id", "=", document.id),
                    ("notice", "=", self.event),
                ],
                limit=1,
            )
        )

    def _conversation_for(self, document):
        """Return the conversation in which the customer of a document hears of it.

        One that takes free messages comes first, then one that is about the document; empty if the
        customer never had one, or wants no notifications.
        """
        conversations = self.env["wa.conversation"]
        customer = document._wa_customer()
        if not customer or customer.wa_no_notices:
            return conversations
        linked = Domain(document._wa_conversation_domain()) & Domain(
            "partner_id.commercial_partner_id", "=", customer.commercial_partner_id.id
        )
        found = conversations.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("is_blocked", "=", False)
            & (Domain("partner_id", "=", customer.id) | linked)
        )
        about_it = found.filtered_domain(linked)
        return found.sorted(
            lambda c: (
                c.window_state == "closed",
                c not in about_it,
                c.state == "closed",
                -c.id,
            )
        )[:1]

    def _send(self, document, conversation):
        """Queue the notification as text, or as template when texts are not taken.

        :raise UserError: says what is in the way
        """
        number, contact = conversation.wa_channel_id, conversation.contact_id
        # An imported history is never written to; the case beside it is.
        found = self.env["wa.conversation"]._for_inbound(number, contact, contact.browse())
        conversation = found[contact]
        conversation._check_not_blocked()
        conversation._check_not_handled_elsewhere()
        if conversation.window_state == "closed":
            draft = self._template_draft(document, conversation)
        else:
            text = self._text_for(document)
            draft = Draft.of_post(text, self.env["ir.attachment"])
        for part in draft.parts:
            part |= {
                "notice": self.event,
                "source_model": document._name,
                "source_id": document.id,
            }
        chat = conversation.discuss_channel_id.with_context(whatsapp_helpdesk_prepared=draft)
        chat.message_post(message_type="comment", subtype_xmlid="mail.mt_comment")

    def _text_for(self, document):
        """Return the text in the language of the document's customer."""
        customer = document._wa_customer()
        worded = self.with_context(lang=customer.lang or self.env.lang)
        text = worded.text or worded.standard_text
        words = {
            "{customer}": customer.name or "",
            "{document}": document.with_env(worded.env).display_name,
            "{company}": self.company_id.name,
        }
        if "{link}" in text:
            words["{link}"] = self.env["wa.conversation"]._portal_link(document)
        for placeholder, value in words.items():
            text = text.replace(placeholder, value)
        return text

    def _template_draft(self, document, conversation):
        """Return the draft of the template in the customer's language.

        :raise UserError: if there is none that can be sent
        """
        if not self.template_id:
            raise UserError(
                self.env._(
                    "%(customer)s last wrote more than 24 hours ago, and no template is chosen "
                    "for this notification.",
                    customer=conversation.name,
                )
            )
        language = document._wa_customer().lang or ""
        template, _why = self.template_id._variant_for(language, self.template_id.language)
        template = template or self.template_id
        conversation._check_template_fits(template)
        reader = template._reader_of(document, self.write_uid)
        return template._draft_automatic(conversation, document, reader)

    def _note_failure(self, document, reason):
        """Say on the document that the customer heard nothing, and why."""
        document._message_log(
            body=self.env._(
                "WhatsApp: the customer was not notified (%(event)s). %(reason)s",
                event=dict(self._fields["event"]._description_selection(self.env))[self.event],
                reason=reason,
            )
        )
