from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..access import HANDLE
from ..const import UNASSIGNED


class WaConversationLifecycle(models.AbstractModel):
    """The states of a conversation and who has it. Every change goes through `_move_to`."""

    _name = "wa.conversation.lifecycle"
    _description = "WhatsApp Conversation Lifecycle"

    def _move_to(self, target):
        """Set the state; the only place that does. What is there already is left alone.

        :param str target: one of the states
        """
        moving = self.filtered(lambda conversation: conversation.state != target)
        if not moving:
            return
        values = {"state": target}
        if target != "snoozed":
            values["snoozed_until"] = False
        values["closed_at"] = fields.Datetime.now() if target == "closed" else False
        if target == "closed":
            values |= {
                "override_user_ids": [Command.clear()],
                "unanswered_count": 0,
                "waiting_since": False,
            }
        reopened = moving.filtered(lambda conversation: conversation.state == "closed")
        # sudo: wa.conversation - callers check who may; agents have no general right to write
        moving.sudo().write(values)
        if target == "closed":
            moving._send_members_home()
        reopened._call_members_back()

    def _reopen(self):
        """Make closed, waiting or snoozed conversations active again.

        :raise UserError: if the customer has a newer active conversation on the number
        """
        if self.filtered("is_history"):
            raise UserError(
                self.env._(
                    "These are messages from before the number was connected. A new conversation "
                    "starts when the customer writes."
                )
            )
        for conversation in self.filtered(lambda c: c.state == "closed"):
            # sudo: wa.conversation - a newer case must be found in whatever team it is
            newer = self.sudo().search_count(
                [
                    ("wa_channel_id", "=", conversation.wa_channel_id.id),
                    ("contact_id", "=", conversation.contact_id.id),
                    ("state", "!=", "closed"),
                ],
                limit=1,
            )
            if newer:
                raise UserError(
                    self.env._(
                        "%(customer)s has a newer conversation on this number. Answer there.",
                        customer=conversation.name,
                    )
                )
        assigned = self.filtered("user_id")
        assigned._move_to("in_progress")
        (self - assigned)._move_to("open")

    def _assign(self, user):
        """Give the conversations to ``user``, or back to the team if it is empty."""
        for conversation in self:
            if conversation.user_id == user:
                continue
            former = conversation.user_id
            values = {"user_id": user.id, "override_user_ids": [Command.clear()]}
            # sudo: wa.conversation - callers check who may assign
            conversation.sudo().write(values)
            # Two who take it at once meet here, where the later one tries again, and not at the
            # unique index of the members, where it would fail.
            conversation.flush_recordset(["user_id"])
            chat = conversation.discuss_channel_id
            chat._wa_replace_member(former.partner_id, user.partner_id)
            # Colleagues who see only own and unassigned conversations gained or lost this one.
            conversation._access_changed(
                [(conversation.sudo().team_id, UNASSIGNED), (former.partner_id, None)]
            )
        if user:
            self.filtered(lambda c: c.state in ("open", "snoozed"))._move_to("in_progress")
        else:
            self.filtered(lambda c: c.state != "closed")._move_to("open")

    def _snooze(self, until):
        """Put the conversations aside until a time (naive UTC) or the customer's next message."""
        self._check_can(HANDLE)
        if until <= fields.Datetime.now():
            raise UserError(self.env._("Choose a time in the future."))
        self._move_to("snoozed")
        # sudo: wa.conversation - checked above
        self.sudo().write({"snoozed_until": until})

    @api.model
    def _cron_wake_snoozed(self):
        self.search(
            [("state", "=", "snoozed"), ("snoozed_until", "<=", fields.Datetime.now())]
        )._reopen()
