from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_DOCUMENTS = ("sale_order_id", "ticket_id")


class WaConversationLink(models.Model):
    """A conversation, or a stretch of it, that is about a document.

    Written by `wa.conversation._link` and `_unlink_document` only, which check and log.
    """

    _name = "wa.conversation.link"
    _inherit = [
        "wa.conversation.link.stretch",
        "wa.conversation.link.words",
        "bus.listener.mixin",
    ]
    _description = "WhatsApp Conversation Link"
    _order = "id desc"

    conversation_id = fields.Many2one(
        "wa.conversation", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="conversation_id.company_id")
    sale_order_id = fields.Many2one(
        "sale.order", "Order", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    first_message_id = fields.Many2one(
        "wa.message",
        "From",
        readonly=True,
        ondelete="cascade",
        help="Where the stretch begins; empty: at the start.",
    )
    last_message_id = fields.Many2one(
        "wa.message",
        "To",
        readonly=True,
        ondelete="cascade",
        help="Where the stretch ends; empty: it goes on.",
    )

    # Glue addons add documents, so the database alone cannot ask for exactly one.
    _one_document_at_most = models.Constraint(
        "CHECK (num_nonnulls(sale_order_id, ticket_id) <= 1)",
        "A link is about one document.",
    )
    _order_unique = models.UniqueIndex(
        "(conversation_id, sale_order_id) WHERE sale_order_id IS NOT NULL",
        "This order is linked already.",
    )
    _ticket_unique = models.UniqueIndex(
        "(conversation_id, ticket_id) WHERE ticket_id IS NOT NULL",
        "This ticket is linked already.",
    )

    # === COMPUTE METHODS === #

    @api.depends(lambda self: self._document_fields())
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        # sudo: wa.conversation.link - taken away: the question is what the user may
        readable = self.sudo(False).search([("id", "in", self._origin.ids)])
        for link in self:
            is_named = self.env.user._is_superuser() or link._origin in readable
            # sudo: who may read the link may know what the document is called
            link.display_name = is_named and link._origin.sudo()._document().display_name

    # === CONSTRAINT METHODS === #

    @api.constrains(lambda self: ["conversation_id", *self._document_fields()])
    def _check_document(self):
        for link in self:
            documents = [link[name] for name in self._document_fields() if link[name]]
            if len(documents) != 1:
                raise ValidationError(self.env._("A link is about exactly one document."))
            (document,) = documents
            if document.company_id and document.company_id != link.company_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s belongs to %(company)s, the conversation does not.",
                        document=document.display_name,
                        company=document.company_id.name,
                    )
                )

    @api.constrains("conversation_id", "first_message_id", "last_message_id")
    def _check_stretch(self):
        for link in self:
            ends = link.first_message_id | link.last_message_id
            if ends.conversation_id - link.conversation_id:
                raise ValidationError(
                    self.env._("A stretch begins and ends in the linked conversation.")
                )
            if ends.filtered(lambda message: not message.mail_message_id):
                raise ValidationError(
                    self.env._("A stretch begins and ends with a message that the chat shows.")
                )
            if len(ends) == 2 and ends.sorted(_place)[:1] != link.first_message_id:
                raise ValidationError(self.env._("The stretch ends before it begins."))

    # === ACTION METHODS === #

    def action_open_document(self):
        """Open the form of the document."""
        document = self._document()
        document.check_access("read")
        return document.get_formview_action()

    def action_edit(self):
        """Open the dialog in which the stretch is chosen."""
        self.ensure_one()
        return self.conversation_id._open_link_wizard(self)

    def action_unlink(self):
        """Take the link away."""
        for link in self:
            # sudo: the document is named, not shown; who may remove the link is checked there
            link.conversation_id._unlink_document(link.sudo()._document().sudo(False))

    # === BUSINESS METHODS === #

    @api.model
    def _document_fields(self):
        """Return the names of the fields that point to documents; extended by glue addons."""
        return list(_DOCUMENTS)

    @api.model
    def _field_of(self, model):
        """Return the name of the field that points to documents of a model.

        :param str model: technical name, such as ``sale.order``
        :raise UserError: if these are not linked
        """
        for name in self._document_fields():
            if self._fields[name].comodel_name == model:
                return name
        raise UserError(self.env._("WhatsApp conversations cannot be linked to this document."))

    def _document(self):
        """Return the record that the link is about."""
        self.ensure_one()
        return next((self[name] for name in self._document_fields() if self[name]), self.browse())


def _place(message):
    """Return what messages are sorted by in a chat."""
    return message.mail_message_id.date, message.mail_message_id.id
