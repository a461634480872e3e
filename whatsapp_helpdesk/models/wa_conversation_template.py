from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime

from ..access import REPLY
from ..cloud_api import phones
from ..cloud_api.events import Identity
from .wa_draft import Draft


class WaConversationTemplate(models.AbstractModel):
    """Sending templates: the only way to write first, or after the window closed."""

    _name = "wa.conversation.template"
    _description = "WhatsApp Conversation, Templates"

    def _send_template(self, template, values, record=None, file=None):
        """Send a template to the customer, window or not.

        :param template: approved `wa.template` of the number's account
        :param dict values: of `wa.template._values_for`
        :param record: the document that it is about
        :param file: `ir.attachment` for the header; becomes part of the chat
        :return: the `mail.message`
        :raise AccessError: if the user may not answer
        :raise UserError: if WhatsApp would not take it, or the customer wants none
        """
        self.ensure_one()
        self._check_can_send_template(template)
        draft = Draft.of_template(template, values, file and self._copy_into_chat(file), record)
        draft.show_on_cards(self._copy_card_files(template))
        chat = self.discuss_channel_id.with_context(whatsapp_helpdesk_prepared=draft)
        return chat.message_post(
            message_type="comment", subtype_xmlid="mail.mt_comment"
        ).with_context(whatsapp_helpdesk_prepared=None)

    def _copy_into_chat(self, file):
        """Return a file that belongs to the chat, whose readers see it there: a copy if need be.

        :raise AccessError: if the user may not read the file
        """
        file.check_access("read")
        chat = self.discuss_channel_id
        if (file.res_model, file.res_id) == (chat._name, chat.id):
            return file
        # sudo: ir.attachment - checked above; nobody has a general right to add files to a chat
        return file.sudo().copy({"res_model": chat._name, "res_id": chat.id})

    def _copy_card_files(self, template):
        """Return what is on a carousel's cards as files of the chat: the template's may change.

        :return: `ir.attachment` by the card's number, from 0
        :rtype: dict[int, ir.attachment]
        """
        chat = self.discuss_channel_id
        # sudo: wa.template - checked above: who sends a template sends its files
        variables = template.sudo().variable_ids.filtered(lambda v: v.takes_file and v.file)
        return {
            variable._card_number(): variable._file().copy(
                {
                    "name": variable.file_name or variable.kind,
                    "res_model": chat._name,
                    "res_id": chat.id,
                    "res_field": False,
                }
            )
            for variable in variables
        }

    def _check_can_send_template(self, template):
        """Raise unless the current user may send this template to the customer now.

        :raise AccessError: if the user may not answer, or not send this template
        :raise UserError: says what is in the way
        """
        self._check_can(REPLY)
        self._check_can_take_template(template)
        if not template.with_env(self.env).has_access("read"):
            raise AccessError(
                self.env._(
                    "You may not send this template. Its managers choose the teams and users."
                )
            )

    def _check_can_take_template(self, template):
        """Raise unless the customer can get this template now, whoever sends it.

        :raise UserError: says what is in the way
        """
        self._check_not_blocked()
        self._check_not_handled_elsewhere()
        # sudo: wa.template - agents lose sight of one that was paused, and are told why
        self._check_template_fits(template.sudo())

    def _check_template_fits(self, template):
        """Raise unless WhatsApp would take this template for the customer now.

        :raise UserError: says what is in the way
        """
        if template.status != "approved":
            raise UserError(
                self.env._(
                    "“%(template)s” is not approved by WhatsApp (%(status)s): choose another.",
                    template=template.name,
                    status=dict(template._fields["status"]._description_selection(self.env))[
                        template.status
                    ],
                )
            )
        if not template._is_sendable():
            raise UserError(
                self.env._(
                    "“%s” has changes that WhatsApp has not approved: they have to be submitted or "
                    "given up first.",
                    template.name,
                )
            )
        for conversation in self:
            # sudo: wa.channel, wa.contact - facts of the number and the customer that decide
            known = conversation.sudo()
            if known.wa_channel_id.account_id != template.account_id:
                raise UserError(
                    self.env._(
                        "“%(template)s” belongs to another WhatsApp account than %(number)s.",
                        template=template.name,
                        number=known.wa_channel_id.name,
                    )
                )
            if template.category == "marketing" and known.contact_id.marketing_opt_out:
                raise UserError(
                    self.env._(
                        "%(customer)s wants no marketing messages. Choose a template that is "
                        "about an order or a request.",
                        customer=conversation.name,
                    )
                )
            if template.category == "marketing" and known.contact_id._is_spared_marketing():
                raise UserError(
                    self.env._(
                        "WhatsApp spares %(customer)s marketing until %(time)s. Choose a template "
                        "that is about an order or a request.",
                        customer=conversation.name,
                        time=format_datetime(
                            self.env, known.contact_id.marketing_paused_until, dt_format="short"
                        ),
                    )
                )

    @api.model
    def _for_partner(self, partner, wa_channel):
        """Return the running conversation with a customer on a number, or begin one.

        :param partner: `res.partner`; without a WhatsApp contact it needs a phone number
        :param wa_channel: `wa.channel`
        :raise AccessError: if the user may not answer in it, or not begin one
        :raise UserError: if there is no number to write to
        """
        conversation = self._begin_with(partner, wa_channel)
        conversation._check_can(REPLY)
        return conversation

    @api.model
    def _begin_with(self, partner, wa_channel, *, quietly=False):
        """As `_for_partner`, whatever the user may: who calls it asks for that.

        :param bool quietly: nobody writes: a closed case stays closed, a new one waits
        """
        # sudo: wa.contact, wa.conversation - whether the customer is known in whatever team
        conversations = self.sudo()
        account = wa_channel.sudo().account_id
        contact = conversations._contacts_of(partner, account).get(partner.id)
        if not contact:
            (contact,) = conversations.env["wa.contact"]._match_or_create(
                [Identity(wa_id=self._number_of(partner))], account, are_customers=False
            )
            if not contact.partner_id:
                contact.partner_id = partner
        # The customer wrote nothing: sending reopens a case, and its tickets stay closed.
        nobody = contact.browse()
        found = conversations._for_inbound(wa_channel.sudo(), contact, nobody)[contact]
        if quietly:
            if not found.last_message_at and found.state == "open":
                found._move_to("waiting")
        elif found.state == "closed" and not found._may_be_resumed():
            values = found._prepare_conversation_values(wa_channel.sudo(), contact)
            found = conversations.create([values])
        return found.with_env(self.env)

    @api.model
    def _contacts_of(self, partners, account):
        """Return the newest contact of each customer where an account's ids are known.

        :return: `wa.contact` by id of the customer, for those who have one
        :rtype: dict[int, wa.contact]
        """
        contacts = self.env["wa.contact"]
        scope = [(name, "=", value) for name, value in contacts._scope_of(account).items()]
        found = contacts.search([("partner_id", "in", partners.ids), *scope])
        return {contact.partner_id.id: contact for contact in reversed(found)}

    @api.model
    def _number_of(self, partner):
        """Return the WhatsApp id that a customer's phone number stands for.

        :raise UserError: if there is no such number
        """
        number = phones.to_e164(partner.phone_sanitized or "")
        if not number:
            raise UserError(
                self.env._(
                    "%(customer)s has no phone number that WhatsApp can use: write it with "
                    "the country code.",
                    customer=partner.display_name,
                )
            )
        return number.removeprefix("+")
