from odoo import api, fields, models


class WaTemplateComposeChoosing(models.AbstractModel):
    """The number, the template and the language of a template that is being composed.

    Whoever may use the dialog can put anything into it, so even what is stored is computed with the
    rights of the user.
    """

    _name = "wa.template.compose.choosing"
    _description = "WhatsApp Template to Send, Choices"

    number_ids = fields.Many2many("wa.channel", compute="_compute_number_ids")
    wa_channel_id = fields.Many2one(
        "wa.channel",
        "From",
        compute="_compute_wa_channel_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', number_ids)]",
    )
    choice_ids = fields.Many2many("wa.template", compute="_compute_choice_ids")
    template_id = fields.Many2one(
        "wa.template",
        compute="_compute_template_id",
        compute_sudo=False,
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
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', variant_ids)]",
    )
    language_note = fields.Char(compute="_compute_language_note")

    # === COMPUTE METHODS === #

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

    def _usable(self, name=""):
        """Return the variants that can be sent from the chosen number about this.

        :param str name: of the template; '' for all
        """
        templates = self.env["wa.template"]
        if self._is_many():
            if not self.wa_channel_id:
                return templates
            return templates._usable(self.wa_channel_id, [self.res_model], name=name)
        conversation = self._conversation()
        if not conversation:
            return templates
        # sudo: wa.contact - whether the customer wants offers
        wants_offers = conversation.sudo().contact_id._takes_marketing()
        models = None if self.conversation_id else [self.res_model]
        return templates._usable(
            conversation.wa_channel_id, models, name=name, with_marketing=wants_offers
        )

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
            template = wizard.template_id
            wizard.variant_ids = wizard._usable(template.name) if template else template

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
            if not wizard.variant_id or not best:
                wizard.language_note = False
            elif best._origin == wizard.variant_id._origin:
                wizard.language_note = best._explain_language(why, language)
            else:
                wizard.language_note = self.env._(
                    "Your choice. The customer would get %(language)s.",
                    language=best._language_name(),
                )
