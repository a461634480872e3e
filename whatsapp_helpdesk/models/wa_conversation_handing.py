from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..access import ASSIGN, HANDLE, MANAGE, REPLY
from ..const import UNASSIGNED


class WaConversationHanding(models.AbstractModel):
    """Giving a conversation to a colleague or another team, and answering in somebody's place."""

    _name = "wa.conversation.handing"
    _description = "Handing Over WhatsApp Conversations"

    access_log_ids = fields.One2many(
        "wa.access.log",
        "conversation_id",
        readonly=True,
        groups="whatsapp_helpdesk.group_supervisor",
    )
    may_hand_over = fields.Boolean(
        compute="_compute_leading",
        export_string_translation=False,
        help="Whether the current user may give it to somebody else.",
    )
    may_manage = fields.Boolean(
        compute="_compute_leading",
        search="_search_may_manage",
        export_string_translation=False,
        help="Whether the current user leads it: as supervisor of its team, or as manager.",
    )
    may_override = fields.Boolean(
        compute="_compute_leading",
        export_string_translation=False,
        help="Whether the current user may answer after giving a reason, and not without.",
    )

    # === COMPUTE METHODS === #

    @api.depends("is_readable")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_leading(self):
        managed, answered = self._filter_access(MANAGE), self._filter_access(REPLY)
        giving = self._filter_access(ASSIGN)
        for conversation in self:
            conversation.may_hand_over = conversation in giving
            conversation.may_manage = conversation in managed
            conversation.may_override = conversation in managed - answered

    def _search_may_manage(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._access_domain(MANAGE)

    # === ACTION METHODS === #

    def action_transfer(self):
        """Open the dialog that hands these conversations over."""
        self._check_can(ASSIGN)
        action = self[:1]._open_wizard("wa.conversation.transfer", self.env._("Hand Over"))
        return action | {"context": {"default_conversation_ids": [Command.set(self.ids)]}}

    def action_override_reply(self):
        """Open the dialog that asks why the assignee does not answer."""
        self.ensure_one()
        self._check_can(MANAGE)
        return self._open_wizard(
            "wa.conversation.override.reply", self.env._("Answer in Place of the Assignee")
        )

    # === HANDING OVER === #

    def _hand_over(self, team=None, user=None, reason=""):
        """Give these conversations to a team, to a colleague, or to a colleague in a team.

        Who has access follows at once. What is there already is left alone.

        :param team: `wa.team`; empty: each stays in its own
        :param user: `res.users` who answers from now on; empty: whoever of the team takes it
        :param str reason: why; needed if the team changes or somebody loses it
        :raise AccessError: if the current user may not give one of them away
        :raise UserError: if they cannot be given to whom was chosen, with the reason
        """
        self._check_can(ASSIGN)
        user = user or self.env["res.users"]
        reason = (reason or "").strip()
        # sudo: wa.conversation - checked above; the team that gets it may be closed to the user
        moves = [
            (conversation, team or conversation.team_id)
            for conversation in self.sudo()
            if (team and team != conversation.team_id) or (user and user != conversation.user_id)
        ]
        if not moves:
            raise UserError(self.env._("Choose another team or a colleague."))
        for conversation, target in moves:
            conversation._check_can_go_to(target, user)
            if not reason and conversation._needs_reason(target, user):
                raise UserError(
                    self.env._(
                        "Say why: %(conversation)s goes to another team, or somebody has it.",
                        conversation=conversation.name,
                    )
                )
        for conversation, target in moves:
            conversation._give(target, user, reason)

    def _needs_reason(self, team, user):
        """Tell whether handing this conversation over takes it from a team or from somebody.

        :param team: `wa.team` that gets it
        :param user: `res.users` who gets it, may be empty
        """
        self.ensure_one()
        return team != self.team_id or (
            bool(self.user_id) and self.user_id not in (user, self.env.user)
        )

    def _check_can_go_to(self, team, user):
        """Raise if the conversation, once there, could not be answered by whom it is given to.

        :raise UserError: says why not
        """
        self.ensure_one()
        if team and (not team.active or team.company_id != self.company_id):
            raise UserError(
                self.env._(
                    "%(conversation)s belongs to %(company)s, and %(team)s does not.",
                    conversation=self.name,
                    company=self.company_id.name,
                    team=team.name,
                )
            )
        if not user:
            return
        prospect = self.new({"team_id": team.id, "user_id": user.id}, origin=self)
        may_handle, sentence = prospect._explain(HANDLE, user)
        if not may_handle or not user.active:
            raise UserError(
                self.env._(
                    "%(user)s cannot get %(conversation)s. %(reason)s",
                    user=user.name,
                    conversation=self.name,
                    reason=sentence if user.active else self.env._("The account is archived."),
                )
            )

    def _give(self, team, user, reason):
        """Hand this conversation over; checked before, see `_hand_over`."""
        self.ensure_one()
        former_team, former_user = self.team_id, self.user_id
        if user and self.state == "closed":
            self._reopen()
        if team != former_team:
            self._change_team(team)
        self._assign(user)
        lost = self.discuss_channel_id._wa_remove_strangers()
        self._note_giving(former_team, user, reason)
        self._record_giving(former_team, former_user, reason)
        teams = former_team | team
        self._access_changed(
            [(one, subchannel) for one in teams for subchannel in (None, UNASSIGNED)]
            + [(person, None) for person in lost | (former_user | user).partner_id]
            + [(self.discuss_channel_id, None)]
        )
        if user and user != self.env.user:
            self.discuss_channel_id._wa_tell_added(user)
        elif team != former_team and self.state != "closed":
            self._notify_of_arrival()

    def _change_team(self, team):
        """Move the conversation to a team; whose supervisor was excepted is so no more."""
        self.ensure_one()
        former = self.team_id
        readers = [Command.unlink(team.id)]
        if former.keep_reading:
            readers.append(Command.link(former.id))
        self.write(
            {
                "team_id": team.id,
                "former_team_ids": readers,
                "override_user_ids": [Command.clear()],
            }
        )
        if not team.allow_invitations:
            self._end_invitations(self.invited_user_ids)

    def _notify_of_arrival(self):
        """Let the team that got the conversation know as of a customer who writes."""
        latest = self.env["wa.message"].search(
            [("conversation_id", "=", self.id), ("direction", "=", "inbound")], limit=1
        )
        if latest:
            self._notify_team(latest)

    def _note_giving(self, former_team, user, reason):
        names = {"former": former_team.name, "team": self.team_id.name, "user": user.name}
        if self.team_id == former_team:
            text = self.env._("Handed over to %(user)s.", **names)
        elif user:
            text = self.env._("Handed over to %(team)s, to %(user)s.", **names)
        else:
            text = self.env._("Handed over to %(team)s.", **names)
        self._log_note(f"{text} {reason}" if reason else text)

    def _record_giving(self, former_team, former_user, reason):
        nobody = self.env._("nobody")
        detail = f"{former_user.name or nobody} → {self.user_id.name or nobody}"
        if self.team_id != former_team:
            detail = f"{former_team.name or nobody} → {self.team_id.name}, {detail}"
        self.env["wa.access.log"]._record(
            "transferred" if self.team_id != former_team else "assigned",
            conversations=self,
            subject=self.user_id,
            reason=reason,
            detail=detail,
        )

    # === ANSWERING IN SOMEBODY'S PLACE === #

    def _override_reply(self, reason):
        """Let the current user answer although only the assignee may, until that changes.

        :param str reason: why, for the assignee and the log
        :raise AccessError: if the current user does not lead the conversation
        """
        self.ensure_one()
        self._check_can(MANAGE)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why you answer in place of the assignee."))
        if self._filter_access(REPLY):
            raise UserError(self.env._("You may answer already."))
        # sudo: wa.conversation - checked above
        conversation = self.sudo()
        conversation.write({"override_user_ids": [Command.link(self.env.uid)]})
        conversation._log_note(
            self.env._(
                "%(user)s answers in place of %(assignee)s. %(reason)s",
                user=Markup("<bdi>%s</bdi>") % self.env.user.name,
                assignee=conversation.user_id.name,
                reason=reason,
            )
        )
        self.env["wa.access.log"]._record(
            "overrode", conversations=conversation, subject=conversation.user_id, reason=reason
        )
        conversation._access_changed([(self.env.user.partner_id, None)])
