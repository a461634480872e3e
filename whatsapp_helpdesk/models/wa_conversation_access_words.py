from odoo import models

from .. import access


class WaConversationAccessWords(models.AbstractModel):
    """Access in sentences: who says that somebody may, or why not."""

    _name = "wa.conversation.access.words"
    _description = "Access to WhatsApp Conversations, in Words"

    def _explain(self, right, user=None):
        """Tell whether a user may do something with this conversation, and why.

        :param str right: one of `access.RIGHTS`
        :param user: `res.users`; without one the current user
        :return: whether it is allowed, and a sentence in the language of the current user
        :rtype: tuple[bool, str]
        """
        self.ensure_one()
        decision = self._get_access(user)[self]
        asked = user or self.env.user
        # sudo: wa.conversation - names of its team and people, for who asks why not
        conversation = self.sudo()
        if decision.allows(right):
            return True, conversation._explain_source(decision.sources[right], asked)
        return False, conversation._explain_refusal(right, decision, asked)

    def _explain_source(self, source, user):
        names = {"user": user.name, "team": self.team_id.name or ""}
        reasons = {
            access.MANAGER: self.env._("%(user)s is a WhatsApp manager.", **names),
            access.SUPERVISOR: self.env._("%(user)s is a supervisor of %(team)s.", **names),
            access.AGENT_TEAM: self.env._(
                "%(user)s is an agent of %(team)s, for the whole team.", **names
            ),
            access.AGENT_OWN: self.env._(
                "%(user)s is an agent of %(team)s, for own and unassigned conversations, and this "
                "is one.",
                **names,
            ),
            access.VIEWER: self.env._("%(user)s is a viewer of %(team)s.", **names),
            access.FORMER_TEAM: self.env._(
                "A team of %(user)s gave this conversation away and keeps reading it.", **names
            ),
            access.INVITED: self.env._("%(user)s was invited into this conversation.", **names),
            access.SALESPERSON: self.env._(
                "%(user)s is the customer's salesperson, and %(team)s lets salespeople read.",
                **names,
            ),
            access.ORDER: self.env._(
                "%(user)s is the salesperson of a linked order, and %(team)s lets salespeople "
                "read.",
                **names,
            ),
            access.TICKET: self.env._(
                "%(user)s has a linked ticket, and %(team)s lets those responsible read.", **names
            ),
        }
        return reasons[source]

    def _explain_refusal(self, right, decision, user):
        names = {"user": user.name, "team": self.team_id.name or "", "assignee": self.user_id.name}
        if not user._is_internal():
            return self.env._(
                "%(user)s is no employee: portal and public users never see WhatsApp "
                "conversations.",
                **names,
            )
        if self.company_id not in user.company_ids:
            return self.env._(
                "%(user)s cannot open %(company)s, to which this conversation belongs.",
                company=self.company_id.name,
                **names,
            )
        if not decision.allows(access.READ):
            return self._explain_invisible(user, names)
        if right == access.REPLY and decision.allows(access.NOTE):
            return self._explain_no_reply(user, names)
        if right == access.HANDLE and decision.allows(access.REPLY):
            return self.env._(
                "%(assignee)s has this conversation. A supervisor of %(team)s can do this for "
                "others.",
                **names,
            )
        if right in (access.ASSIGN, access.MANAGE) and decision.allows(access.NOTE):
            return self.env._("Only supervisors of %(team)s and managers may do this.", **names)
        source = self._explain_source(decision.sources[access.READ], user)
        return self.env._("This gives reading only: %(reason)s", reason=source)

    def _explain_no_reply(self, user, names):
        if self.filtered_domain(self._as_user(user)._may_answer_domain()):
            return self.env._(
                "%(user)s was invited without being a WhatsApp agent: only internal notes.",
                **names,
            )
        return self.env._(
            "In %(team)s only the assignee answers, and %(assignee)s has this conversation. A "
            "supervisor can answer in their place after giving a reason.",
            **names,
        )

    def _explain_invisible(self, user, names):
        if not self.team_id:
            return self.env._(
                "The number of this conversation has no team: only managers see it.", **names
            )
        membership = self.team_id.member_ids.filtered(lambda member: member.user_id == user)
        if not membership:
            return self.env._(
                "%(user)s is not in %(team)s, was not invited, and has no document that opens "
                "this conversation.",
                **names,
            )
        if not user.has_group("whatsapp_helpdesk.group_agent"):
            return self.env._(
                "%(user)s is in %(team)s, but has no WhatsApp right in the user settings.", **names
            )
        return self.env._(
            "%(user)s sees own and unassigned conversations of %(team)s only, and this one is "
            "%(assignee)s's.",
            **names,
        )
