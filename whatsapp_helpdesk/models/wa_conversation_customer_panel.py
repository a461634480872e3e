from odoo import api, models

from ..access import NOTE, READ, REPLY
from ..cloud_api import phones

_EARLIER = 5


class WaConversationCustomerPanel(models.AbstractModel):
    """What an agent sees of the customer beside the chat: only what they may read anyway."""

    _name = "wa.conversation.customer.panel"
    _inherit = ["wa.conversation.customer.figures"]
    _description = "Customer Panel of a WhatsApp Conversation"

    def get_customer_panel(self):
        """Return what the panel beside the chat shows, in one call.

        :return: ``partner`` (False if nobody knows who it is, or the user may not read it),
            ``name``, ``phone``, ``time_zones``, ``tags``, ``figures``, ``earlier``, ``links`` and
            ``actions``
        :rtype: dict
        :raise AccessError: if the user may not read the conversation
        """
        self.ensure_one()
        self._check_can(READ)
        partner = self.partner_id
        if partner and not partner.has_access("read"):
            partner = partner.browse()
        return {
            "actions": self._panel_actions(),
            "earlier": self._panel_earlier(),
            "figures": self._panel_figures(partner) if partner else [],
            "links": self._panel_links(),
            "name": self.name,
            "partner": self._panel_partner(partner) if partner else False,
            "phone": self.contact_phone or "",
            "tags": [{"id": t.id, "name": t.name, "color": t.color} for t in self.tag_ids],
            "time_zones": self._panel_time_zones(partner),
        }

    @api.model
    def _panel_partner(self, partner):
        company = partner.commercial_partner_id - partner
        if not company.has_access("read"):
            company = company.browse()
        language = dict(self.env["res.lang"].get_installed()).get(partner.lang, "")
        return {
            "company": {"id": company.id, "name": company.name} if company else False,
            "email": partner.email or "",
            "id": partner.id,
            "language": language,
            "name": partner.name,
            "tags": [
                {"id": tag.id, "name": tag.name, "color": tag.color} for tag in partner.category_id
            ],
        }

    def _panel_time_zones(self, partner):
        """Return the time zones where the customer may be, by IANA name; none if nothing tells."""
        if partner.tz:
            return [partner.tz]
        # sudo: wa.contact - who may see the chat may see the number
        return list(phones.time_zones(self.sudo().contact_id.phone or ""))

    def _panel_earlier(self):
        """Return earlier conversations with the same person that the user may read."""
        if self.partner_id:
            same = ("partner_id", "=", self.partner_id.id)
        else:
            same = ("contact_id", "=", self.contact_id.id)
        found = self.search([same, ("id", "!=", self.id)], limit=_EARLIER)
        return [conversation._describe_chat() for conversation in found]

    def _panel_links(self):
        """Return the linked documents; those that the user may not read by name only."""
        links = []
        for link in self.env["wa.conversation.link"].search([("conversation_id", "=", self.id)]):
            # sudo: wa.conversation.link - who may read it may know what the document is called
            document = link.sudo()._document()
            # sudo: sale.order, helpdesk.ticket - taken away: the question is what the user may
            can_open = document.sudo(False).has_access("read")
            links.append(
                {
                    "id": link.id,
                    "can_open": can_open,
                    "kind": self.env["ir.model"]._get(document._name).name,
                    "model": document._name,
                    "name": document.display_name,
                    "res_id": document.id,
                }
            )
        return links

    # === ACTIONS === #

    def _panel_actions(self):
        """Return the buttons of the panel that the user may press.

        :return: ``method`` (public method of this model), ``label`` and ``icon`` of each
        :rtype: list[dict]
        """
        return [
            {"method": method, "label": label, "icon": icon}
            for method, label, icon, is_allowed in self._panel_buttons()
            if is_allowed
        ]

    def _panel_buttons(self):
        """Return all buttons: method, label, icon, whether the user may; for glue addons too."""
        rights = self._get_access()[self]
        may_link = self._may_link()
        may_sell = may_link and self.env["sale.order"].has_access("create")
        may_open_ticket = may_link and self.env["helpdesk.ticket"].has_access("create")
        return [
            ("action_new_quotation", self.env._("New quotation"), "fa fa-usd", may_sell),
            ("action_new_ticket", self.env._("New ticket"), "fa fa-life-ring", may_open_ticket),
            ("action_link_document", self.env._("Link a document"), "fa fa-link", may_link),
            (
                "action_send_document",
                self.env._("Send a document"),
                "fa fa-file-pdf-o",
                rights.allows(REPLY),
            ),
            (
                "action_schedule_activity",
                self.env._("Schedule an activity"),
                "fa fa-clock-o",
                rights.allows(NOTE),
            ),
        ]
