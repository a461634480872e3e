from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_SWITCHES = (
    "customer_readers",
    "document_access",
    "exclusive_reply",
    "agents_transfer",
    "keep_reading",
    "allow_invitations",
)
_PEOPLE_SHOWN = 80


class WaTeamMatrix(models.AbstractModel):
    """The page “Teams & Access”: who is what in which team, read and written cell by cell.

    Every method is for managers; `check_access` says so.
    """

    _name = "wa.team.matrix"
    _description = "Matrix of WhatsApp Teams and People"

    @api.model
    def get_matrix(self, search="", everybody=False, user_ids=()):
        """Return the teams of the switched companies and who has which role in them.

        :param str search: part of a name or log-in
        :param bool everybody: also people without WhatsApp access
        :param user_ids: people who are shown in any case, such as those just added
        :return: `teams`, `people` and how many more people there are, `hidden_count`
        :rtype: dict
        :raise AccessError: for others than managers
        """
        self.check_access("write")
        teams = self._matrix_teams()
        users = self.env["res.users"]
        domain = self._people_domain(search, everybody) | Domain("id", "in", list(user_ids))
        people = users.search(domain, limit=_PEOPLE_SHOWN, order="name, id")
        hidden_count = 0
        if len(people) == _PEOPLE_SHOWN:
            hidden_count = users.search_count(domain) - _PEOPLE_SHOWN
        return {
            "teams": [team._matrix_column() for team in teams],
            "people": self._matrix_rows(people, teams),
            "hidden_count": hidden_count,
        }

    @api.model
    def set_role(self, team_id, user_id, role, scope="team"):
        """Make somebody viewer, agent or supervisor of a team, or nothing there.

        :param int team_id: `wa.team`
        :param int user_id: `res.users`
        :param role: viewer, agent or supervisor; false takes the role away
        :param str scope: own or team; counts for agents only
        :return: the row of the `person`, the `effect` in words, and a `notice` of what happened to
            their conversations, or an empty string
        :rtype: dict
        :raise AccessError: for others than managers of the team's company
        :raise UserError: if this person cannot have this role; says what to do
        """
        team, user = self._matrix_records(team_id, user_id)
        had = team._count_assigned(user)
        team._write_role(user, role, scope)
        return self._matrix_answer(user, team, had)

    @api.model
    def move_role(self, user_id, from_team_id, to_team_id):
        """Give somebody the role in another team that they have in one, and take that one away.

        :return: as `set_role`
        :raise AccessError, UserError: as `set_role`
        """
        left, user = self._matrix_records(from_team_id, user_id)
        joined, _user = self._matrix_records(to_team_id, user_id)
        member = left._member_of(user)
        if not member:
            raise UserError(
                self.env._(
                    "%(user)s is not in %(team)s any more: somebody else changed this just now.",
                    user=user.name,
                    team=left.name,
                )
            )
        had = left._count_assigned(user)
        joined._write_role(user, member.role, member.scope)
        left._write_role(user, False)
        return self._matrix_answer(user, left, had)

    # === READING === #

    @api.model
    def _matrix_teams(self):
        """Return the teams of the switched companies, those of a company together."""
        teams = self.search([("company_id", "in", self.env.companies.ids)])
        return teams.sorted(lambda team: (team.company_id.sequence, team.company_id.id))

    @api.model
    def _people_domain(self, search, everybody):
        domain = Domain("share", "=", False)
        if search := search.strip():
            domain &= Domain("name", "ilike", search) | Domain("login", "ilike", search)
        if not everybody:
            agents = self.env.ref("whatsapp_helpdesk.group_agent")
            domain &= Domain("all_group_ids", "in", agents.ids) | Domain(
                "wa_team_member_ids", "!=", False
            )
        return domain

    def _matrix_column(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "color": self.color,
            "company": self.company_id.display_name,
            "numbers": [number._title() for number in self.wa_channel_ids],
            "switches": self._matrix_switches(),
        }

    def _matrix_switches(self):
        """Return the rules of the team; `selection` lists the choices of those with several."""
        words = self.fields_get(_SWITCHES, ["string", "help", "selection"])
        return [
            {"selection": [], **words[name], "name": name, "value": self[name]}
            for name in _SWITCHES
        ]

    @api.model
    def _matrix_rows(self, people, teams):
        roles = {user: {} for user in people}
        for member in self.env["wa.team.member"].search(
            [("user_id", "in", people.ids), ("team_id", "in", teams.ids)]
        ):
            roles[member.user_id][member.team_id.id] = member._kind()
        managers = people & self._matrix_managers()
        return [
            {
                "id": user.id,
                "name": user.name,
                "is_manager": user in managers,
                "roles": roles[user],
                "closed_team_ids": teams.filtered(
                    lambda team, user=user: team.company_id not in user._wa_companies()
                ).ids,
            }
            for user in (people - managers) + managers
        ]

    @api.model
    def _matrix_managers(self):
        managers = self.env.ref("whatsapp_helpdesk.group_manager")
        return self.env["res.users"].search(
            [("all_group_ids", "in", managers.ids), ("share", "=", False)]
        )

    # === WRITING === #

    @api.model
    def _matrix_records(self, team_id, user_id):
        self.check_access("write")
        team = self.browse(team_id).exists()
        user = self.env["res.users"].browse(user_id).exists()
        if not team or not user:
            raise UserError(self.env._("This team or person is gone. Reload the page."))
        team.check_access("write")
        if user.has_group("whatsapp_helpdesk.group_manager"):
            raise UserError(
                self.env._(
                    "%(user)s is a WhatsApp manager and sees everything. To give a role in single "
                    "teams, first choose “Agent” under WhatsApp in the user settings.",
                    user=user.name,
                )
            )
        return team, user

    def _member_of(self, user):
        self.ensure_one()
        return self.env["wa.team.member"].search(
            [("team_id", "=", self.id), ("user_id", "=", user.id)]
        )

    def _write_role(self, user, role, scope="team"):
        member = self._member_of(user)
        values = {"role": role, "scope": scope if role == "agent" else "team"}
        if not role:
            member.unlink()
        elif not member:
            member.create([{"team_id": self.id, "user_id": user.id, **values}])
        elif values != {"role": member.role, "scope": member.scope}:
            member.write(values)

    def _count_assigned(self, user):
        """Return how many of this team's conversations a person has."""
        return self.env["wa.conversation"].search_count(
            [("team_id", "=", self.id), ("user_id", "=", user.id), ("state", "!=", "closed")]
        )

    @api.model
    def _matrix_answer(self, user, team, had):
        notice = ""
        if released := had - team._count_assigned(user):
            notice = self.env._(
                "%(count)s conversations that %(user)s had are unassigned in %(team)s now.",
                count=released,
                user=user.name,
                team=team.name,
            )
        (person,) = self._matrix_rows(user, self._matrix_teams())
        return {"person": person, "effect": self._person_effect(user), "notice": notice}
