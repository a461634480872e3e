from odoo import api, fields, models

_ANSWERING_ROLES = ("agent", "supervisor")


class WaConversationTransfer(models.TransientModel):
    """Hand conversations over to another team or a colleague."""

    _name = "wa.conversation.transfer"
    _description = "Hand Over Conversations"

    conversation_ids = fields.Many2many("wa.conversation", required=True, readonly=True)
    company_ids = fields.Many2many("res.company", compute="_compute_company_ids")
    team_id = fields.Many2one(
        "wa.team",
        compute="_compute_team_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        domain="[('company_id', 'in', company_ids)]",
        help="Empty: each stays in its own team.",
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        domain="[('id', 'in', candidate_ids)]",
        help="Who answers from now on. Empty: whoever of the team takes it.",
    )
    reason = fields.Char()
    needs_reason = fields.Boolean(compute="_compute_needs_reason")

    # === COMPUTE METHODS === #

    @api.depends("conversation_ids")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.conversation_ids.company_id

    @api.depends("conversation_ids")
    def _compute_team_id(self):
        for wizard in self:
            teams = wizard.conversation_ids.team_id
            wizard.team_id = teams if len(teams) == 1 else False

    @api.depends("conversation_ids", "team_id")
    def _compute_candidate_ids(self):
        # sudo: res.groups, wa.team.member - who is offered; who may have it is checked when applied
        managers = self.env.ref("whatsapp_helpdesk.group_manager").sudo().all_user_ids
        for wizard in self:
            candidates = self.env["res.users"]
            for number, team in enumerate(wizard.team_id or wizard.conversation_ids.team_id):
                members = team.sudo().member_ids.filtered(lambda m: m.role in _ANSWERING_ROLES)
                company = team.sudo().company_id
                answering = members.user_id | managers.filtered(
                    lambda user, company=company: company in user.company_ids
                )
                candidates = answering if number == 0 else candidates & answering
            wizard.candidate_ids = candidates.filtered(lambda user: user.active and not user.share)

    @api.depends("conversation_ids", "team_id", "user_id")
    def _compute_needs_reason(self):
        for wizard in self:
            wizard.needs_reason = any(
                conversation._needs_reason(wizard.team_id or conversation.team_id, wizard.user_id)
                for conversation in wizard.conversation_ids
            )

    @api.onchange("team_id")
    def _onchange_team_id(self):
        if self.user_id not in self.candidate_ids:
            self.user_id = False

    # === ACTION METHODS === #

    def action_apply(self):
        self.ensure_one()
        conversations = self.conversation_ids
        conversations._hand_over(self.team_id, self.user_id, self.reason)
        is_from_page = self.env.context.get("active_model") == conversations._name
        if is_from_page and len(conversations._filter_access("read")) < len(conversations):
            # The page behind the dialog cannot be loaded any more.
            action = conversations._prepare_list_action(self.env._("Conversations"), [])
            return action | {"target": "main", "context": {"search_default_not_closed": 1}}
        return {"type": "ir.actions.act_window_close"}
