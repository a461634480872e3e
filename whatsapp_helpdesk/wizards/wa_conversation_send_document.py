from odoo import api, fields, models
from odoo.exceptions import UserError


class WaConversationSendDocument(models.TransientModel):
    """Send a quotation, an order, a ticket or an invoice to the customer, as PDF or as link."""

    _name = "wa.conversation.send.document"
    _inherit = ["wa.conversation.wizard"]
    _description = "Send a Document by WhatsApp"

    conversation_id = fields.Many2one(readonly=False, domain="[('id', 'in', choice_ids)]")
    choice_ids = fields.Many2many("wa.conversation", compute="_compute_choice_ids")
    partner_id = fields.Many2one(related="conversation_id.partner_id", related_sudo=False)
    document = fields.Reference(
        "_selection_document",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="Only what you may read. Type a number, such as S00042.",
    )
    caption = fields.Text(
        "Message",
        compute="_compute_caption",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    can_print = fields.Boolean(compute="_compute_can_print")
    with_file = fields.Boolean(
        "PDF",
        compute="_compute_with_file",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    with_link = fields.Boolean("Link to the customer's page", default=True)

    # === COMPUTE METHODS === #

    @api.model
    def _selection_document(self):
        conversations = self.env["wa.conversation"]
        return [
            (model, self.env["ir.model"]._get(model).display_name)
            for model in conversations._sendable_reports()
            if self.env[model].has_access("read")
        ]

    @api.depends("conversation_id")
    def _compute_choice_ids(self):
        for wizard in self:
            ids = self.env.context.get("wa_conversation_ids") or wizard.conversation_id.ids
            wizard.choice_ids = self.env["wa.conversation"].browse(ids)

    @api.depends("conversation_id")
    def _compute_document(self):
        for wizard in self:
            if not wizard.document:
                linked = wizard.conversation_id.sale_order_ids[:1]
                wizard.document = linked or wizard.conversation_id.ticket_ids[:1] or False

    @api.depends("document", "conversation_id")
    def _compute_caption(self):
        for wizard in self:
            language = wizard.partner_id.lang or self.env.lang
            env = wizard.with_context(lang=language).env
            name = wizard.document.with_env(env).display_name if wizard.document else ""
            wizard.caption = env._("Here is %(document)s.", document=name) if name else ""

    @api.depends("conversation_id")
    def _compute_can_print(self):
        self.can_print = self.env["wa.conversation"]._can_print()

    @api.depends("conversation_id")
    def _compute_with_file(self):
        self.with_file = self.env["wa.conversation"]._can_print()

    # === ACTION METHODS === #

    def action_send(self):
        self.ensure_one()
        if not self.document:
            raise UserError(self.env._("Choose the document."))
        if not self.with_file and not self.with_link:
            raise UserError(self.env._("Choose the PDF, the link, or both."))
        self._send_once(self._send)
        return {"type": "ir.actions.act_window_close"}

    def _send(self):
        self.conversation_id._send_document(
            self.document, self.caption or "", with_file=self.with_file, with_link=self.with_link
        )
