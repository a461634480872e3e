from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class WaTeamMember(models.Model):
    """What a user may do in a team."""

    _name = "wa.team.member"
    _description = "WhatsApp Team Member"
    _rec_name = "user_id"

    team_id = fields.Many2one("wa.team", required=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("share", "=", False)],
    )
    role = fields.Selection(
        [("viewer", "Viewer"), ("agent", "Agent"), ("supervisor", "Supervisor")],
        required=True,
        default="agent",
        help="Viewers read. Agents also answer. Supervisors also assign, transfer, close for "
        "others and keep the team's tags and canned replies.",
    )
    scope = fields.Selection(
        [("own", "Own and Unassigned"), ("team", "Whole Team")],
        compute="_compute_scope",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Which of the team's conversations an agent sees.",
    )
    company_id = fields.Many2one(related="team_id.company_id")
    effect = fields.Text(
        "What This Gives", compute="_compute_effect", export_string_translation=False
    )

    _team_user_unique = models.UniqueIndex(
        "(team_id, user_id)", "This user is a member of the team already."
    )

    # === COMPUTE METHODS === #

    @api.depends("role")
    def _compute_scope(self):
        for member in self:
            if member.role != "agent" or not member.scope:
                member.scope = "team"

    @api.depends("role", "scope", "team_id.agents_transfer", "team_id.exclusive_reply")
    @api.depends_context("lang", "uid")
    def _compute_effect(self):
        for member in self:
            sentences = member.team_id._role_sentences(member.role, member.scope)
            member.effect = " ".join(sentences)

    # === CONSTRAINT METHODS === #

    @api.constrains("role", "scope")
    def _check_scope(self):
        if self.filtered(lambda member: member.role != "agent" and member.scope != "team"):
            raise ValidationError(
                self.env._("Only agents can be limited to their own conversations.")
            )

    @api.constrains("team_id", "user_id")
    def _check_user(self):
        for member in self:
            # sudo: res.users - who may edit a team may know which companies its members open
            user = member.user_id.sudo()
            if user.share or member.team_id.company_id not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot open %(company)s, the company of this team.",
                        user=user.name,
                        company=member.team_id.company_id.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._roles_changed()
        members._tell_browsers()
        members._record_roles({})
        return members

    def write(self, vals):
        """Override to let the conversations that a member may not handle any more go.

        :raise UserError: if it would become somebody else's role, or one in another team
        """
        self._check_whose(vals)
        before = self._roles_in_words()
        result = super().write(vals)
        self._roles_changed()
        for member in self:
            self._leave(member.user_id, member.team_id)
        self._tell_browsers()
        self._record_roles(before)
        return result

    def unlink(self):
        """Override to take the leaving users off the conversations that they had or followed."""
        left = [(member.user_id, member.team_id) for member in self]
        self._tell_browsers()
        self._record_roles(self._roles_in_words(), gone=True)
        result = super().unlink()
        self.env["res.users"]._wa_forget_roles()
        for user, team in left:
            self._leave(user, team)
        return result

    # === BUSINESS METHODS === #

    def _kind(self):
        """Return role and scope in one word: viewer, agent_own, agent_team or supervisor."""
        self.ensure_one()
        return f"agent_{self.scope}" if self.role == "agent" else self.role

    def _roles_changed(self):
        self.env["res.users"]._wa_forget_roles()
        self.user_id._wa_follow_roles()

    def _check_whose(self, vals):
        for name in vals.keys() & {"team_id", "user_id"}:
            if self.filtered(lambda member, name=name: member[name].id != vals[name]):
                raise UserError(
                    self.env._(
                        "A role belongs to one user in one team. Remove it and add another one."
                    )
                )

    def _roles_in_words(self):
        """Return for each of these members what they may do, such as Agent (Whole Team)."""
        roles = dict(self._fields["role"]._description_selection(self.env))
        scopes = dict(self._fields["scope"]._description_selection(self.env))
        return {
            member: f"{roles[member.role]} ({scopes[member.scope]})"
            if member.role == "agent"
            else roles[member.role]
            for member in self
        }

    def _record_roles(self, before, gone=False):
        """Write into the access log who gave which role to whom, or took it away.

        :param dict before: see `_roles_in_words`
        """
        after = {} if gone else self._roles_in_words()
        nothing = self.env._("no role")
        for member in self:
            old, new = before.get(member, nothing), after.get(member, nothing)
            if old != new:
                self.env["wa.access.log"]._record(
                    "role_changed",
                    subject=member.user_id,
                    team=member.team_id,
                    detail=f"{old} → {new}",
                )

    @api.model
    def _leave(self, user, team):
        """Take a user off what they may not handle or read in a team any more."""
        # sudo: wa.conversation - who manages the team may take its conversations off somebody
        had = (
            self.env["wa.conversation"]
            .sudo()
            .search(
                [("team_id", "=", team.id), ("user_id", "=", user.id), ("state", "!=", "closed")]
            )
        )
        access = had._get_access(user)
        had.filtered(lambda c: not access[c].allows("handle"))._assign(self.env["res.users"])
        # sudo: discuss.channel.member - as above
        followed = (
            self.env["discuss.channel.member"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", user.partner_id.id),
                    ("channel_id.wa_conversation_ids.team_id", "=", team.id),
                ]
            )
        )
        access = followed.channel_id.wa_conversation_ids._get_access(user)
        followed.filtered(
            lambda member: not access[member.channel_id.wa_conversation_id].allows("read")
        ).unlink()

    def _tell_browsers(self):
        """Let the browsers of these members ask anew what they may see."""
        for user in self.user_id:
            user._bus_send("whatsapp_helpdesk/access_changed", {"thread_ids": False})
