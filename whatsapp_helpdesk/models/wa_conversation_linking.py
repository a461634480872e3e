from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..access import INVITED, NOTE


class WaConversationLinking(models.AbstractModel):
    """The documents that a conversation is about."""

    _name = "wa.conversation.linking"
    _description = "WhatsApp Conversation's Documents"

    sale_order_ids = fields.Many2many(
        "sale.order",
        string="Orders",
        compute="_compute_documents",
        compute_sudo=True,
        context={"active_test": False},
        search="_search_sale_order_ids",
        help="Linked quotations and orders, as far as the current user may read them.",
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        string="Tickets",
        compute="_compute_documents",
        compute_sudo=True,
        context={"active_test": False},
        search="_search_ticket_ids",
        help="Linked tickets, as far as the current user may read them.",
    )

    # === COMPUTE METHODS === #

    @api.depends(lambda self: self._document_paths())
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_documents(self):
        for name, linked in self._documents_by_field().items():
            for conversation in self:
                documents = conversation.link_ids[linked]
                # sudo: taken away, so that only what the user may read is left
                conversation[name] = documents.sudo(False)._filtered_access("read").sudo()

    def _search_sale_order_ids(self, operator, value):
        return self._search_documents("sale_order_id", operator, value)

    def _search_ticket_ids(self, operator, value):
        return self._search_documents("ticket_id", operator, value)

    @api.model
    def _search_documents(self, linked, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domain = Domain("link_ids", "any", Domain(linked, operator, value))
        if operator == "in" and False in value:
            domain |= Domain("link_ids", "not any", Domain(linked, "!=", False))
        return domain

    @api.model
    def _documents_by_field(self):
        """Return the fields of linked documents, with the field of the link that each is made of.

        :rtype: dict[str, str]
        """
        return {f"{name}s": name for name in self.env["wa.conversation.link"]._document_fields()}

    @api.model
    def _document_paths(self):
        return [f"link_ids.{linked}" for linked in self._documents_by_field().values()]

    # === ACTION METHODS === #

    def action_link_document(self):
        """Open the dialog that links this conversation, or a part of it, to a document."""
        self.ensure_one()
        self._check_can_link()
        return self._open_link_wizard()

    def _open_link_wizard(self, link=None):
        action = self._open_wizard("wa.conversation.link.document", self.env._("Link a Document"))
        if link:
            action["context"]["default_link_id"] = link.id
        return action

    # === BUSINESS METHODS === #

    def _may_link(self):
        """Tell whether the current user may say what this conversation is about.

        Who may write notes may, except who was only invited: a link to an own document would
        outlast the invitation.

        :rtype: bool
        """
        self.ensure_one()
        source = self._get_access()[self].sources.get(NOTE)
        return bool(source) and source != INVITED

    def _check_can_link(self):
        """Raise unless the current user may link this conversation.

        :raise AccessError: says why not
        """
        self._check_can(NOTE)
        if not self._may_link():
            raise AccessError(
                self.env._("You were only invited: the team says what this conversation is about.")
            )

    def _link(self, document, first=None, last=None):
        """Link this conversation, or a stretch of it, to a document; again: change the stretch.

        Who may say what it is about and read the document may do that. Writing the
        document is not asked for: the link changes nothing of it, and a note on it says who did.

        :param document: record of a model with `wa.linked.mixin`
        :param first: `wa.message` with which the stretch begins; without one at the start
        :param last: `wa.message` with which it ends; without one it goes on
        :return: the `wa.conversation.link`
        :raise AccessError: if the user may not link it or not read the document
        :raise ValidationError: if the document is another company's, or the stretch is none
        """
        self.ensure_one()
        document.ensure_one()
        self._check_can_link()
        document.check_access("read")
        # sudo: wa.conversation.link - checked above; nobody has a general right to write links
        links = self.env["wa.conversation.link"].sudo()
        name = links._field_of(document._name)
        stretch = {
            "first_message_id": first.id if first else False,
            "last_message_id": last.id if last else False,
        }
        link = links.search([("conversation_id", "=", self.id), (name, "=", document.id)])
        if not link:
            link = links.create([{"conversation_id": self.id, name: document.id} | stretch])
            link._log_linked(is_new=True)
            self._links_changed(document)
        elif any(link[field].id != value for field, value in stretch.items()):
            link.write(stretch)
            link._log_linked(is_new=False)
            self._links_changed(document)
        return link.with_env(self.env)

    def _unlink_document(self, document):
        """Take the link to a document away; what is not linked is left alone.

        :param document: record of a model with `wa.linked.mixin`
        :raise AccessError: if the user may not link this conversation
        """
        self.ensure_one()
        self._check_can_link()
        # sudo: wa.conversation.link - checked above; nobody has a general right to delete links
        links = self.env["wa.conversation.link"].sudo()
        name = links._field_of(document._name)
        link = links.search([("conversation_id", "=", self.id), (name, "in", document.ids)])
        if link:
            link._log_unlinked()
            link.unlink()
            self._links_changed(document)

    def _links_changed(self, document):
        """Tell the browsers of the document's responsible, who gains or loses reading."""
        # sudo: only its responsible is read
        responsible = document.sudo().user_id.partner_id
        self._access_changed([(responsible, None)] if responsible else [])
