from odoo import api, fields, models
from odoo.addons.whatsapp_helpdesk import access
from odoo.fields import Domain

LEAD = "lead"


class WaConversation(models.Model):
    _inherit = "wa.conversation"

    lead_ids = fields.Many2many(
        "crm.lead",
        string="Leads",
        compute="_compute_documents",
        compute_sudo=True,
        context={"active_test": False},
        search="_search_lead_ids",
        help="Linked leads and opportunities, as far as the current user may read them.",
    )

    def _search_lead_ids(self, operator, value):
        return self._search_documents("lead_id", operator, value)

    @api.depends("link_ids.lead_id.user_id")
    def _compute_is_readable(self):
        """Override: who is responsible for a lead is one more fact."""
        return super()._compute_is_readable()

    @api.model
    def _document_rules(self):
        """Override: what being responsible for a linked lead gives."""
        domain = Domain("link_ids.lead_id.user_id", "=", self.env.uid) & Domain(
            "team_id.document_access", "=", "conversation"
        )
        rule = access.AccessRule(LEAD, frozenset({access.READ}), domain)
        return [*super()._document_rules(), rule]

    def _explain_source(self, source, user):
        """Override: name the lead as a reason."""
        if source != LEAD:
            return super()._explain_source(source, user)
        return self.env._(
            "%(user)s is the salesperson of a linked lead, and %(team)s lets salespeople read.",
            user=user.name,
            team=self.team_id.name or "",
        )
