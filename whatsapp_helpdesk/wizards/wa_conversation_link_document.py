from odoo import api, fields, models
from odoo.exceptions import UserError

_PREVIEW_LIMIT = 40


class WaConversationLinkDocument(models.TransientModel):
    """Say what a conversation, or a part of it, is about; or change which part it is."""

    _name = "wa.conversation.link.document"
    _inherit = ["wa.conversation.wizard"]
    _description = "Link a WhatsApp Conversation to a Document"

    company_id = fields.Many2one(related="conversation_id.company_id")
    partner_id = fields.Many2one(related="conversation_id.partner_id", related_sudo=False)
    link_id = fields.Many2one("wa.conversation.link", readonly=True, help="Which is changed.")
    kind = fields.Selection(
        "_selection_kind",
        "Kind of Document",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        "Order",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
    )
    stretch = fields.Selection(
        [
            ("all", "The whole chat"),
            ("from_now", "From the latest message on"),
            ("between", "From one message to another"),
        ],
        "What Belongs to It",
        compute="_compute_stretch",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    first_message_id = fields.Many2one(
        "wa.message",
        "From",
        compute="_compute_ends",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    last_message_id = fields.Many2one(
        "wa.message",
        "To",
        compute="_compute_ends",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Empty: what comes later belongs to it too.",
    )
    message_ids = fields.Many2many(
        "wa.message",
        string="Messages",
        compute="_compute_message_ids",
        help="The newest ones that belong to it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("conversation_id", "link_id")
    def _compute_document(self):
        names = self.env["wa.conversation.link"]._document_fields()
        for wizard in self:
            if wizard.link_id:
                for name in names:
                    wizard[name] = wizard.link_id[name]
                wizard.kind = next(name for name in names if wizard[name])
            else:
                wizard.kind = wizard._likely_kind()

    @api.depends("link_id")
    def _compute_stretch(self):
        for wizard in self:
            link = wizard.link_id
            has_ends = link.first_message_id or link.last_message_id
            wizard.stretch = "between" if has_ends else "all"

    @api.depends("link_id", "stretch")
    def _compute_ends(self):
        for wizard in self:
            if wizard.stretch == "between":
                wizard.first_message_id = wizard.first_message_id or wizard.link_id.first_message_id
                wizard.last_message_id = wizard.last_message_id or wizard.link_id.last_message_id
            else:
                is_open = wizard.stretch == "from_now"
                wizard.first_message_id = is_open and wizard._newest_message()
                wizard.last_message_id = False

    @api.depends("first_message_id", "last_message_id", "conversation_id")
    def _compute_message_ids(self):
        for wizard in self:
            wizard.conversation_id.check_access("read")
            shown = wizard._shown(
                limit=_PREVIEW_LIMIT,
                first_message_id=wizard.first_message_id.id,
                last_message_id=wizard.last_message_id.id,
            )
            wizard.message_ids = shown.wa_message_ids.filtered(lambda m: not m.superseded_by_id)

    @api.model
    def _selection_kind(self):
        """Return the kinds of documents that the current user may read."""
        links = self.env["wa.conversation.link"]
        documents = links.fields_get(links._document_fields(), ["string", "relation"])
        return [
            (name, document["string"])
            for name, document in documents.items()
            if self.env[document["relation"]].has_access("read")
        ]

    # === ACTION METHODS === #

    def action_apply(self):
        """Make the link, or change it."""
        self.ensure_one()
        document = self[self.kind]
        if not document:
            raise UserError(self.env._("Choose the document."))
        self.conversation_id._link(document, self.first_message_id, self.last_message_id)
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS METHODS === #

    def _likely_kind(self):
        """Return the kind of which the customer has a document, else the first one."""
        # sudo: wa.conversation.link.document - taken away, stored fields are computed with it: the
        # question is what the user may read
        wizard = self.sudo(False)
        kinds = [name for name, _label in wizard._selection_kind()]
        if self.partner_id:
            for name in kinds:
                documents = wizard.env[self._fields[name].comodel_name]
                if documents.search_count(documents._wa_domain_of(self.partner_id), limit=1):
                    return name
        return kinds[0] if kinds else False

    def _newest_message(self):
        return self._shown(limit=1).wa_message_ids[:1]

    def _shown(self, limit, **ends):
        """Return the newest messages that the chat shows in a stretch.

        :param ends: the values of the stretch's ends; without them it is the whole chat
        """
        link = self.env["wa.conversation.link"].new(
            {"conversation_id": self.conversation_id.id} | ends
        )
        return self.env["mail.message"].search(
            link._stretch_domain(), order="date desc, id desc", limit=limit
        )
