from datetime import timedelta

from odoo import api, fields, models

from ..access import HANDLE
from ..cloud_api import window


class WaConversationTraffic(models.AbstractModel):
    """What the messages that come and go mean for their conversation."""

    _name = "wa.conversation.traffic"
    _description = "WhatsApp Conversation Traffic"

    @api.model
    def _for_inbound(self, wa_channel, contacts, writers):
        """Return the conversation of each contact: running, reopened or new.

        :param wa_channel: `wa.channel` that the contacts wrote to
        :param contacts: `wa.contact` without repetitions
        :param writers: those of them who wrote something; the others only reacted, which is shown
            in their last conversation and reopens nothing
        :rtype: dict
        """
        mine = [("wa_channel_id", "=", wa_channel.id), ("contact_id", "in", contacts.ids)]
        found = {c.contact_id: c for c in self.search([*mine, ("state", "!=", "closed")])}
        if missing := contacts.filtered(lambda contact: contact not in found):
            found.update(self._resume_closed(wa_channel, missing, writers))
        if new := contacts.filtered(lambda contact: contact not in found):
            created = self.create(
                [self._prepare_conversation_values(wa_channel, contact) for contact in new]
            )
            found.update({conversation.contact_id: conversation for conversation in created})
        return found

    @api.model
    def _resume_closed(self, wa_channel, contacts, writers):
        """Return the last closed conversation of each contact that goes on with it.

        Who writes goes on within the time for reopening of the team that had it, and reopens it.
        """
        closed = self.search(
            [
                ("wa_channel_id", "=", wa_channel.id),
                ("contact_id", "in", contacts.ids),
                ("state", "=", "closed"),
                ("is_history", "=", False),
            ],
            order="closed_at desc, id desc",
        )
        latest = {}
        for conversation in closed:
            latest.setdefault(conversation.contact_id, conversation)
        resumed = {
            contact: conversation
            for contact, conversation in latest.items()
            if contact not in writers or conversation._may_be_resumed()
        }
        reopened = self.union(*(c for contact, c in resumed.items() if contact in writers))
        reopened._reopen()
        reopened._tell_closed_tickets()
        return resumed

    def _may_be_resumed(self):
        """Tell whether this closed case is recent enough to go on, as its team wants it."""
        self.ensure_one()
        hours = self.team_id.reopen_hours
        return self.closed_at > fields.Datetime.now() - timedelta(hours=hours)

    @api.model
    def _prepare_conversation_values(self, wa_channel, contact):
        return {
            "name": contact._known_name(),
            "wa_channel_id": wa_channel.id,
            "contact_id": contact.id,
            "partner_id": contact.partner_id.id,
            "team_id": wa_channel.team_id.id,
        }

    def _register_inbound(self, messages):
        """Note what the customer's new messages mean for the case.

        :param messages: new inbound `wa.message` of this conversation, oldest first
        """
        self.ensure_one()
        values = self._prepare_last_message_values(messages[-1])
        # What another responder gets is theirs to answer; what was there when the business
        # answered on the phone has its answer.
        ours = messages.filtered(
            lambda m: not m.origin and not (self.echoed_at and m.sent_at < self.echoed_at)
        )
        if opening := messages.filtered(lambda m: window.opens_window(m.message_type)):
            values |= self._prepare_window_values(max(opening.mapped("sent_at")))
        if asking := ours.filtered(lambda m: window.asks_for_answer(m.message_type)):
            values |= {
                "unanswered_count": self.unanswered_count + len(asking),
                "waiting_since": min(self.waiting_since or asking[0].sent_at, asking[0].sent_at),
            }
            if self.state in ("waiting", "snoozed"):
                self._move_to("in_progress" if self.user_id else "open")
        self.write(values)
        self._follow_responder(messages[-1])

    def _register_call(self, call):
        """Note that the customer called, which opens the window like a message."""
        self.ensure_one()
        values = self._prepare_last_message_values(call)
        self.write(values | self._prepare_window_values(call.sent_at))

    def _register_missed_call(self, call):
        """Note that the customer waits for an answer because nobody took the call."""
        self.ensure_one()
        self.write(
            {
                "unanswered_count": self.unanswered_count + 1,
                "waiting_since": min(self.waiting_since or call.sent_at, call.sent_at),
            }
        )
        if self.state in ("waiting", "snoozed"):
            self._move_to("in_progress" if self.user_id else "open")
        self._notify_team(call)

    def _register_outbound(self, message):
        """Note that the current user answered: who answers an open conversation has it.

        :param message: the new outbound `wa.message`
        """
        self.ensure_one()
        if message.notice:
            # Nobody answered: what waits for an answer goes on waiting, and who has it keeps it.
            # sudo: wa.conversation - the company's notification, whoever caused it
            self.sudo().write(
                self._prepare_last_message_values(message) | self._prepare_free_entry(message)
            )
            return
        if self.state == "closed":
            self._reopen()
        # sudo: wa.conversation - the caller checked that the user may reply
        self.sudo().write(
            self._prepare_last_message_values(message)
            | self._prepare_free_entry(message)
            | {"unanswered_count": 0, "waiting_since": False}
        )
        author = message.author_user_id
        if author and not self.user_id:
            # Who was only invited answers along, but the case stays the team's.
            writing = self if author == self.env.user else self._as_user(author)
            if writing._filter_access(HANDLE):
                self._assign(author)

    def _prepare_last_message_values(self, message):
        """Return what lists show of the newest message; a late one is not the newest."""
        if self.last_message_at and message.sent_at < self.last_message_at:
            return {}
        return {
            "last_message_at": message.sent_at,
            "last_message_preview": message._preview(),
        }

    def _refresh_preview(self, message):
        """Show the new text of a message that was changed, if it is the last one."""
        self.ensure_one()
        latest = self.env["wa.message"].search(
            [("conversation_id", "=", self.id), ("mail_message_id", "!=", False)],
            order="sent_at desc, id desc",
            limit=1,
        )
        if message == latest:
            # sudo: wa.conversation - follows from the message, whoever caused it
            self.sudo().last_message_preview = message._preview()

    def _register_referral(self, referral, written_at):
        """Note the ad or post that the customer came from, once per case.

        :param dict referral: see `cloud_api.content_json`
        :param datetime written_at: when the customer wrote from there
        """
        self.ensure_one()
        if self.source_id:
            return
        utm = self.env["utm.mixin"]
        kind = referral["source_type"]
        medium = self.env._("WhatsApp ad") if kind == "ad" else self.env._("WhatsApp post")
        name = referral["headline"] or referral["source_uid"] or referral["source_url"] or medium
        self.write(
            {
                "source_id": utm._find_or_create_record("utm.source", name).id,
                "medium_id": utm._find_or_create_record("utm.medium", medium).id,
                "ctwa_clid": referral["ctwa_clid"] or False,
                "referral_at": written_at,
            }
        )
