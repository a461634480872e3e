from odoo import models
from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import UserError

from ..access import READ


class DiscussChannelMembers(models.AbstractModel):
    """Who is a member of a WhatsApp chat, and who hears of what is written there.

    Members are those who have or follow the conversation: it stays in their sidebar and they are
    notified. Everybody else who may read it gets it from the team.
    """

    _name = "discuss.channel.members"
    _description = "Members of WhatsApp Chats"

    # === MEMBERSHIP === #

    def _add_members(self, *, guests=None, partners=None, users=None, **options):
        """Override of `mail`: who is added to a WhatsApp chat is invited into the conversation.

        :raise AccessError: if the current user may not invite
        :raise UserError: for guests and customers, who never get in
        """
        chats = self.filtered(lambda channel: channel._is_wa())
        added = super(DiscussChannelMembers, self - chats)._add_members(
            guests=guests, partners=partners, users=users, **options
        )
        for chat in chats:
            added |= chat._wa_invite(guests, partners, users)
        return added

    def _wa_invite(self, guests, partners, users):
        self.ensure_one()
        # sudo: res.partner - whether they are colleagues
        people = partners.sudo() if partners else self.env["res.partner"]
        if guests or people.filtered(lambda partner: not partner.user_ids):
            raise UserError(self.env._("Only colleagues can be invited into a WhatsApp chat."))
        # sudo: res.users - taken away: who is invited is looked at with the rights of the user
        invited = people.user_ids.sudo(False) | (users or self.env["res.users"])
        # sudo: discuss.channel - links of core join with it; who is a member is compared only
        chat = self.sudo()
        before = chat.channel_member_ids
        # sudo: wa.conversation - taken away: the question is what the user may
        chat.wa_conversation_id.sudo(False)._invite(invited)
        return (chat.channel_member_ids - before).with_env(self.env)

    def _wa_replace_member(self, former, new):
        """Make ``new`` a member instead of ``former``; partners, both may be empty."""
        self.ensure_one()
        # sudo: discuss.channel.member - the assignment was checked, membership follows from it
        members = self.sudo().channel_member_ids
        self._wa_remove_members(members.filtered(lambda m: m.partner_id and m.partner_id == former))
        self._wa_add_members(new)

    def _wa_add_members(self, partners):
        """Let the chat stand in the sidebars of these people, from here on unread."""
        self.ensure_one()
        # sudo: discuss.channel.member - callers checked that they may read it
        chat = self.sudo()
        new = partners - chat.channel_member_ids.partner_id
        if not new:
            return
        separator = (chat._wa_last_message_id() or 0) + 1
        chat.env["discuss.channel.member"].create(
            [
                {
                    "channel_id": chat.id,
                    "partner_id": partner.id,
                    "new_message_separator": separator,
                }
                for partner in new
            ]
        )
        chat._broadcast(new.ids)

    def _wa_remove_members(self, members):
        """Take members off the chat, and tell the browsers."""
        if members:
            gone = Store.Many("channel_member_ids", [], mode="DELETE", value=members)
            # sudo: discuss.channel.member - membership follows from what callers checked
            Store(bus_channel=self).add(self.sudo(), [gone]).bus_send()
            members.sudo().with_context(**self.env.context).unlink()

    def _wa_remove_strangers(self):
        """Take off the chat who may not read it any more.

        :return: the `res.partner` who were taken off
        """
        self.ensure_one()
        # sudo: discuss.channel.member - the question is what the members may
        members = self.sudo().channel_member_ids
        strangers = members.partner_id - self._wa_readers(members.partner_id)
        self._wa_remove_members(members.filtered(lambda m: m.partner_id in strangers))
        return strangers

    def _wa_tell_added(self, user):
        """Let the browsers of a user say that somebody gave them the chat, as Discuss does."""
        user._bus_send(
            "discuss.channel/joined",
            {
                "channel_id": self.id,
                "data": {},
                "invite_to_rtc_call": False,
                "invited_by_user_id": self.env.uid,
            },
        )

    def _wa_close_windows(self):
        """Close the chat windows of cases that nobody works on any more."""
        for chat in self:
            Store(bus_channel=chat).add(chat, {"close_chat_window": True}).bus_send()

    def _wa_last_message_id(self):
        domain = [("model", "=", self._name), ("res_id", "=", self.id)]
        return self.env["mail.message"].search(domain, order="id desc", limit=1).id

    def _find_or_create_member_for_self(self):
        """Override of `mail`: looking at a chat, or typing in it, makes nobody a member."""
        if not self._is_wa():
            return super()._find_or_create_member_for_self()
        return self.env["discuss.channel.member"].search(
            [("channel_id", "=", self.id), ("is_self", "=", True)]
        )

    # === WHO IS TOLD === #

    def _wa_readers(self, partners):
        """Return those of these partners who may read the conversation now."""
        self.ensure_one()
        # sudo: wa.conversation - the question is what they may, whoever asks
        conversation = self.sudo().wa_conversation_id
        # sudo: res.partner - which users they are
        readers = partners.sudo().filtered(
            lambda partner: any(
                conversation._as_user(user)._filter_access(READ) for user in partner.user_ids
            )
        )
        return readers.with_env(self.env)

    def _get_allowed_message_partner_ids(self, partner_ids):
        """Override of `mail`: who may read a WhatsApp chat can be mentioned, member or not."""
        if not self._is_wa():
            return super()._get_allowed_message_partner_ids(partner_ids)
        return self._wa_readers(self.env["res.partner"].browse(partner_ids)).ids

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Override of `mail`: no notification, e-mail or push tells others what is written."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not recipients or not self._is_wa():
            return recipients
        named = self.env["res.partner"].browse([r["id"] for r in recipients if r["id"]])
        readers = set(self._wa_readers(named).ids)
        return [recipient for recipient in recipients if recipient["id"] in readers]
