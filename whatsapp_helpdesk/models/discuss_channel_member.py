from odoo import api, models
from odoo.exceptions import ValidationError

from ..const import CHANNEL_TYPE


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.constrains("channel_id", "partner_id", "guest_id")
    def _check_wa_member(self):
        """Keep everybody out of a WhatsApp chat who may not read it, however they were invited.

        Core makes members of guests with a link and of whom a member invites, and it tells new
        members what the chat is about.
        """
        # sudo: discuss.channel.member - whoever adds a member, the question is about the member
        for member in self.sudo():
            if member.channel_id.channel_type != CHANNEL_TYPE:
                continue
            conversation = member.channel_id.wa_conversation_id
            users = member.partner_id.user_ids
            if not any(conversation.with_user(user).has_access("read") for user in users):
                raise ValidationError(
                    self.env._(
                        "%(person)s is not in the team of this conversation. "
                        "Add them to the team first.",
                        person=member.partner_id.name or member.guest_id.name,
                    )
                )
