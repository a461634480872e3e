from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    wa_contact_ids = fields.One2many(
        "wa.contact", "partner_id", "WhatsApp Contacts", groups="whatsapp_helpdesk.group_agent"
    )
    wa_conversation_count = fields.Integer(
        compute="_compute_wa_conversation_counts", groups="whatsapp_helpdesk.group_agent"
    )
    wa_unanswered_count = fields.Integer(
        compute="_compute_wa_conversation_counts", groups="whatsapp_helpdesk.group_agent"
    )

    # Every message from an unknown number asks for it; without the index that is a table scan.
    _wa_phone_sanitized_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_conversation_counts(self):
        self.wa_conversation_count = self.wa_unanswered_count = 0
        saved = self.filtered("id")
        if not saved:
            return
        groups = self.env["wa.conversation"]._read_group(
            saved._wa_conversation_domain(), ["partner_id"], ["__count", "unanswered_count:sum"]
        )
        for partner, count, unanswered in groups:
            for owner in saved.filtered(lambda p, chatting=partner: chatting._is_part_of(p)):
                owner.wa_conversation_count += count
                owner.wa_unanswered_count += unanswered

    def _wa_conversation_domain(self):
        return Domain("partner_id", "child_of", self.ids)

    def _is_part_of(self, ancestor):
        """Tell whether this partner is ``ancestor`` or one of its contacts, at any depth."""
        self.ensure_one()
        # sudo: res.partner - only the chain of parents is followed
        partner = self.sudo()
        while partner and partner.id != ancestor.id:
            partner = partner.parent_id
        return bool(partner)

    def action_wa_conversations(self):
        """Open the WhatsApp conversations of this customer and, for a company, of its contacts."""
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.name, list(self._wa_conversation_domain())
        )
