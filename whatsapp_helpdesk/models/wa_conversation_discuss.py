from odoo import api, models
from odoo.addons.mail.tools.discuss import Store
from odoo.fields import Domain

from ..access import READ, REPLY
from ..const import CHANNEL_TYPE, INBOX_LIMIT, UNASSIGNED


class WaConversationDiscuss(models.AbstractModel):
    """The conversation in Discuss: its chat, and what the browsers know of it."""

    _name = "wa.conversation.discuss"
    _description = "WhatsApp Conversation in Discuss"

    def _create_chats(self):
        # Core makes the creator a member, except the public user. Here nobody is a member who does
        # not have the conversation.
        # sudo: discuss.channel - the public user only stands for "nobody"
        channels = self.env["discuss.channel"].with_user(self.env.ref("base.public_user")).sudo()
        chats = channels.create([{"name": c.name, "channel_type": CHANNEL_TYPE} for c in self])
        return chats.with_env(self.env)

    @api.model
    def _get_inbox(self):
        """Return what the user's sidebar shows: the own and the unassigned conversations."""
        active = Domain("state", "!=", "closed")
        own = Domain("user_id", "=", self.env.uid)
        team_ids = [role.team_id for role in self.env.user._wa_team_roles()]
        unassigned = Domain("user_id", "=", False) & Domain("team_id", "in", team_ids)
        return self.search_fetch(active & (own | unassigned), limit=INBOX_LIMIT)

    def _add_lines(self, store):
        """Add what lines of a sidebar show. Discuss asks for the rest of a chat that is opened.

        :param Store store: what goes to the browsers of those who may read these conversations
        """
        # sudo: discuss.channel - who may read a conversation may read its chat; asking once more
        # would be a query for each rule
        chats = self.discuss_channel_id.sudo()
        store.add(chats, ["channel_type", "last_interest_dt", "name", "uuid"])
        store.add(self)

    def _to_store(self, store, fields):
        """Add these conversations, and once for all of them who the people in their lines are."""
        store.add_records_fields(self, fields)
        # sudo: res.partner, res.users - who may see the chat may see whose it is and who has it
        conversations = self.sudo()
        store.add(conversations.user_id, [Store.One("partner_id", [])])
        people = conversations.partner_id | conversations.user_id.partner_id
        store.add(people, ["name", "avatar_128"])

    def _to_store_defaults(self, target):
        return [
            "candidate_count",
            # browsers show only what belongs to the companies that are switched on
            "company_id",
            "contact_phone",
            Store.Attr("handled_by", lambda c: c.handled_by or False),
            "is_history",
            Store.One("discuss_channel_id", [], as_thread=True),
            "last_message_at",
            "last_message_preview",
            "name",
            "partner_id",
            "priority",
            "state",
            # sudo: wa.team - its name only
            Store.Attr("team_name", lambda c: c.sudo().team_id.name or False),
            "unanswered_count",
            "user_id",
            # sudo: wa.channel - its name only
            Store.Attr("wa_channel_name", lambda c: c.sudo().wa_channel_id.name),
            "window_expires_at",
            # sudo: wa.team - a setting that browsers mark conversations by
            Store.Attr("window_warning_hours", lambda c: c.sudo()._warning_hours()),
        ]

    def _wa_changed(self):
        """Tell the browsers, once per transaction, that these conversations changed."""
        pending = self.env.cr.precommit.data.setdefault("whatsapp_helpdesk.changed", set())
        if not pending:
            self.env.cr.precommit.add(self._broadcast_changes)
        pending.update(self.ids)

    @api.model
    def _broadcast_changes(self):
        ids = self.env.cr.precommit.data.pop("whatsapp_helpdesk.changed", ())
        # sudo: wa.conversation - the bus channels decide who hears of it
        changed = self.sudo().browse(ids).exists().filtered("discuss_channel_id")
        for conversation in changed:
            Store(bus_channel=conversation.discuss_channel_id).add(conversation).bus_send()
        self.env["wa.conversation.link"]._tell_panels(changed)
        for team, of_team in changed.grouped("team_id").items():
            if team:
                of_team._team_store().bus_send()
                of_team.filtered(lambda c: not c.user_id)._team_store(UNASSIGNED).bus_send()

    def _notify_team(self, message):
        """Let the team know of a customer whom nobody has; members are notified by core."""
        self.ensure_one()
        if self.team_id and not self.user_id:
            news = {
                "company_id": self.company_id.id,
                "thread_id": self.discuss_channel_id.id,
                "title": self.name,
                "body": message._preview(),
            }
            for subchannel in (None, UNASSIGNED):
                self.team_id._bus_send("whatsapp_helpdesk/incoming", news, subchannel=subchannel)

    def _access_changed(self, listeners):
        """Let browsers ask anew whether they may see these conversations.

        Nobody is told who gained or lost what: each asks for itself.

        :param listeners: tuples of a record with a bus channel, and its subchannel or None
        """
        payload = {"thread_ids": self.discuss_channel_id.ids}
        for record, subchannel in listeners:
            record._bus_send("whatsapp_helpdesk/access_changed", payload, subchannel=subchannel)

    @api.model
    def get_unreadable_threads(self, thread_ids):
        """Return which of these chats the current user may not read; for browsers that show them.

        :param list[int] thread_ids: ids of `discuss.channel`
        :rtype: list[int]
        """
        readable = self.env["discuss.channel"].search([("id", "in", thread_ids)])
        return [thread_id for thread_id in thread_ids if thread_id not in set(readable.ids)]

    def get_my_rights(self):
        """Return what the current user may do, for the browser that shows a conversation.

        The server checks again whatever the browser does with it.

        :return: for each of these conversations that are readable the rights, see
            `access.RIGHTS`, and why answering is refused if it is
        :rtype: dict[int, dict]
        """
        readable = self._filter_access(READ)
        return {
            conversation.id: {
                "rights": sorted(decision.sources),
                "no_reply": "" if decision.allows(REPLY) else conversation._explain(REPLY)[1],
            }
            for conversation, decision in readable._get_access().items()
        }

    def _team_store(self, subchannel=None):
        """Return what a team's browsers need to show its conversations, whoever is logged in."""
        store = Store(bus_channel=self.team_id, bus_subchannel=subchannel)
        self._add_lines(store)
        return store
