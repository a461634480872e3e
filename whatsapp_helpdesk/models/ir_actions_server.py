from odoo import api, fields, models

CAUSE = "server_action"


class IrActionsServer(models.Model):
    """Server actions, and so automation rules, that send a template."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[("whatsapp", "Send WhatsApp"), ("followers",)],
        ondelete={"whatsapp": "cascade"},
    )
    wa_template_id = fields.Many2one(
        "wa.template",
        "WhatsApp Template",
        compute="_compute_wa_template_id",
        store=True,
        readonly=False,
        ondelete="set null",
        domain="[('status', '=', 'approved'), ('model', 'in', [False, model_name])]",
        help="Each customer gets the variant of the own language, else this one.",
    )
    wa_channel_id = fields.Many2one(
        "wa.channel",
        "From",
        compute="_compute_wa_template_id",
        store=True,
        readonly=False,
        ondelete="set null",
        domain="[('account_id', '=', wa_account_id)]",
        help="Empty: the number on which the customer is known.",
    )
    wa_account_id = fields.Many2one(related="wa_template_id.account_id")

    # === COMPUTE METHODS === #

    def _name_depends(self):
        return [*super()._name_depends(), "wa_template_id"]

    def _generate_action_name(self):
        self.ensure_one()
        if self.state == "whatsapp" and self.wa_template_id:
            return self.env._("Send WhatsApp: %(template)s", template=self.wa_template_id.name)
        return super()._generate_action_name()

    @api.depends("state")
    def _compute_available_model_ids(self):
        """Override: what went wrong is noted on the record, so it needs a chatter."""
        ours = self.filtered(lambda action: action.state == "whatsapp")
        if ours:
            models_ = self.env["ir.model"].search(
                [("is_mail_thread", "=", True), ("transient", "=", False)]
            )
            ours.available_model_ids = models_
        return super(IrActionsServer, self - ours)._compute_available_model_ids()

    @api.depends("model_id", "state")
    def _compute_wa_template_id(self):
        for action in self:
            model = action.wa_template_id.model
            if action.state != "whatsapp" or (model and model != action.model_name):
                action.wa_template_id = False
                action.wa_channel_id = False

    @api.model
    def _warning_depends(self):
        return [*super()._warning_depends(), "model_id", "state", "wa_channel_id", "wa_template_id"]

    def _get_warning_messages(self):
        self.ensure_one()
        warnings = super()._get_warning_messages()
        if self.state == "whatsapp":
            warnings += self._whatsapp_warnings()
        return warnings

    def _whatsapp_warnings(self):
        # sudo: wa.template - whether it can be sent, told to administrators
        template = self.sudo().wa_template_id
        if not template:
            return []
        warnings = []
        if template.model and template.model != self.model_name:
            warnings.append(self.env._("The template is made for other records: choose another."))
        # sudo: wa.channel - as above
        if (number := self.sudo().wa_channel_id) and number.account_id != template.account_id:
            warnings.append(self.env._("The number belongs to another WhatsApp account."))
        asked = template._asked_variables() | template._typed_variables()
        names = [variable._describe() for variable in asked]
        file = template._file_variable()
        if file and file.source == "free_text":
            names.append(file._describe())
        if names:
            warnings.append(
                self.env._(
                    "Nobody is there to fill in “%(variables)s”: give it another source in the "
                    "template.",
                    variables=", ".join(names),
                )
            )
        return warnings

    # === BUSINESS METHODS === #

    def _run_action_whatsapp_multi(self, eval_context=None):
        """Send the template to the customers of the records, in the company's name."""
        records = eval_context.get("records") or eval_context.get("record")
        if not records or not self.wa_template_id or self._is_recompute():
            return False
        self.wa_template_id._send_automatically(
            records, self.wa_channel_id, self.write_uid, cause=CAUSE
        )
        return False
