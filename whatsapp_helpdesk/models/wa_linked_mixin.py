from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..access import REPLY


class WaLinkedMixin(models.AbstractModel):
    """A document that WhatsApp conversations can be about.

    A model that inherits this has `wa_link_ids`, a One2many of `wa.conversation.link` whose inverse
    is one of `_document_fields()` there, and a `user_id`, its responsible.
    """

    _name = "wa.linked.mixin"
    _description = "Document with WhatsApp Conversations"

    wa_conversation_count = fields.Integer(
        "WhatsApp Conversations",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
        help="Linked ones that the current user may read.",
    )
    wa_unanswered_count = fields.Integer(
        "Unanswered WhatsApp Messages",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
    )

    # === COMPUTE METHODS === #

    @api.depends("wa_link_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_conversation_counts(self):
        name = self._wa_link_field()
        links = self.env["wa.conversation.link"].search_fetch(
            [(name, "in", self.ids)], [name, "conversation_id"]
        )
        # sudo: wa.conversation - who may read the links may read their conversations
        by_document = links.sudo().grouped(lambda link: link[name].id)
        for document in self:
            conversations = by_document.get(document._origin.id, links.browse()).conversation_id
            document.wa_conversation_count = len(conversations)
            document.wa_unanswered_count = sum(conversations.mapped("unanswered_count"))

    # === CRUD METHODS === #

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Override: who links a conversation of a customer finds the customer's documents first."""
        customer = self.env["res.partner"].browse(self.env.context.get("wa_customer_first"))
        if not customer:
            return super().name_search(name, domain, operator, limit)
        of_customer = Domain(self._wa_domain_of(customer))
        found = []
        for part in (of_customer, ~of_customer):
            rest = limit and limit - len(found)
            if rest or not limit:
                found += super().name_search(name, Domain(domain or []) & part, operator, rest)
        return found

    def unlink(self):
        """Override: a deleted document takes its links along, and the chats say so."""
        # sudo: wa.conversation.link - who may delete the document deletes its links
        links = self.env["wa.conversation.link"].sudo()
        for link in links.search([(self._wa_link_field(), "in", self.ids)]):
            link._log_document_deleted()
        return super().unlink()

    # === ACTION METHODS === #

    def action_wa_conversations(self):
        """Open the linked conversations."""
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.display_name, list(self._wa_conversation_domain())
        )

    def action_wa_open_chat(self):
        """Open the running chat about this document, else that of its customer."""
        self.ensure_one()
        conversations = self.env["wa.conversation"]
        linked = conversations.search(self._wa_conversation_domain())
        customer = self._wa_customer()
        if linked or not customer:
            return linked._open_newest(self.display_name, customer)
        return conversations.search(customer._wa_conversation_domain())._open_newest(
            self.display_name, customer
        )

    def action_wa_send_document(self):
        """Open the dialog that sends this document to its customer by WhatsApp.

        :raise UserError: if there is no chat in which the user may answer
        """
        self.ensure_one()
        choices = self._wa_answerable()
        if not choices:
            raise UserError(
                self.env._(
                    "There is no WhatsApp chat with %(customer)s in which you may answer.",
                    customer=self._wa_customer().display_name or self.display_name,
                )
            )
        action = choices[:1]._open_wizard(
            "wa.conversation.send.document", self.env._("Send by WhatsApp")
        )
        action["context"] |= {
            "default_document": f"{self._name},{self.id}",
            "wa_conversation_ids": choices.ids,
        }
        return action

    # === BUSINESS METHODS === #

    def _wa_answerable(self):
        """Return the conversations about this document or with its customer, best first.

        :return: those that the user may answer, running ones before closed ones
        """
        self.ensure_one()
        conversations = self.env["wa.conversation"]
        linked = conversations.search(self._wa_conversation_domain())
        if customer := self._wa_customer():
            linked |= conversations.search(customer._wa_conversation_domain())
        answerable = linked._filter_access(REPLY)
        return answerable.sorted(lambda conversation: conversation.state == "closed")

    @api.model
    def _wa_link_field(self):
        """Return the name of the field with which a link points to documents of this model."""
        return self.env["wa.conversation.link"]._field_of(self._name)

    def _wa_conversation_domain(self):
        return Domain(f"link_ids.{self._wa_link_field()}", "in", self.ids)

    @api.model
    def _wa_domain_of(self, customer):
        """Return the domain of the documents of a customer and everybody in the same company.

        :param customer: `res.partner`
        """
        return Domain("partner_id", "child_of", customer.commercial_partner_id.ids)

    def _wa_customer(self):
        """Return the `res.partner` that the document is for, empty if there is none."""
        self.ensure_one()
        return self.partner_id

    def _wa_visible_links(self):
        """Return the links of this document of which the current user may see the stretch.

        :rtype: wa.conversation.link
        """
        self.ensure_one()
        # sudo: wa.conversation.link - each is asked below
        links = self.env["wa.conversation.link"].sudo()
        linked = links.search([(self._wa_link_field(), "=", self.id)]).sudo(False)
        return linked.filtered(lambda link: link._may_see_stretch())
