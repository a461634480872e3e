from odoo import api, models
from odoo.addons.mail.tools.discuss import Store
from odoo.fields import Domain

from ..const import CHANNEL_TYPE, INBOX_LIMIT


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
        unassigned = Domain("user_id", "=", False) & Domain(
            "team_id", "in", self.env.user._wa_get_teams().ids
        )
        return self.search(active & (own | unassigned), limit=INBOX_LIMIT)

    def _to_store_defaults(self, target):
        return [
            "candidate_count",
            "contact_phone",
            Store.Attr("handled_by", lambda c: c.handled_by or False),
            "is_history",
            Store.One("discuss_channel_id", [], as_thread=True),
            "last_message_at",
            "last_message_preview",
            "name",
            # sudo: res.partner - who may see the chat may see whose it is
            Store.One("partner_id", ["name", "avatar_128"], sudo=True),
            "priority",
            "state",
            # sudo: wa.team - its name only
            Store.Attr("team_name", lambda c: c.sudo().team_id.name or False),
            "unanswered_count",
            # sudo: res.users - colleagues see who has it; the name is the partner's
            Store.One("user_id", Store.One("partner_id", ["name", "avatar_128"]), sudo=True),
            # sudo: wa.channel - its name only
            Store.Attr("wa_channel_name", lambda c: c.sudo().wa_channel_id.name),
            "window_expires_at",
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
        for team, of_team in changed.grouped("team_id").items():
            if team:
                of_team._team_store().bus_send()

    def _notify_team(self, message):
        """Let the team know of a customer whom nobody has; members are notified by core."""
        self.ensure_one()
        if self.team_id and not self.user_id:
            self.team_id._bus_send(
                "whatsapp_helpdesk/incoming",
                {
                    "thread_id": self.discuss_channel_id.id,
                    "title": self.name,
                    "body": message._preview(),
                },
            )

    def _team_store(self):
        """Return what a team's browsers need to show its conversations, whoever is logged in."""
        chat = self.discuss_channel_id
        return (
            Store(bus_channel=self.team_id)
            .add(chat, ["channel_type", "last_interest_dt", "name", "uuid"])
            .add(chat, [Store.One("wa_conversation_id")])
        )
