import logging

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

from .wa_draft import Draft

_logger = logging.getLogger(__name__)


class WaTemplateAutomatic(models.AbstractModel):
    """Templates that Odoo sends by itself, because an administrator said so beforehand.

    They are the company's words, not those of who happened to cause them: that may be the customer
    on the portal, or a salesperson without any right in WhatsApp. So the superuser sends them, but
    what they quote of a record is read with the rights of somebody in charge.
    """

    _name = "wa.template.automatic"
    _description = "WhatsApp Template, Sent Automatically"

    # === BUSINESS METHODS === #

    def _send_automatically(self, records, wa_channel, substitute, cause):
        """Queue this template for each record, or note on the record why that was not possible.

        Never raises what can wait: what caused it goes on.

        :param records: of a model whose records have a customer
        :param wa_channel: `wa.channel`, empty: the one on which the customer is known
        :param substitute: `res.users` with whose rights records without a responsible are read
        :param str cause: noted on the messages; such messages answer nobody
        """
        self.ensure_one()
        template = self.with_env(self._company_env())
        for record in records.with_env(template.env):
            # What is wrong with the record itself must not look like a failure of the message.
            self.env.cr.flush()
            try:
                with self.env.cr.savepoint():
                    template._send_for(record, wa_channel, substitute, cause)
            except OperationalError:
                raise  # two at once: the whole transaction is tried again
            except UserError as error:
                template._note_failure(record, str(error))
            except Exception:
                _logger.exception("Template %s for %s", template.name, record)
                template._note_failure(record, self.env._("The server's log says why."))

    def _company_env(self):
        """Return the environment of what nobody in particular does, in the company's language."""
        # sudo: wa.template - of the company, whoever causes it to be sent
        company = self.sudo().company_id
        context = {
            "lang": company.partner_id.lang or self.env.lang,
            "allowed_company_ids": company.ids,
        }
        return self.env(user=SUPERUSER_ID, su=True, context=context)

    def _send_for(self, record, wa_channel, substitute, cause):
        """Queue the template for the customer of one record.

        :raise UserError: says what is in the way
        """
        customer = self._customer_of(record)
        self._check_wants(record, customer)
        number = wa_channel.with_env(self.env) or self._number_for(customer)
        conversation = self.env["wa.conversation"]._begin_with(customer, number, quietly=True)
        template, _why = self._variant_for(customer.lang or "", self.language)
        template = template or self
        conversation._check_can_take_template(template)
        reader = self._reader_of(record, substitute)
        draft = template._draft_automatic(conversation, record, reader)
        for part in draft.parts:
            part["notice"] = cause
        chat = conversation.discuss_channel_id.with_context(whatsapp_helpdesk_prepared=draft)
        chat.message_post(message_type="comment", subtype_xmlid="mail.mt_comment")

    def _draft_automatic(self, conversation, record, reader):
        """Return the draft of this variant for a record, as somebody may read it.

        :param reader: `res.users`
        :raise UserError: says what is wrong with the values
        """
        read = record.with_user(reader).with_context(
            allowed_company_ids=conversation.company_id.ids
        )
        # sudo: wa.template - the text; what is quoted of the record is read without
        template = self.with_user(reader).sudo()
        upload = self.env["ir.attachment"]
        values, file = template._prepare_for(conversation, read, {}, upload)
        return Draft.of_template(self, values, file, record)

    def _check_wants(self, record, customer):
        if not customer:
            raise UserError(self.env._("There is no customer to write to."))
        if customer.wa_no_notices:
            raise UserError(
                self.env._(
                    "%(customer)s wants no notifications by WhatsApp.",
                    customer=customer.display_name,
                )
            )
        company = record["company_id"] if "company_id" in record._fields else None
        if company and company != self.company_id:
            raise UserError(self.env._("It belongs to another company than the number."))

    def _number_for(self, customer):
        """Return the number of the template's account on which a customer is known best.

        :rtype: wa.channel
        :raise UserError: if the account has none
        """
        numbers = self.account_id.wa_channel_ids.filtered("active")
        conversations = self.env["wa.conversation"].search(
            [("partner_id", "=", customer.id), ("wa_channel_id", "in", numbers.ids)]
        )
        running = conversations.filtered(lambda conversation: conversation.state != "closed")
        found = (running or conversations)[:1].wa_channel_id or numbers[:1]
        if not found:
            raise UserError(self.env._("The WhatsApp account of the template has no number."))
        return found

    @api.model
    def _reader_of(self, record, substitute):
        """Return with whose rights a record is read: its responsible, else a substitute.

        :rtype: res.users
        """
        responsible = record["user_id"] if "user_id" in record._fields else None
        if responsible and responsible.active and responsible._is_internal():
            return responsible
        if substitute.id == SUPERUSER_ID:
            # What a module brought was written by somebody who may read even passwords.
            return self.env.ref("base.user_admin")
        return substitute

    def _note_failure(self, record, reason):
        """Say on the record that the customer got nothing, and why."""
        record._message_log(
            body=self.env._(
                "WhatsApp: “%(template)s” was not sent. %(reason)s",
                template=self.name,
                reason=reason,
            )
        )
