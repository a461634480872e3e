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

    # === ACTION METHODS === #

    def action_new_lead(self):
        """Make a lead of what the customer wants now, link it to the chat and open it.

        :return: the action that opens the lead, or the dialog that asks who is writing
        :rtype: dict
        :raise AccessError: if the user may not write notes here, or not create leads
        """
        self.ensure_one()
        self._check_can(access.NOTE)
        self._check_may_create("crm.lead")
        if not self.partner_id:
            return self.action_choose_partner()
        first = self._topic_start()
        lead = (
            self.env["crm.lead"]
            .with_company(self.company_id)
            .create([self._prepare_lead_values(first)])
        )
        self._link(lead, first=first)
        return lead.get_formview_action()

    def _panel_buttons(self):
        """Override: leads are made beside the chat too."""
        buttons = super()._panel_buttons()
        may_create = self._may_link() and self.env["crm.lead"].has_access("create")
        place = [method for method, *_rest in buttons].index("action_link_document")
        lead = ("action_new_lead", self.env._("New lead"), "fa fa-star-o", may_create)
        return [*buttons[:place], lead, *buttons[place:]]

    # === BUSINESS METHODS === #

    def _prepare_lead_values(self, message):
        return {
            "name": self._first_words(message) or self.name,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "source_id": self.source_id.id,
            "medium_id": self.medium_id.id,
        }

    def _search_lead_ids(self, operator, value):
        return self._search_documents("lead_id", operator, value)

    @api.depends("link_ids.lead_id.user_id")
    def _compute_is_readable(self):
        """Override: who is responsible for a lead is one more fact."""
        return super()._compute_is_readable()

    @api.model
    def _document_rules(self):
        """Override: what being responsible for a linked lead gives."""
        lead = Domain("link_ids.lead_id.user_id", "=", self.env.uid)
        return [
            *super()._document_rules(),
            *self._reading_rules(LEAD, "document_access", "conversation", lead),
        ]

    def _explain_source(self, source, user):
        """Override: name the lead as a reason."""
        if source != LEAD:
            return super()._explain_source(source, user)
        return self.env._(
            "%(user)s is the salesperson of a linked lead, and %(team)s lets salespeople read.",
            user=user.name,
            team=self.team_id.name or "",
        )
