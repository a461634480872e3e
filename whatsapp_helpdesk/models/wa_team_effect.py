from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_list

_KINDS = ("supervisor", "agent_team", "agent_own", "viewer")


class WaTeamEffect(models.AbstractModel):
    """What the roles of a person, or of a team, come down to: the text under the matrix.

    An effect is a dict of the title, of `sections` (title, `kind` of the role, `people`, sentences,
    `team_id`) and of further `notes`; all words in the language of the current user.
    """

    _name = "wa.team.effect"
    _description = "Effect of WhatsApp Roles, in Words"

    def get_effect(self):
        """Tell in words who may do what in this team. For managers.

        :rtype: dict
        :raise AccessError: for everybody else
        """
        self.ensure_one()
        self.check_access("write")
        sections = [self._kind_section(kind) for kind in _KINDS]
        managers = self._matrix_managers()
        sections.append(
            self._section(
                self.env._("Managers"),
                "manager",
                [self.env._("See and do everything in all teams of their companies.")],
                people=managers.mapped("name"),
            )
        )
        return {
            "title": self.name,
            "sections": [section for section in sections if section["people"]],
            "notes": self._feeding_sentences() + self._door_sentences(),
        }

    @api.model
    def _section(self, title, kind, sentences, people=(), team=None):
        return {
            "title": title,
            "kind": kind,
            "people": list(people),
            "sentences": sentences,
            "team_id": team.id if team else False,
        }

    def _kind_section(self, kind):
        role, _sep, scope = kind.partition("_")
        scope = scope or "team"
        members = self.member_ids.filtered(lambda m: m.role == role and m.scope == scope)
        titles = self._kind_titles()
        return self._section(
            titles[kind],
            kind,
            self._role_sentences(role, scope),
            people=members.user_id.mapped("name"),
        )

    @api.model
    def _kind_titles(self):
        return {
            "supervisor": self.env._("Supervisor"),
            "agent_team": self.env._("Agent, whole team"),
            "agent_own": self.env._("Agent, own and unassigned"),
            "viewer": self.env._("Viewer"),
        }

    def _feeding_sentences(self):
        numbers = [number._title() for number in self.wa_channel_ids]
        if numbers:
            names = format_list(self.env, numbers)
            sentences = [self.env._("Gets what customers write to %(numbers)s.", numbers=names)]
        else:
            sentences = [
                self.env._(
                    "No number feeds this team: it gets only what other teams hand over. Choose "
                    "its numbers in the team's settings."
                )
            ]
        if not self.member_ids.filtered(lambda m: m.role != "viewer"):
            sentences.append(
                self.env._("Nobody but managers can answer here: make somebody an agent.")
            )
        return sentences

    # === A PERSON === #

    @api.model
    def _person_effect(self, user):
        """Tell in words what a person may do in the teams of the switched companies.

        :param user: `res.users`
        :rtype: dict
        """
        teams = self._matrix_teams()
        titles = self._kind_titles()
        members = self.env["wa.team.member"].search(
            [("user_id", "=", user.id), ("team_id", "in", teams.ids)]
        )
        by_team = {member.team_id: member for member in members}
        sections, notes = [], []
        if user.has_group("whatsapp_helpdesk.group_manager"):
            notes.append(
                self.env._(
                    "Is a WhatsApp manager: sees and does everything in all teams, sets up numbers "
                    "and teams, and reads the journal. The user settings change this."
                )
            )
            return {"title": user.name, "sections": [], "notes": notes}
        for team in teams.filtered(by_team.get):
            member = by_team[team]
            sections.append(
                self._section(
                    f"{team.name}: {titles[member._kind()]}",
                    member._kind(),
                    team._role_sentences(member.role, member.scope),
                    team=team,
                )
            )
        if not sections:
            notes.append(self.env._("Has no role in a team: sees no team's conversations."))
        elif not user.has_group("whatsapp_helpdesk.group_agent"):
            notes.append(
                self.env._(
                    "The roles are without effect: the user settings give no WhatsApp right. "
                    "Choose “Agent” under WhatsApp there."
                )
            )
        outside = teams.filtered(
            lambda team: (
                team.company_id in user._wa_companies()
                and (team not in by_team or by_team[team].scope == "own")
            )
        )
        return {
            "title": user.name,
            "sections": sections,
            "notes": notes + self._document_sentences(user, outside),
        }

    @api.model
    def _document_sentences(self, user, teams):
        """Return what a person reads in these teams without a role that gives it."""
        sentences = []
        if names := self._names(teams.filtered("customer_readers")):
            count = self.env["res.partner"].search_count(
                Domain("user_id", "=", user.id)
                | Domain("commercial_partner_id.user_id", "=", user.id)
            )
            sentences.append(
                self.env._(
                    "Reads, and only reads, what own customers (%(count)s now) write to %(teams)s.",
                    teams=names,
                    count=count,
                )
            )
        by_access = teams.grouped("document_access")
        if names := self._names(by_access.get("conversation", self)):
            sentences.append(
                self.env._(
                    "Reads, and only reads, conversations of %(teams)s that are linked to own "
                    "orders and tickets.",
                    teams=names,
                )
            )
        if names := self._names(by_access.get("stretch", self)):
            sentences.append(
                self.env._(
                    "Reads, and only reads, the stretches of conversations of %(teams)s that are "
                    "linked to own orders and tickets.",
                    teams=names,
                )
            )
        if names := self._names(teams.filtered("allow_invitations")):
            sentences.append(
                self.env._("Can be invited into single conversations of %(teams)s.", teams=names)
            )
        return sentences

    @api.model
    def _names(self, teams):
        return format_list(self.env, teams.mapped("name"))
