from odoo import api, fields, models


class WaTeam(models.Model):
    _name = "wa.team"
    _inherit = ["bus.listener.mixin"]
    _description = "WhatsApp Team"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    member_ids = fields.One2many("wa.team.member", "team_id", string="Team Members", copy=True)
    user_ids = fields.Many2many(
        "res.users",
        string="Members",
        compute="_compute_user_ids",
        inverse="_inverse_user_ids",
        domain=[("share", "=", False)],
        help="They see, answer and manage the conversations of this team. "
        "Adding somebody makes them a WhatsApp agent.",
    )
    wa_channel_ids = fields.One2many("wa.channel", "team_id", string="Numbers")
    reopen_hours = fields.Float(
        "Reopen Within",
        default=24.0,
        help="Hours after closing within which a new message reopens the conversation. "
        "Later messages start a new one.",
    )
    unassigned_count = fields.Integer(compute="_compute_conversation_counts")
    unanswered_count = fields.Integer(compute="_compute_conversation_counts")

    _reopen_hours_positive = models.Constraint(
        "CHECK (reopen_hours >= 0)", "The time for reopening cannot be negative."
    )

    # === COMPUTE METHODS === #

    @api.depends("member_ids.user_id")
    def _compute_user_ids(self):
        for team in self:
            team.user_ids = team.member_ids.user_id

    def _inverse_user_ids(self):
        for team in self:
            team.member_ids.filtered(lambda m, team=team: m.user_id not in team.user_ids).unlink()
            new_users = team.user_ids - team.member_ids.user_id
            self.env["wa.team.member"].create(
                [{"team_id": team.id, "user_id": user.id} for user in new_users]
            )

    def _compute_conversation_counts(self):
        active = [("team_id", "in", self.ids), ("state", "!=", "closed")]
        conversations = self.env["wa.conversation"]
        unassigned = conversations._read_group(
            [*active, ("user_id", "=", False)], ["team_id"], ["__count"]
        )
        unanswered = conversations._read_group(
            [*active, ("unanswered_count", ">", 0)], ["team_id"], ["__count"]
        )
        for team in self:
            team.unassigned_count = dict(unassigned).get(team, 0)
            team.unanswered_count = dict(unanswered).get(team, 0)

    # === ACTION METHODS === #

    def action_open_conversations(self):
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.name, [("team_id", "=", self.id)], {"search_default_not_closed": 1}
        )


class WaTeamMember(models.Model):
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
    company_id = fields.Many2one(related="team_id.company_id")

    _team_user_unique = models.UniqueIndex(
        "(team_id, user_id)", "This user is a member of the team already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.user_id._wa_become_agents()
        return members

    def unlink(self):
        """Override to take the leaving users off the conversations that they had or followed."""
        left = [(member.user_id, member.team_id) for member in self]
        result = super().unlink()
        for user, team in left:
            # sudo: wa.conversation - who manages the team may take its conversations off somebody
            self.env["wa.conversation"].sudo().search(
                [("team_id", "=", team.id), ("user_id", "=", user.id), ("state", "!=", "closed")]
            )._assign(self.env["res.users"])
            # sudo: discuss.channel.member - as above
            self.env["discuss.channel.member"].sudo().search(
                [
                    ("partner_id", "=", user.partner_id.id),
                    ("channel_id.wa_conversation_ids.team_id", "=", team.id),
                ]
            ).unlink()
        return result
