from odoo import models

from ..access import ASSIGN, HANDLE, MANAGE, NOTE, READ, REPLY, TeamRole

_OWN, _FREE, _OTHERS = "own", "free", "others"
_EVERY = {_OWN, _FREE, _OTHERS}
_NOT_OTHERS = {_OWN, _FREE}


class WaTeamWords(models.AbstractModel):
    """What a role in a team gives, in sentences.

    The sentences are not written beside the rules but read off them: the rules of the role are held
    against a conversation that the person has, one that nobody has, and one of a colleague.
    """

    _name = "wa.team.words"
    _description = "Roles of a WhatsApp Team, in Words"

    def _role_sentences(self, role, scope):
        """Return what somebody with a role may do in this team, one sentence per subject.

        :param str role: viewer, agent or supervisor
        :param str scope: own or team
        :rtype: list[str]
        """
        cases = self._granted_cases(role, scope)
        if not cases[READ]:
            return []
        sentences = [self._reading_sentence(cases), self._answering_sentence(cases)]
        if cases[NOTE]:
            sentences += [self._handling_sentence(cases), self._giving_sentence(cases)]
        if cases[MANAGE]:
            sentences.append(self._managing_sentence(cases))
        return sentences

    def _granted_cases(self, role, scope):
        """Return for each right in which cases the role gives it: own, free, others.

        :rtype: dict[str, set[str]]
        """
        self.ensure_one()
        # sudo: wa.conversation - three that exist in memory only
        conversations = self.env["wa.conversation"].sudo()
        somebody_else = self.env.ref("base.public_user")
        has_it = {_OWN: self.env.user, _FREE: self.env["res.users"], _OTHERS: somebody_else}
        samples = {
            case: conversations.new({"team_id": self.id, "user_id": user.id})
            for case, user in has_it.items()
        }
        # In a form the team is new, is found by its origin, and has the switches as typed.
        team_id = self._origin.id
        team_role = TeamRole(team_id, self.company_id.id, role, scope, self.agents_transfer)
        rules = conversations._team_rules([team_role])
        return {
            right: {
                case
                for case, sample in samples.items()
                if any(right in r.rights and sample.filtered_domain(r.domain) for r in rules)
            }
            for right in (READ, NOTE, REPLY, HANDLE, ASSIGN, MANAGE)
        }

    def _reading_sentence(self, cases):
        if cases[READ] == _EVERY:
            return self.env._("Sees all conversations of the team.")
        return self.env._("Sees unassigned conversations and the own ones, not those of others.")

    def _answering_sentence(self, cases):
        if not cases[NOTE]:
            return self.env._("Only reads: writes neither answers nor notes.")
        if cases[REPLY] == cases[READ]:
            return self.env._("Answers customers and writes internal notes in all of them.")
        if cases[MANAGE]:
            return self.env._(
                "Answers in unassigned conversations and the own ones; in those of others after "
                "giving a reason."
            )
        return self.env._(
            "Answers in unassigned conversations and the own ones; in those of others only "
            "internal notes."
        )

    def _handling_sentence(self, cases):
        if cases[HANDLE] == _EVERY:
            return self.env._("Takes, puts aside, closes and reopens them, also for others.")
        return self.env._("Takes, puts aside, closes and reopens unassigned and own ones.")

    def _giving_sentence(self, cases):
        if cases[ASSIGN] == _EVERY:
            return self.env._("Gives any of them to a colleague or to another team.")
        if cases[ASSIGN]:
            return self.env._("Gives own ones to a colleague or to another team.")
        return self.env._("Gives none away: only supervisors hand over in this team.")

    def _managing_sentence(self, cases):
        return self.env._(
            "Blocks customers, invites colleagues, sees the log, and keeps the team's tags and "
            "canned replies."
        )

    # === WHAT THE TEAM OPENS TO OTHERS === #

    def _door_sentences(self):
        """Return what this team opens to people who have no role in it.

        :rtype: list[str]
        """
        self.ensure_one()
        if self.customer_readers:
            customers = self.env._("Salespeople read the conversations of their own customers.")
        else:
            customers = self.env._("Being a customer's salesperson opens nothing here.")
        documents = {
            "none": self.env._("Orders and tickets open nothing here."),
            "stretch": self.env._(
                "Who is responsible for an order or a ticket reads the linked stretch of a "
                "conversation."
            ),
            "conversation": self.env._(
                "Who is responsible for an order or a ticket reads the conversations that are "
                "linked to it."
            ),
        }[self.document_access]
        if self.allow_invitations:
            invitations = self.env._(
                "Agents may invite colleagues of other teams into a single conversation."
            )
        else:
            invitations = self.env._("Nobody from outside the team can be invited.")
        if self.keep_reading:
            former = self.env._("The team goes on reading what it gave to another team.")
        else:
            former = self.env._("What the team gives to another team is closed to it at once.")
        return [customers, documents, invitations, former]
