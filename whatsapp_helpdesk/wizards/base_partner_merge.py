from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override: core moves ids by SQL; names, authors and what was undecided follow here."""
        # sudo: res.partner, wa.conversation - who may merge customers merges all that they have
        former, customer = src_partners.sudo(), dst_partner.sudo()
        conversations = self.env["wa.conversation"].sudo()
        conversations = conversations.search([("partner_id", "in", former.ids)])
        merged = former | customer
        contacts = merged._wa_undecided_contacts().filtered(
            lambda contact: contact.candidate_partner_ids <= merged
        )
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env.invalidate_all()
        customer._wa_take_over(former, conversations, contacts)
        return result
