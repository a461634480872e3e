from random import randint

from odoo import fields, models


class WaTag(models.Model):
    """A word for what a conversation is about, of one team or of all."""

    _name = "wa.tag"
    _description = "WhatsApp Conversation Tag"
    _order = "team_id, name"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(default=lambda self: randint(1, 11))
    team_id = fields.Many2one(
        "wa.team",
        ondelete="cascade",
        index="btree_not_null",
        help="Only this team's conversations can have the tag, and its supervisors keep it. "
        "Without a team all can have it, and managers keep it.",
    )
    company_id = fields.Many2one(related="team_id.company_id")

    _name_unique = models.UniqueIndex(
        "((name ->> 'en_US'), COALESCE(team_id, 0))", "This team has a tag of this name already."
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Override: nobody gives a tag to a team whose tags somebody else keeps."""
        result = super().write(vals)
        if "team_id" in vals:
            self.check_access("write")
        return result
