from odoo import api, fields, models


class WaContactMerge(models.TransientModel):
    """Two contacts are one person: who leads their conversations says so, and can take it back."""

    _name = "wa.contact.merge"
    _description = "Merge WhatsApp Contacts"

    contact_id = fields.Many2one("wa.contact", "Keep", required=True, readonly=True)
    company_id = fields.Many2one(related="contact_id.company_id")
    scope_uid = fields.Char(related="contact_id.scope_uid", related_sudo=False)
    other_contact_id = fields.Many2one(
        "wa.contact",
        "Merge",
        required=True,
        domain="[('id', '!=', contact_id), ('company_id', '=', company_id), "
        "('scope_uid', '=', scope_uid)]",
    )
    reason = fields.Char(required=True, default=lambda self: self.env._("The same person"))
    conversation_count = fields.Integer(compute="_compute_conversation_count")

    @api.depends("other_contact_id")
    def _compute_conversation_count(self):
        for wizard in self:
            wizard.conversation_count = len(wizard.other_contact_id.conversation_ids)

    @api.constrains("contact_id", "other_contact_id")
    def _check_contacts(self):
        # Odoo names what a record points to without asking who may read it.
        # sudo: wa.contact - taken away: the question is what the user may
        (self.contact_id | self.other_contact_id).sudo(False).check_access("read")

    def action_apply(self):
        self.ensure_one()
        contacts = self.contact_id | self.other_contact_id
        contacts._check_leads_all()
        # sudo: wa.contact - checked above; nobody has a general right to write contacts
        other, target = self.other_contact_id.sudo(), self.contact_id.sudo()
        other._record_decision("merged", target, self.reason)
        other._merge_into(target, self.reason, self.env.user)
        return {"type": "ir.actions.act_window_close"}
