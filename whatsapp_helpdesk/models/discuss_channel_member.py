from odoo import api, models
from odoo.exceptions import ValidationError

from ..const import CHANNEL_TYPE


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    @api.constrains("channel_id", "partner_id", "guest_id")
    def _check_wa_member(self):
        """Keep everybody out of a WhatsApp chat who may not read it, however they were added.

        Being a member gives nothing here: access comes from teams, documents and invitations, see
        `wa.conversation._invite`.
        """
        # sudo: discuss.channel.member - whoever adds a member, the question is about the member
        for member in self.sudo():
            if member.channel_id.channel_type != CHANNEL_TYPE:
                continue
            conversation = member.channel_id.wa_conversation_id
            if not (conversation and member.channel_id._wa_readers(member.partner_id)):
                raise ValidationError(
                    self.env._(
                        "%(person)s may not read this conversation. Invite them first.",
                        person=member.partner_id.name or member.guest_id.name,
                    )
                )

    def unlink(self):
        """Override of `mail`: leaving ends an invitation, leaving a closed case does not."""
        leaving = []
        if not self.env.context.get("whatsapp_helpdesk_resting"):
            # sudo: discuss.channel.member - whoever takes the member off
            members = self.sudo()
            leaving = [
                (member.channel_id.wa_conversation_id, member.partner_id.user_ids)
                for member in members
                if member.channel_id.channel_type == CHANNEL_TYPE
            ]
        result = super().unlink()
        for conversation, users in leaving:
            if conversation:
                conversation._end_invitations(users)
        return result
