from odoo import api, fields, models

_DOCUMENTS = ("sale_order_id", "ticket_id")


class WaConversationLink(models.Model):
    """A conversation, or a stretch of it, that is about a document."""

    _name = "wa.conversation.link"
    _inherit = ["wa.conversation.link.stretch", "bus.listener.mixin"]
    _description = "WhatsApp Conversation Link"
    _order = "id desc"

    conversation_id = fields.Many2one(
        "wa.conversation", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="conversation_id.company_id")
    sale_order_id = fields.Many2one("sale.order", ondelete="cascade", index="btree_not_null")
    ticket_id = fields.Many2one("helpdesk.ticket", ondelete="cascade", index="btree_not_null")
    first_message_id = fields.Many2one(
        "wa.message", ondelete="cascade", help="Where the stretch begins; empty: at the start."
    )
    last_message_id = fields.Many2one(
        "wa.message", ondelete="cascade", help="Where the stretch ends; empty: it goes on."
    )

    _order_unique = models.UniqueIndex(
        "(conversation_id, sale_order_id) WHERE sale_order_id IS NOT NULL",
        "This order is linked already.",
    )
    _ticket_unique = models.UniqueIndex(
        "(conversation_id, ticket_id) WHERE ticket_id IS NOT NULL",
        "This ticket is linked already.",
    )

    @api.model
    def _document_fields(self):
        """Return the names of the fields that point to documents; extended by glue addons."""
        return list(_DOCUMENTS)

    @api.depends(lambda self: self._document_fields())
    def _compute_display_name(self):
        for link in self:
            # sudo: who may read the link may know what the document is called
            link.display_name = link.sudo()._document().display_name

    def _document(self):
        """Return the record that the link is about."""
        self.ensure_one()
        return next((self[name] for name in self._document_fields() if self[name]), self.browse())
