from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError

from .. import access
from ..access import HANDLE, MANAGE, NOTE, READ, REPLY


class WaConversationInviting(models.AbstractModel):
    """Colleagues who are asked into one conversation or follow it, and leave it again."""

    _name = "wa.conversation.inviting"
    _description = "Invitations into WhatsApp Conversations"

    resting_user_ids = fields.Many2many(
        "res.users",
        "wa_conversation_resting_rel",
        "conversation_id",
        "user_id",
        readonly=True,
        copy=False,
        help="Who followed it when it was closed, and follows it again when it is reopened.",
    )

    # === ACTION METHODS === #

    def action_invite(self):
        """Open the dialog that invites colleagues."""
        self.ensure_one()
        self._check_can_invite()
        return self._open_wizard("wa.conversation.invite", self.env._("Invite Colleagues"))

    # === BUSINESS METHODS === #

    def _check_can_invite(self):
        """Raise unless the current user may open this conversation to others.

        Those who answer it may, not who was only invited; a team can reserve it for managers.

        :raise AccessError: says why not
        """
        self.ensure_one()
        self._check_can(NOTE)
        sources = self._get_access()[self].sources
        if sources.get(MANAGE) == access.MANAGER:
            return
        # sudo: wa.team - its rule for invitations, for who reads its conversation
        team = self.sudo().team_id
        if not team.allow_invitations:
            raise AccessError(
                self.env._(
                    "%(team)s invites nobody into its conversations. Managers can do it.",
                    team=team.name or self.env._("A number without a team"),
                )
            )
        if not any(sources.get(r, access.INVITED) != access.INVITED for r in (REPLY, HANDLE)):
            raise AccessError(
                self.env._("Only who may answer in the name of %(team)s invites.", team=team.name)
            )

    def _invite(self, users, reason=""):
        """Let users follow this conversation. Those who could not read it are invited into it.

        :param users: `res.users`
        :param str reason: for the log and the note in the chat; may be empty
        :raise AccessError: if the current user may not invite
        :raise UserError: if somebody cannot be invited, with the reason
        """
        self.ensure_one()
        self._check_can(READ if users <= self.env.user else NOTE)
        strangers = users.filtered(lambda user: not self._as_user(user)._filter_access(READ))
        if strangers:
            self._check_can_invite()
            self._open_to(strangers, (reason or "").strip())
        self.discuss_channel_id._wa_add_members(users.partner_id)
        for user in users - self.env.user:
            self.discuss_channel_id._wa_tell_added(user)

    def _open_to(self, strangers, reason):
        # sudo: wa.conversation, res.users - the caller checked; which companies they open
        conversation, strangers = self.sudo(), strangers.sudo()
        for user in strangers:
            if not user.active or not user._is_internal():
                raise UserError(
                    self.env._(
                        "%(user)s is no employee. Only colleagues can be invited.", user=user.name
                    )
                )
            if conversation.company_id not in user.company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s cannot open %(company)s, to which this conversation belongs.",
                        user=user.name,
                        company=conversation.company_id.name,
                    )
                )
        conversation.invited_user_ids = [Command.link(user.id) for user in strangers]
        text = self.env._("Invited: %(users)s.", users=", ".join(strangers.mapped("name")))
        conversation._log_note(f"{text} {reason}" if reason else text)
        self.env["wa.access.log"]._record(
            "invited", conversations=conversation, subject=strangers, reason=reason
        )
        conversation._access_changed([(user.partner_id, None) for user in strangers])

    def _uninvite(self, users):
        """End invitations; whoever has no other access loses the conversation at once.

        :param users: `res.users`
        :raise AccessError: if the current user may not invite either
        """
        self.ensure_one()
        self._check_can_invite()
        # sudo: wa.conversation - checked above
        conversation = self.sudo()
        conversation._end_invitations(users)
        conversation.discuss_channel_id._wa_remove_strangers()

    def _end_invitations(self, users):
        """Take back the access that these users were invited to, if they were.

        :param users: `res.users`, who may have left by themselves
        """
        self.ensure_one()
        # sudo: wa.conversation - called when they leave, are taken off or the team changes
        conversation = self.sudo()
        ending = conversation.invited_user_ids & users
        if not ending:
            return
        conversation.invited_user_ids = [Command.unlink(user.id) for user in ending]
        self.env["wa.access.log"]._record("uninvited", conversations=conversation, subject=ending)
        conversation._access_changed([(user.partner_id, None) for user in ending])

    # === PEOPLE OF A CLOSED CASE === #

    def _send_members_home(self):
        """Take closed cases out of the sidebars of those who had or followed them.

        Discuss loads all chats of which somebody is a member, and each case is a chat: who stayed
        would soon be in tens of thousands.
        """
        # sudo: wa.conversation, discuss.channel.member - follows from closing
        for conversation in self.sudo():
            chat = conversation.discuss_channel_id
            if members := chat.channel_member_ids:
                conversation.resting_user_ids = members.partner_id.user_ids
                chat.with_context(whatsapp_helpdesk_resting=True)._wa_remove_members(members)
        self.discuss_channel_id._wa_close_windows()

    def _call_members_back(self):
        """Make members again of reopened cases who was one when they were closed."""
        # sudo: wa.conversation - follows from reopening; each must still be able to read it
        for conversation in self.sudo():
            people = conversation.resting_user_ids | conversation.user_id
            readers = people.filtered(
                lambda user, c=conversation: c._as_user(user)._filter_access(READ)
            )
            conversation.discuss_channel_id._wa_add_members(readers.partner_id)
            conversation.resting_user_ids = False
