from odoo import models
from odoo.exceptions import ValidationError


class WaConversationTags(models.AbstractModel):
    """Which tags a conversation can get."""

    _name = "wa.conversation.tags"
    _description = "Tags of WhatsApp Conversations"

    def write(self, vals):
        """Override: the tags of other teams cannot be added.

        What is there stays when a conversation moves on to another team.
        """
        if "tag_ids" not in vals:
            return super().write(vals)
        before = {conversation: conversation.tag_ids for conversation in self}
        result = super().write(vals)
        for conversation in self:
            conversation._check_new_tags(conversation.tag_ids - before[conversation])
        return result

    def _check_new_tags(self, tags):
        # sudo: wa.tag - whose it is, to say why it cannot be chosen
        foreign = tags.sudo().filtered(lambda tag: tag.team_id and tag.team_id != self.team_id)
        if foreign:
            raise ValidationError(
                self.env._(
                    "“%(tag)s” is a tag of %(team)s. Choose one of this conversation's team, or "
                    "one for all teams.",
                    tag=foreign[0].name,
                    team=foreign[0].team_id.name,
                )
            )
