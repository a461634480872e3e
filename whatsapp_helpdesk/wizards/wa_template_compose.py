from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class WaTemplateCompose(models.TransientModel):
    """Send a template: from a chat, or to the customer of a record.

    The values come from the record, with the rights of who sends. What is in the way is said
    before anything leaves.
    """

    _name = "wa.template.compose"
    _inherit = [
        "wa.conversation.wizard",
        "wa.template.compose.choosing",
        "wa.template.compose.filling",
        "wa.template.compose.many",
        "wa.template.compose.more",
    ]
    _description = "Send a WhatsApp Template"

    conversation_id = fields.Many2one(required=False)
    res_model = fields.Char(readonly=True)
    res_ids = fields.Json(readonly=True)
    document = fields.Reference(
        "_selection_document",
        "Regarding",
        compute="_compute_document",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="What the chat is about, or the customer: the text is filled in from it.",
    )
    partner_id = fields.Many2one("res.partner", "To", compute="_compute_partner_id")
    has_chat = fields.Boolean(compute="_compute_has_chat")
    line_ids = fields.One2many(
        "wa.template.compose.line",
        "wizard_id",
        "Fill in",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    asks_file = fields.Boolean(compute="_compute_file_note")
    file_note = fields.Char(compute="_compute_file_note")
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    preview = fields.Json(compute="_compute_preview")
    problems = fields.Text(compute="_compute_preview")

    # === COMPUTE METHODS === #

    @api.model
    def default_get(self, fields):
        """Override: the entries of action menus say only where they were clicked."""
        values = super().default_get(fields)
        context = self.env.context
        if not values.get("conversation_id") and not values.get("res_model"):
            values["res_model"] = context.get("active_model")
            values["res_ids"] = context.get("active_ids") or [context.get("active_id")]
        return values

    @api.model
    def _selection_document(self):
        links = self.env["wa.conversation.link"]
        models = ["res.partner"]
        models += [links._fields[name].comodel_name for name in links._document_fields()]
        models += self.env["wa.conversation"]._sendable_reports()
        # sudo: wa.template - for which kinds of documents there are any
        known = self.env["wa.template"].sudo()._read_group([("model", "!=", False)], ["model"])
        models += [model for (model,) in known if model in self.env]
        return [
            (model, self.env["ir.model"]._get(model).display_name)
            for model in dict.fromkeys(models)
            if self.env[model].has_access("read")
        ]

    @api.depends("conversation_id", "template_id")
    def _compute_document(self):
        for wizard in self:
            conversation = wizard.conversation_id
            wizard.document = wizard.document
            if not conversation:
                continue
            conversation.check_access("read")
            model = wizard.template_id.model or "res.partner"
            if wizard.document and wizard.document._name == model:
                continue
            wizard.document = next(
                (record for record in wizard._candidates() if record._name == model), False
            )

    def _candidates(self):
        """Return what fills in templates of this chat: linked documents, then the customer."""
        partner = self.conversation_id.partner_id
        readable = partner if partner and partner.has_access("read") else partner.browse()
        return [*self._linked_documents(), *readable]

    @api.depends("conversation_id", "res_model", "res_ids")
    def _compute_partner_id(self):
        for wizard in self:
            if wizard.conversation_id:
                wizard.conversation_id.check_access("read")
                wizard.partner_id = wizard.conversation_id.partner_id
            else:
                record = None if wizard._is_many() else wizard._record()
                wizard.partner_id = record is not None and wizard.env["wa.template"]._customer_of(
                    record
                )

    @api.depends("partner_id")
    def _compute_has_chat(self):
        for wizard in self:
            wizard.has_chat = bool(wizard._chats())

    @api.depends("variant_id")
    def _compute_line_ids(self):
        for wizard in self:
            asked = {v.key: v for v in wizard.variant_id._origin._asked_variables()}
            kept = wizard.line_ids.filtered(lambda line, a=asked: line.key in a)
            commands = [Command.delete(line.id) for line in wizard.line_ids - kept]
            commands += [
                Command.update(line.id, {"variable_id": asked[line.key].id}) for line in kept
            ]
            missing = asked.keys() - set(kept.mapped("key"))
            commands += [
                Command.create({"variable_id": variable.id, "key": key})
                for key, variable in asked.items()
                if key in missing
            ]
            wizard.line_ids = commands

    @api.depends("variant_id", "document")
    def _compute_file_note(self):
        for wizard in self:
            variant, record = wizard.variant_id._origin, wizard._record()
            wizard.asks_file = variant._asks_file(record)
            title = variant._file_title(record, wizard._upload())
            wizard.file_note = not wizard.asks_file and title

    @api.depends(
        "document",
        "file",
        "file_name",
        "line_ids.text",
        "offer_ends_at",
        "place_address",
        "place_name",
        "position",
        "variant_id",
        "wa_channel_id",
    )
    def _compute_preview(self):
        for wizard in self:
            problems = wizard._find_problems()
            wizard.problems = "\n".join(problems)
            wizard.preview = wizard._preview()

    def _preview(self):
        """Return what the customer will see, False without a template that the user may see."""
        variant, record, upload = self.variant_id._origin, self._record(), self._upload()
        if not variant or not variant.has_access("read"):
            return False
        values, _problems = variant._fill_in(record, self._texts(), upload)
        preview = variant._preview(variant._blanks() | values)
        if title := variant._file_title(record, upload):
            preview["header"]["filename"] = title
        return preview

    # === ACTION METHODS === #

    def action_send(self):
        """Send it, once however often the button is pressed.

        :raise AccessError: if the user may not write to the customer
        :raise UserError: says what is in the way
        """
        self._send_once(self._send)
        return self._close()

    def _send(self):
        if problems := self._find_problems():
            raise UserError("\n".join(problems))
        conversation = self.conversation_id
        if not conversation:
            conversation = conversation._for_partner(self.partner_id, self.wa_channel_id)
        self.variant_id._send_in(conversation, self._record(), self._texts(), self._upload())

    def _close(self):
        if self.conversation_id:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The template is on its way to %(customer)s.",
                    customer=self.partner_id.display_name,
                ),
                # The page of the record has a chat now.
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_chat(self):
        """Open the chat with the customer instead."""
        self.ensure_one()
        return self._chats()._open_chats(self.partner_id.display_name)

    def _chats(self):
        """Return the running chats with the customer that the user may read, else the newest."""
        conversations = self.env["wa.conversation"]
        if not self.partner_id:
            return conversations
        found = conversations.search(self.partner_id._wa_conversation_domain())
        return found.filtered(lambda chat: chat.state != "closed") or found[:1]
