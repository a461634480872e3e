from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import phones

_KINDS = ("phone", "email", "url")


class WaConversationSendContact(models.TransientModel):
    """An agent sends contact cards: of a colleague, a branch, a supplier."""

    _name = "wa.conversation.send.contact"
    _inherit = ["wa.conversation.wizard"]
    _description = "Send Contact Cards"

    partner_ids = fields.Many2many("res.partner", string="Contacts", required=True)
    line_ids = fields.One2many(
        "wa.conversation.send.contact.line",
        "wizard_id",
        "On the Cards",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_ids")
    def _compute_line_ids(self):
        for wizard in self:
            chosen = wizard.partner_ids._origin
            gone = wizard.line_ids.filtered(lambda line, c=chosen: line.partner_id not in c)
            commands = [Command.unlink(line.id) for line in gone]
            commands += [
                Command.create({"partner_id": partner.id, "kind": kind, "value": value})
                for partner in chosen - wizard.line_ids.partner_id
                for kind, value in wizard._get_details(partner)
            ]
            wizard.line_ids = commands

    # === ACTION METHODS === #

    def action_send(self):
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("Choose at least one contact."))
        cards = [self._prepare_card(partner) for partner in self.partner_ids]
        content = {"kind": "contacts", "requested": False, "cards": cards}
        self._send_once(lambda: self.conversation_id._post_content(content))
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS METHODS === #

    @api.model
    def _get_details(self, partner):
        """Return what a card of a partner may say besides the name: (kind, value)."""
        found = [("phone", partner.phone), ("email", partner.email), ("url", partner.website)]
        return [(kind, value) for kind, value in found if value]

    def _prepare_card(self, partner):
        """Return a contact card in the shape of `cloud_api.stored_content`.

        :param partner: `res.partner`
        """
        lines = self.line_ids.filtered(lambda line: line.partner_id == partner)
        values = {kind: lines.filtered(lambda line, k=kind: line.kind == k) for kind in _KINDS}
        company = partner.commercial_partner_id
        is_person = not partner.is_company and company != partner
        return {
            "name": partner.name or company.name or "",
            "phones": [
                {"number": line.value, "wa_id": self._find_wa_id(line.value), "type": "WORK"}
                for line in values["phone"]
            ],
            "emails": values["email"].mapped("value"),
            "organisation": company.name if is_person else "",
            "title": (partner.function or "") if is_person else "",
            "urls": values["url"].mapped("value"),
            "addresses": [],
            "birthday": "",
        }

    def _find_wa_id(self, number):
        """Return the WhatsApp id of a number that has written to us, '' if we know of none."""
        wa_ids = [phones.digits(variant) for variant in phones.variants(number)]
        company = self.conversation_id.company_id
        domain = [("wa_id", "in", wa_ids), ("company_id", "=", company.id)]
        # sudo: wa.contact - whether a number that the user knows is on WhatsApp
        return self.env["wa.contact"].sudo().search(domain, limit=1).wa_id or ""


class WaConversationSendContactLine(models.TransientModel):
    """One number, address or page on a contact card; agents take off what is private."""

    _name = "wa.conversation.send.contact.line"
    _description = "Detail of a Contact Card"

    wizard_id = fields.Many2one(
        "wa.conversation.send.contact", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("phone", "Phone"), ("email", "E-mail"), ("url", "Website")], required=True
    )
    value = fields.Char(required=True)
