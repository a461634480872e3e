from odoo import api, fields, models


class WaNewDocument(models.AbstractModel):
    """What the dialogs that make a document out of a chat have in common."""

    _name = "wa.new.document"
    _inherit = ["wa.conversation.wizard"]
    _description = "New Document from a Conversation"

    company_id = fields.Many2one(related="conversation_id.company_id")
    candidate_partner_ids = fields.Many2many(
        "res.partner",
        compute="_compute_candidate_partner_ids",
        string="Customers with This Number",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    first_message_id = fields.Many2one(
        "wa.message",
        "Chat from",
        compute="_compute_first_message_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="The chat from this message on belongs to it; empty: the whole chat.",
    )

    # === COMPUTE METHODS === #

    @api.depends("conversation_id")
    def _compute_candidate_partner_ids(self):
        for wizard in self:
            wizard.conversation_id.check_access("read")
            # sudo: wa.contact - taken away from the customers, who must be readable
            candidates = wizard.conversation_id.contact_id.sudo().candidate_partner_ids.sudo(False)
            wizard.candidate_partner_ids = candidates._filtered_access("read")

    @api.depends("conversation_id")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.conversation_id.check_access("read")
            wizard.partner_id = wizard.partner_id or wizard.conversation_id.partner_id

    @api.depends("conversation_id")
    def _compute_first_message_id(self):
        for wizard in self:
            wizard.first_message_id = wizard.conversation_id._topic_start()

    # === BUSINESS METHODS === #

    def _link_and_open(self, document):
        """Link the conversation to the new document and return the action that opens it."""
        self.conversation_id._remember_partner(self.partner_id)
        self.conversation_id._link(document, first=self.first_message_id)
        return document.get_formview_action()
