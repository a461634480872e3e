from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

_ROLE_FIELDS = {"active", "agents_transfer", "company_id", "exclusive_reply"}
# What `_ids_with` knows of
_OPENING_FIELDS = {"customer_readers", "document_access"}


class WaTeam(models.Model):
    _name = "wa.team"
    _inherit = [
        "bus.listener.mixin",
        "wa.team.effect",
        "wa.team.matrix",
        "wa.team.mine",
        "wa.team.settings",
        "wa.team.tickets",
        "wa.team.words",
    ]
    _description = "WhatsApp Team"
    _order = "sequence, id"
    _check_company_auto = True

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
        help="The people of this team, whatever their role. Adding somebody makes them an agent.",
    )
    wa_channel_ids = fields.One2many("wa.channel", "team_id", string="Numbers", check_company=True)
    customer_readers = fields.Boolean(
        "Salespeople Read Chats of Their Customers",
        default=True,
        help="Who is the salesperson of a customer reads, and only reads, the customer's "
        "conversations with this team.",
    )
    document_access = fields.Selection(
        [
            ("none", "Nothing"),
            ("stretch", "The Linked Stretch"),
            ("conversation", "The Whole Conversation"),
        ],
        "Orders and Tickets Open",
        required=True,
        default="conversation",
        help="What the responsible of a quotation, an order or a ticket reads, and only reads, of "
        "the conversations of this team that are linked to it.",
    )
    exclusive_reply = fields.Boolean(
        "Only the Assignee Answers",
        help="Colleagues read and write notes. A supervisor may answer after giving a reason.",
    )
    agents_transfer = fields.Boolean(
        "Agents Hand Over",
        default=True,
        help="Agents may give the conversations that they have to colleagues and other teams.",
    )
    keep_reading = fields.Boolean(
        "Keep Reading after a Transfer",
        help="The team can still read what it gave to another team.",
    )
    allow_invitations = fields.Boolean(
        "Colleagues Can Be Invited",
        default=True,
        help="Agents may invite colleagues of other teams into a single conversation.",
    )
    reopen_hours = fields.Float(
        "Reopen Within",
        default=24.0,
        help="Hours after closing within which a new message reopens the conversation. "
        "Later messages start a new one.",
    )
    window_warning_hours = fields.Float(
        "Warn before the Window Closes",
        default=2.0,
        help="Hours before the end of the 24-hour window from which conversations are marked. Who "
        "has a case, else the supervisors, is told then and afterwards if the customer still "
        "waits. 0: nobody is told.",
    )
    unassigned_count = fields.Integer(compute="_compute_conversation_counts")
    unanswered_count = fields.Integer(compute="_compute_conversation_counts")

    _reopen_hours_positive = models.Constraint(
        "CHECK (reopen_hours >= 0)", "The time for reopening cannot be negative."
    )

    _window_warning_hours_range = models.Constraint(
        "CHECK (window_warning_hours >= 0 AND window_warning_hours < 24)",
        "The warning comes less than 24 hours before the window closes.",
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
                [
                    {"team_id": team.id, "user_id": user.id, "role": user._wa_usual_role()}
                    for user in new_users
                ]
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

    # === CONSTRAINT METHODS === #

    @api.constrains("company_id")
    def _check_company_of_team(self):
        """Keep what a team has in its company: numbers by `check_company`, the rest here."""
        self.member_ids._check_user()
        # sudo: wa.conversation - counted, not shown
        conversations = self.env["wa.conversation"].sudo()
        for team in self:
            elsewhere = [("team_id", "=", team.id), ("company_id", "!=", team.company_id.id)]
            if conversations.search_count(elsewhere, limit=1):
                raise ValidationError(
                    self.env._(
                        "%(team)s has conversations of another company. Create a team of its own "
                        "for %(company)s.",
                        team=team.name,
                        company=team.company_id.name,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override: a new team may open its conversations to salespeople."""
        teams = super().create(vals_list)
        self.env["res.users"]._wa_forget_roles()
        return teams

    def write(self, vals):
        """Override: what the roles in a team give depends on the team too."""
        result = super().write(vals)
        if vals.keys() & (_ROLE_FIELDS | _OPENING_FIELDS):
            self.env["res.users"]._wa_forget_roles()
        if vals.keys() & _ROLE_FIELDS:
            self.member_ids._tell_browsers()
        return result

    def unlink(self):
        """Override: whose team is gone has no role in it."""
        self.member_ids.unlink()
        result = super().unlink()
        self.env["res.users"]._wa_forget_roles()
        return result

    # === BUSINESS METHODS === #

    @api.model
    @ormcache("setting", "value")
    def _ids_with(self, setting, value):
        """Return the teams of all companies that open their conversations in a certain way.

        Searches that name the teams are planned faster by PostgreSQL than those that join them.

        :param str setting: customer_readers or document_access
        :param value: of that field
        :rtype: tuple[int]
        """
        # sudo: wa.team - ids that rules compare with, not shown to anybody
        teams = self.sudo().with_context(active_test=False)
        return tuple(teams.search([(setting, "=", value)]).ids)

    # === ACTION METHODS === #

    def action_open_conversations(self):
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.name, [("team_id", "=", self.id)], {"search_default_not_closed": 1}
        )
