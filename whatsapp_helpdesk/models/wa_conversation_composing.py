from odoo import api, models

from ..access import REPLY


class WaConversationComposing(models.AbstractModel):
    """Choosing a template for the customer of a chat, or for one who has none yet."""

    _name = "wa.conversation.composing"
    _description = "WhatsApp Conversation, Composing Templates"

    # === ACTION METHODS === #

    def action_compose_template(self, template_id=None):
        """Open the dialog that sends a template, window or not.

        :param int|None template_id: `wa.template` to begin with, one of `get_usable_templates`
        :raise AccessError: if the user may not answer
        """
        self.ensure_one()
        self._check_can(REPLY)
        action = self._open_wizard("wa.template.compose", self.env._("Send a Template"))
        if template_id:
            action["context"]["default_template_id"] = template_id
        return action

    # === BUSINESS METHODS === #

    def _offer_template(self, record):
        """Return the action that opens the dialog for a record, None if there is nothing to send.

        :param record: what it is about; these chats are with its customer, or about it
        """
        if not record:
            return None
        prospects = self._prospects(record)
        others = self.browse()
        if self and not any(chat in self for chat in prospects):
            # They are with a colleague of the customer's, for example.
            others = self._filter_access(REPLY)[:1]
        numbers = [c.wa_channel_id._origin for c in others or prospects]
        templates = self.env["wa.template"]
        if not any(templates._usable(number, [record._name]) for number in numbers):
            return None
        if not others:
            return templates._compose_action(record)
        action = others.action_compose_template()
        action["context"]["default_document"] = f"{record._name},{record.id}"
        return action

    def get_usable_templates(self, search=""):
        """Return the templates that the user may send to this customer now.

        One entry per template: the variant that the customer gets.

        :param str search: words of the name or of the text, in whatever language
        :return: ``id``, ``name``, ``category`` (a word of ours, such as ``utility``), ``language``
            (Meta's code), ``why`` (that language, in words), ``body`` (plain text, variables as
            they stand), ``header_format`` ('' without one) and ``asks`` (whether the sender has
            to fill something in)
        :rtype: list[dict]
        :raise AccessError: if the user may not answer
        """
        self.ensure_one()
        self._check_can(REPLY)
        # sudo: wa.contact - whether the customer wants offers
        wants_offers = self.sudo().contact_id._takes_marketing()
        usable = self.env["wa.template"]._usable(
            self.wa_channel_id, search=search or "", with_marketing=wants_offers
        )
        language, fallback = self._languages_of(self.partner_id, self.company_id)
        return [
            {
                "id": template.id,
                "name": template.name,
                "category": template.category,
                "language": template.language,
                "why": template._explain_language(why, language),
                "body": template._plain_text(),
                "header_format": template.header_format or "",
                "asks": bool(
                    template._asked_variables()
                    or template._typed_variables()
                    or template._file_variable()
                ),
            }
            for template, why in usable._best_variants(language, fallback)
        ]

    @api.model
    def _languages_of(self, partner, company):
        """Return the language of a customer, and the one that everybody understands.

        :rtype: tuple[str, str]
        """
        # sudo: res.partner, res.company - in which language to write to them
        return partner.sudo().lang or "", company.sudo().partner_id.lang or ""

    @api.model
    def _prospects(self, record):
        """Return the conversations in which the current user may write to a record's customer.

        There is one per number: the running one, or one that is not stored, because it begins with
        the first message (see `_for_partner`). A record of a company belongs to its numbers.

        :return: running ones first
        :rtype: list[wa.conversation]
        """
        partner = self.env["wa.template"]._customer_of(record)
        if not partner:
            return []
        company = record["company_id"] if "company_id" in record._fields else None
        found = [
            prospect
            for number in self._possible_numbers(company)
            for prospect in self._prospects_of(partner, number).values()
        ]
        return sorted(found, key=lambda conversation: not conversation.id)

    @api.model
    def _possible_numbers(self, company=None):
        """Return the numbers that the current user may know, of a company or all switched ones."""
        numbers = self.env["wa.channel"]
        if not numbers.has_access("read"):
            return numbers
        companies = company or self.env.companies
        return numbers.search([("company_id", "in", companies.ids)])

    @api.model
    def _numbers_to_begin_from(self, company=None):
        """Return the numbers from which the current user may write to customers who are new."""
        nobody = self.env["res.partner"]
        return self._possible_numbers(company).filtered(
            lambda number: self._draft_with(nobody, number, None)._filter_access(REPLY)
        )

    @api.model
    def _prospects_of(self, partners, wa_channel):
        """Return the conversation of each customer on a number in which the user may write.

        :param partners: `res.partner`
        :param wa_channel: `wa.channel`
        :return: by customer; stored or not yet, see `_prospects`
        :rtype: dict[res.partner, wa.conversation]
        """
        # sudo: wa.conversation, wa.contact - whoever has them; what the user may is asked below
        conversations = self.sudo()
        running = conversations.search(
            [
                ("partner_id", "in", partners.ids),
                ("wa_channel_id", "=", wa_channel.id),
                ("state", "!=", "closed"),
            ]
        )
        found = {conversation.partner_id.id: conversation for conversation in reversed(running)}
        missing = partners.filtered(lambda partner: partner.id not in found)
        # sudo: wa.channel - of which account it is
        contacts = conversations._contacts_of(missing, wa_channel.sudo().account_id)
        for partner in missing:
            found[partner.id] = self._draft_with(partner, wa_channel, contacts.get(partner.id))
        # sudo: wa.conversation - taken away: the question is what the user may
        asked = {partner: found[partner.id].sudo(False) for partner in partners}
        allowed = self.union(*asked.values())._filter_access(REPLY)
        return {
            partner: conversation.with_env(self.env)
            for partner, conversation in asked.items()
            if conversation in allowed
        }

    @api.model
    def _draft_with(self, partner, wa_channel, contact):
        """Return a conversation that is not stored, to ask what could be sent in it."""
        # sudo: wa.channel, wa.contact - facts that decide, of a conversation that nobody has
        number = wa_channel.sudo()
        return self.sudo().new(
            {
                "name": partner.display_name,
                "wa_channel_id": number.id,
                "contact_id": contact.id if contact else False,
                "partner_id": partner.id,
                "team_id": number.team_id.id,
            }
        )

    def _send_template_about(self, record, template, values, file=None):
        """Send a template (see `_send_template`), and link the chat to what it is about.

        :param record: a document, a customer, or None
        :return: the `mail.message`
        """
        self.ensure_one()
        message = self._send_template(template, values, record, file)
        if record is not None:
            # sudo: wa.message - of the message that was just posted
            self._link_sent(record, message.sudo().wa_message_ids)
        return message
