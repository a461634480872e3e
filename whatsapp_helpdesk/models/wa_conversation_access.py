from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, Query, ormcache

from .. import access
from ..access import ASSIGN, HANDLE, MANAGE, NOTE, READ, REPLY

_FACTS = (
    "company_id",
    "former_team_ids",
    "invited_user_ids",
    "link_ids.sale_order_id.user_id",
    "link_ids.ticket_id.user_id",
    "override_user_ids",
    "partner_id.commercial_partner_id.user_id",
    "partner_id.user_id",
    "team_id.customer_readers",
    "team_id.document_access",
    "team_id.exclusive_reply",
    "team_id.member_ids.role",
    "team_id.member_ids.scope",
    "team_id.member_ids.user_id",
    "user_id",
)


def _is_hashable(value):
    try:
        hash(value)
    except TypeError:
        return False
    return True


class WaConversationAccess(models.AbstractModel):
    """Who may do what with a conversation. Everything that asks, asks here.

    `_access_rules` lists the reasons for which a user may do something, each with the domain of the
    conversations that it is about. Searches use these domains as SQL (`is_readable`, which the
    record rules of this model and of all that belongs to it refer to), single records are held
    against them (`_get_access`): one set of rules, two ways to ask.
    """

    _name = "wa.conversation.access"
    _description = "Access to WhatsApp Conversations"

    is_readable = fields.Boolean(
        compute="_compute_is_readable",
        search="_search_is_readable",
        export_string_translation=False,
        help="Whether the current user may read it.",
    )
    invited_user_ids = fields.Many2many(
        "res.users",
        "wa_conversation_invited_rel",
        "conversation_id",
        "user_id",
        string="Invited",
        readonly=True,
        copy=False,
        help="Colleagues who may read this conversation although their teams do not have it.",
    )
    former_team_ids = fields.Many2many(
        "wa.team",
        "wa_conversation_former_team_rel",
        "conversation_id",
        "team_id",
        string="Former Teams",
        readonly=True,
        copy=False,
        help="Teams that gave it away and may still read it.",
    )
    override_user_ids = fields.Many2many(
        "res.users",
        "wa_conversation_override_rel",
        "conversation_id",
        "user_id",
        string="May Answer Too",
        readonly=True,
        copy=False,
        help="Supervisors who said why they answer although only the assignee may.",
    )

    # === COMPUTE METHODS === #

    @api.depends(*_FACTS)
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        readable = self._filter_access(READ)
        for conversation in self:
            conversation.is_readable = conversation in readable

    @api.depends("name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        """Override: Odoo names what a record points to without asking who may read that.

        Anybody can make a record, of a dialog for example, that points to any conversation.
        """
        # sudo: wa.conversation - taken away: the question is what the user may
        readable = self.sudo(False).search([("id", "in", self._origin.ids)])
        for conversation in self:
            is_named = self.env.user._is_superuser() or conversation._origin in readable
            conversation.display_name = is_named and conversation.name

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._access_domain(READ)

    @api.private
    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Override: what the record rule found as SQL is not asked of each record once more."""
        found = super().search_fetch(domain, field_names, offset=offset, limit=limit, order=order)
        if found and not self.env.su:
            self._fields["is_readable"]._update_cache(found, True)
        return found

    @api.model
    def _sql_chat_readable(self, chat):
        """Return SQL that tells whether the current user may read the conversation of a chat.

        For one chat that is one look-up, however many conversations the user may read.

        :param SQL chat: id of a `discuss.channel`
        :rtype: SQL
        """
        # sudo: wa.conversation - the domain is the right itself
        conversations = self.sudo().with_context(active_test=False)
        rules = [rule for rule in self._access_rules() if READ in rule.rights]
        domain = self._company_domain() & Domain.OR(rule.domain for rule in rules)
        domain = domain.optimize_full(conversations)
        query = Query(self.env, self._table, SQL.identifier(self._table))
        query.add_where(SQL("%s = %s", SQL.identifier(self._table, "discuss_channel_id"), chat))
        query.add_where(domain._to_sql(conversations, self._table, query))
        return SQL("EXISTS (%s)", query.select(SQL("1")))

    # === DECISION === #

    def _get_access(self, user=None):
        """Return what a user may do with each of these conversations, and who says so.

        :param user: `res.users`, asked for all of their companies; without one it is the current
            user with the companies that are switched on
        :rtype: dict[wa.conversation, Access]
        """
        asked = self._as_user(user)
        granted = {conversation: {} for conversation in self}
        for rule, matching in asked._matching_rules():
            for conversation in matching.with_env(self.env):
                for right in rule.rights:
                    granted[conversation].setdefault(right, rule.source)
        return {conversation: access.Access(sources) for conversation, sources in granted.items()}

    def _filter_access(self, right):
        """Return those of these conversations with which the current user may do something.

        :param str right: one of `access.RIGHTS`
        """
        allowed = self.browse()
        for rule, matching in self._matching_rules():
            if right in rule.rights:
                allowed |= matching.with_env(self.env)
                if len(allowed) == len(self):
                    break
        return allowed

    def _check_can(self, right):
        """Raise unless the current user may do something with these conversations.

        :param str right: one of `access.RIGHTS`
        :raise AccessError: says why not
        """
        # Core's own checks (company, group, rules of other addons) come first.
        # sudo: wa.conversation - taken away: the question is what the user may
        conversations = self.sudo(False)
        conversations.check_access("read")
        if refused := conversations - conversations._filter_access(right):
            raise AccessError(refused[0]._explain(right)[1])

    @api.model
    def _access_domain(self, right):
        """Return the domain of the conversations with which the current user may do something.

        :param str right: one of `access.RIGHTS`
        """
        rules = [rule for rule in self._access_rules() if right in rule.rights]
        wide = Domain.OR(rule.domain for rule in rules if not rule.is_narrow)
        narrow = tuple(rule.domain for rule in rules if rule.is_narrow)
        return self._company_domain() & (wide | self._one_of(narrow) if narrow else wide)

    @api.model
    def _one_of(self, domains):
        """Return a domain of what any of others finds; PostgreSQL takes each from an index.

        As one OR over joined tables they would be asked of each conversation there is.

        :param tuple[Domain] domains: of stored fields; only those whose values are tuples, not
            lists, are cached
        """
        write = self._cached_sql_of_any if _is_hashable(domains) else self._sql_of_any
        found = write(domains)

        def to_sql(_model, alias, _query):
            return SQL("%s IN (%s)", SQL.identifier(alias, "id"), found)

        return Domain.custom(to_sql=to_sql)

    @api.model
    @ormcache("domains")
    def _cached_sql_of_any(self, domains):
        # Odoo takes longer to write it than PostgreSQL to run it
        return self._sql_of_any(domains)

    @api.model
    def _sql_of_any(self, domains):
        # sudo: wa.conversation - the domains are the right itself
        conversations = self.sudo().with_context(active_test=False)
        found = [conversations._search(domain).select() for domain in domains]
        return SQL(" UNION ALL ").join(found)

    def _as_user(self, user):
        if not user:
            return self
        return self.with_user(user).with_context(allowed_company_ids=list(user._get_company_ids()))

    @api.model
    def _company_domain(self):
        # sudo: wa.conversation - taken away, because then Odoo checks that the companies, which
        # browsers name, are the user's
        return Domain("company_id", "in", self.sudo(False).env.companies.ids)

    def _matching_rules(self):
        """Yield the rules that grant the current user something here, each with where it does."""
        # sudo: wa.conversation - the facts that the rules are about, not shown to anybody
        conversations = self.sudo().filtered_domain(self._company_domain())
        for rule in self._access_rules():
            if matching := conversations.filtered_domain(rule.domain):
                yield rule, matching

    # === RULES === #

    @api.model
    def _access_rules(self):
        """Return for what reasons the current user may do something, the strongest first.

        Portal and public users may do nothing, whatever their records say.

        :rtype: list[AccessRule]
        """
        user = self.env.user
        if not user._is_internal():
            return []
        if user.has_group("whatsapp_helpdesk.group_manager"):
            return self._leading_rules(access.MANAGER, Domain.TRUE)
        rules = []
        if user.has_group("whatsapp_helpdesk.group_agent"):
            rules += self._team_rules(user._wa_team_roles())
        return rules + self._invitation_rules() + self._document_rules()

    @api.model
    def _leading_rules(self, source, domain):
        everything_else = frozenset({READ, NOTE, HANDLE, ASSIGN, MANAGE})
        return [
            access.AccessRule(source, everything_else, domain),
            access.AccessRule(source, frozenset({REPLY}), domain & self._may_answer_domain()),
        ]

    @api.model
    def _may_answer_domain(self):
        """Return where answering is not reserved for somebody else."""
        return (
            Domain("team_id", "=", False)
            | Domain("team_id.exclusive_reply", "=", False)
            | Domain("user_id", "in", (False, self.env.uid))
            | Domain("override_user_ids", "in", self.env.uid)
        )

    @api.model
    def _team_rules(self, roles):
        """Return what the roles in the teams give.

        :param list[TeamRole] roles: of the current user
        """

        def in_teams(role, scope, **more):
            wanted = {"role": role, "scope": scope} | more
            return self._of_teams(
                r.team_id for r in roles if all(getattr(r, k) == v for k, v in wanted.items())
            )

        mine = Domain("user_id", "=", self.env.uid)
        free_or_mine = Domain("user_id", "in", [False, self.env.uid])
        rules = self._leading_rules(access.SUPERVISOR, in_teams("supervisor", "team"))
        for source, scope, limit in (
            (access.AGENT_TEAM, "team", Domain.TRUE),
            (access.AGENT_OWN, "own", free_or_mine),
        ):
            where = in_teams("agent", scope) & limit
            giving = in_teams("agent", scope, may_transfer=True) & mine
            rules += [
                access.AccessRule(source, frozenset({READ, NOTE}), where),
                access.AccessRule(source, frozenset({REPLY}), where & self._may_answer_domain()),
                access.AccessRule(source, frozenset({HANDLE}), where & free_or_mine),
                access.AccessRule(source, frozenset({ASSIGN}), giving),
            ]
        reading = frozenset({READ})
        former = self._of_teams((role.team_id for role in roles), "former_team_ids")
        rules += [
            access.AccessRule(access.VIEWER, reading, in_teams("viewer", "team")),
            access.AccessRule(access.FORMER_TEAM, reading, former, is_narrow=True),
        ]
        return [rule for rule in rules if not rule.domain.is_false()]

    @api.model
    def _invitation_rules(self):
        """Return what being invited gives: agents answer, other colleagues advise in notes."""
        invited = Domain("invited_user_ids", "in", self.env.uid)
        rules = [(frozenset({READ, NOTE}), invited)]
        if self.env.user.has_group("whatsapp_helpdesk.group_agent"):
            rules.append((frozenset({REPLY}), invited & self._may_answer_domain()))
        return [
            access.AccessRule(access.INVITED, rights, domain, is_narrow=True)
            for rights, domain in rules
        ]

    @api.model
    def _document_rules(self):
        """Return what being responsible for a customer, an order or a ticket gives."""
        uid = self.env.uid
        customer = Domain("partner_id.user_id", "=", uid)
        company = Domain("partner_id.commercial_partner_id.user_id", "=", uid)
        order = Domain("link_ids.sale_order_id.user_id", "=", uid)
        ticket = Domain("link_ids.ticket_id.user_id", "=", uid)
        return [
            *self._reading_rules(access.SALESPERSON, "customer_readers", True, customer),
            *self._reading_rules(access.SALESPERSON, "customer_readers", True, company),
            *self._reading_rules(access.ORDER, "document_access", "conversation", order),
            *self._reading_rules(access.TICKET, "document_access", "conversation", ticket),
        ]

    @api.model
    def _reading_rules(self, source, setting, value, domain):
        """Return the rule that something opens the conversations of the teams that allow it.

        :param str setting: field of the team, one of those that `wa.team._ids_with` caches
        :param value: with which the team allows it
        :return: no rule if no team does
        :rtype: list[AccessRule]
        """
        where = self._of_teams(self.env["wa.team"]._ids_with(setting, value)) & domain
        rule = access.AccessRule(source, frozenset({READ}), where, is_narrow=True)
        return [] if where.is_false() else [rule]

    @api.model
    def _of_teams(self, team_ids, field="team_id"):
        """Return the domain of the conversations of teams; `Domain.FALSE` if there are none."""
        team_ids = tuple(team_ids)
        return Domain(field, "in", team_ids) if team_ids else Domain.FALSE
