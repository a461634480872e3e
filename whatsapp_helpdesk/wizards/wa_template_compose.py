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
        "About",
        compute="_compute_document",
        store=True,
        precompute=True,
        readonly=False,
        help="What the chat is about, or the customer: the text is filled in from it.",
    )
    partner_id = fields.Many2one("res.partner", "To", compute="_compute_partner_id")
    number_ids = fields.Many2many("wa.channel", compute="_compute_number_ids")
    wa_channel_id = fields.Many2one(
        "wa.channel",
        "From",
        compute="_compute_wa_channel_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', number_ids)]",
    )
    choice_ids = fields.Many2many("wa.template", compute="_compute_choice_ids")
    template_id = fields.Many2one(
        "wa.template",
        compute="_compute_template_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', choice_ids)]",
    )
    variant_ids = fields.Many2many("wa.template", compute="_compute_variant_ids")
    variant_id = fields.Many2one(
        "wa.template",
        "Language",
        compute="_compute_variant_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', variant_ids)]",
    )
    language_note = fields.Char(compute="_compute_language_note")
    line_ids = fields.One2many(
        "wa.template.compose.line",
        "wizard_id",
        "Fill in",
        compute="_compute_line_ids",
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
    is_sent = fields.Boolean(readonly=True)

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

    @api.depends("conversation_id", "res_model", "res_ids")
    def _compute_number_ids(self):
        for wizard in self:
            wizard.number_ids = self.env["wa.channel"].union(*wizard._numbers())

    def _numbers(self):
        """Return the numbers to choose from, the likeliest first.

        :rtype: list[wa.channel]
        """
        if self._is_many():
            return list(self.env["wa.conversation"]._numbers_to_begin_from())
        conversations = self.conversation_id or self._prospects()
        return [conversation.wa_channel_id._origin for conversation in conversations]

    @api.depends("number_ids")
    def _compute_wa_channel_id(self):
        for wizard in self:
            if wizard.wa_channel_id not in wizard.number_ids._origin:
                wizard.wa_channel_id = next(iter(wizard._numbers()), False)

    @api.depends("wa_channel_id", "conversation_id", "res_model", "res_ids")
    def _compute_choice_ids(self):
        for wizard in self:
            languages = wizard._languages()
            best = wizard._usable()._best_variants(*languages)
            wizard.choice_ids = self.env["wa.template"].union(*(variant for variant, _why in best))

    def _usable(self):
        """Return the variants that can be sent from the chosen number about this."""
        templates = self.env["wa.template"]
        if self._is_many():
            if not self.wa_channel_id:
                return templates
            return templates._usable(self.wa_channel_id, [self.res_model])
        conversation = self._conversation()
        if not conversation:
            return templates
        # sudo: wa.contact - whether the customer wants offers
        wants_offers = conversation.sudo().contact_id._takes_marketing()
        models = None if self.conversation_id else [self.res_model]
        return templates._usable(conversation.wa_channel_id, models, with_marketing=wants_offers)

    def _languages(self):
        """Return the language of the customer, of the first one of many, and the one to fall back.

        :rtype: tuple[str, str]
        """
        customer, record = self.partner_id, self._record()
        if self._is_many() and record is not None:
            customer = self.env["wa.template"]._customer_of(record)
        return self.env["wa.conversation"]._languages_of(customer, self.wa_channel_id.company_id)

    @api.depends("choice_ids")
    def _compute_template_id(self):
        for wizard in self:
            name = wizard.template_id.name
            same = wizard.choice_ids.filtered(lambda template, n=name: template.name == n)
            wizard.template_id = same[:1]._origin

    @api.depends("template_id", "choice_ids")
    def _compute_variant_ids(self):
        for wizard in self:
            name = wizard.template_id.name
            usable = wizard._usable() if name else wizard.template_id
            wizard.variant_ids = usable.filtered(lambda template, n=name: template.name == n)

    @api.depends("template_id")
    def _compute_variant_id(self):
        for wizard in self:
            variant, _why = wizard.variant_ids._choose(*wizard._languages())
            wizard.variant_id = variant._origin

    @api.depends("variant_id")
    def _compute_language_note(self):
        for wizard in self:
            language, fallback = wizard._languages()
            best, why = wizard.variant_ids._choose(language, fallback)
            if not wizard.variant_id:
                wizard.language_note = False
            elif best._origin == wizard.variant_id._origin:
                wizard.language_note = best._explain_language(why, language)
            else:
                wizard.language_note = self.env._(
                    "Your choice. The customer would get %(language)s.",
                    language=best._language_name(),
                )

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
        """Return what the customer will see, False without a template."""
        if not self.variant_id:
            return False
        variant, record, upload = self.variant_id._origin, self._record(), self._upload()
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
        self.ensure_one()
        # Two presses at once meet here: one waits, and finds that it was sent.
        self.lock_for_update()
        if not self.is_sent:
            if problems := self._find_problems():
                raise UserError("\n".join(problems))
            self._send(self._record())
            self.is_sent = True
        return self._close()

    def _send(self, record):
        conversation = self.conversation_id
        if not conversation:
            conversation = conversation._for_partner(self.partner_id, self.wa_channel_id)
        self.variant_id._send_in(conversation, record, self._texts(), self._upload())

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
        chats = self.conversation_id
        if not chats:
            stored = [c for c in self._prospects() if c.id]
            chats = self.env["wa.conversation"].union(*stored)
        return chats._open_chats(self.partner_id.display_name)


class WaTemplateComposeLine(models.TransientModel):
    """A text that the sender writes into the template."""

    _name = "wa.template.compose.line"
    _description = "Text of a WhatsApp Template to Send"

    wizard_id = fields.Many2one(
        "wa.template.compose", required=True, ondelete="cascade", index=True
    )
    variable_id = fields.Many2one("wa.template.variable", ondelete="cascade")
    key = fields.Char()
    label = fields.Char(compute="_compute_label")
    sample = fields.Char(related="variable_id.sample")
    text = fields.Char()

    @api.depends("variable_id")
    def _compute_label(self):
        for line in self:
            line.label = line.variable_id._describe() if line.variable_id else False
