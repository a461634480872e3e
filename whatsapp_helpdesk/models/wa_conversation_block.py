from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access import MANAGE
from ..cloud_api import payloads

_DONE_ALREADY = 139101
_NOT_ELIGIBLE = (131047, 139102)
_WRITTEN_WITHIN = timedelta(hours=24)


class WaConversation(models.Model):
    """Blocking a customer on the number of the conversation.

    Meta takes it only for who wrote within 24 hours; the customer does not learn of it.
    Source: Meta Cloud API: block users.
    """

    _inherit = "wa.conversation"

    is_blocked = fields.Boolean(
        "Customer Blocked",
        compute="_compute_is_blocked",
        store=True,
        help="The customer cannot reach this number, and nothing can be sent to the customer.",
    )

    # === COMPUTE METHODS === #

    @api.depends("contact_id.blocked_channel_ids", "wa_channel_id")
    def _compute_is_blocked(self):
        for conversation in self:
            blocked_on = conversation.contact_id.blocked_channel_ids
            conversation.is_blocked = conversation.wa_channel_id in blocked_on

    # === ACTION METHODS === #

    def action_block(self):
        """Keep the customer from writing to this number; supervisors and managers only.

        :raise UserError: with Meta's reason if it was refused
        """
        self._check_can_block()
        for conversation in self.filtered(lambda c: not c.is_blocked):
            conversation._check_wrote_lately()
            conversation._change_block(True)
            conversation._note_block(
                self.env._("Blocked: this customer cannot write to this number any more.")
            )
            self.env["wa.access.log"]._record("blocked", conversations=conversation)

    def action_unblock(self):
        """Let the customer write again; supervisors and managers only."""
        self._check_can_block()
        for conversation in self.filtered("is_blocked"):
            conversation._change_block(False)
            conversation._note_block(
                self.env._("No longer blocked: this customer can write again.")
            )
            self.env["wa.access.log"]._record("unblocked", conversations=conversation)

    # === BUSINESS METHODS === #

    def _check_can_block(self):
        self._check_can(MANAGE)

    def _check_wrote_lately(self):
        self.ensure_one()
        oldest = fields.Datetime.now() - _WRITTEN_WITHIN
        if not self.last_inbound_at or self.last_inbound_at < oldest:
            raise UserError(self._not_eligible())

    def _not_eligible(self):
        return self.env._(
            "WhatsApp blocks only customers who wrote within the last 24 hours, and no businesses. "
            "%(customer)s did not: wait for the next message, then block.",
            customer=self.name,
        )

    def _change_block(self, is_blocked):
        """Block or unblock at Meta, then here.

        :raise UserError: with Meta's reason
        """
        self.ensure_one()
        # sudo: wa.conversation - checked by the caller; the number's account has the credentials
        conversation = self.sudo()
        contact, channel = conversation.contact_id, conversation.wa_channel_id
        user = payloads.Recipient(phone=contact.wa_id or "", bsuid=contact.bsuid or "")
        change = "block_users" if is_blocked else "unblock_users"
        result = channel.account_id._ask_meta(
            lambda client: getattr(client, change)(channel.phone_number_uid, [user])
        )
        for failure in result.failed:
            if failure.reason.code != _DONE_ALREADY:
                raise UserError(self._block_refusal(failure.reason))
        contact._set_blocked(channel, is_blocked)

    def _block_refusal(self, reason):
        if reason.code in _NOT_ELIGIBLE:
            return self._not_eligible()
        return self.env._(
            "WhatsApp did not do it: %(reason)s",
            reason=reason.details or reason.title or reason.code,
        )

    def _note_block(self, text):
        # sudo: discuss.channel - who may block may say so in the chat, as its author
        self.sudo().discuss_channel_id.message_post(
            body=text, message_type="notification", subtype_xmlid="mail.mt_note"
        )

    def _check_window_open(self):
        """Extended: nothing can be sent to a blocked customer, window or not."""
        self._check_not_blocked()
        return super()._check_window_open()

    def _check_not_blocked(self):
        """Raise if a customer is blocked, to whom nothing can be sent.

        :raise UserError: says so
        """
        for conversation in self.filtered("is_blocked"):
            raise UserError(
                self.env._(
                    "%(customer)s is blocked on this number, so WhatsApp takes no messages. "
                    "A supervisor can unblock the customer.",
                    customer=conversation.name,
                )
            )

    def _to_store_defaults(self, target):
        return [*super()._to_store_defaults(target), "is_blocked"]
