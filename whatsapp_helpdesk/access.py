"""The words of access to a conversation: what can be allowed, and who says so.

`wa.conversation._access_rules` decides; this file only names. No Odoo here.
"""

from dataclasses import dataclass
from typing import Any

READ = "read"
"""See the chat, its files and what is known of the customer."""
NOTE = "note"
"""Write internal notes, set tags and priority."""
REPLY = "reply"
"""Write to the customer: answers, files, reactions."""
HANDLE = "handle"
"""Take, release, put aside, close and reopen."""
ASSIGN = "assign"
"""Give it to a colleague or to another team."""
MANAGE = "manage"
"""Do for others what only they may: answer in their place, block the customer, read the log."""

RIGHTS = (READ, NOTE, REPLY, HANDLE, ASSIGN, MANAGE)

# Who says so, from the strongest
MANAGER = "manager"
SUPERVISOR = "supervisor"
AGENT_TEAM = "agent_team"
AGENT_OWN = "agent_own"
VIEWER = "viewer"
FORMER_TEAM = "former_team"
INVITED = "invited"
SALESPERSON = "salesperson"
ORDER = "order"
TICKET = "ticket"


@dataclass(frozen=True)
class AccessRule:
    """One reason for which a user may do something with some conversations.

    :param str source: one of the names above, `MANAGER` to `TICKET`
    :param frozenset rights: some of `RIGHTS`
    :param domain: `odoo.fields.Domain` of the `wa.conversation` that it is about
    :param bool is_narrow: whether it opens few conversations, which searches find from the other
        end: from what the user has been given
    """

    source: str
    rights: frozenset
    domain: Any
    is_narrow: bool = False


@dataclass(frozen=True)
class Access:
    """What a user may do with one conversation.

    :param dict sources: for each right that is granted, who says so
    """

    sources: dict

    def allows(self, right):
        """Tell whether the right, one of `RIGHTS`, is granted."""
        return right in self.sources


@dataclass(frozen=True)
class TeamRole:
    """What a user is in one team.

    :param int team_id: `wa.team`
    :param int company_id: of the team
    :param str role: viewer, agent or supervisor
    :param str scope: own or team
    :param bool may_transfer: whether the team's agents give away what they have
    """

    team_id: int
    company_id: int
    role: str
    scope: str
    may_transfer: bool
