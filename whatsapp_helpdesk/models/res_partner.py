from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..cloud_api import phones

_PANEL_CHATS = 5


class ResPartner(models.Model):
    _inherit = "res.partner"

    wa_contact_ids = fields.One2many(
        "wa.contact", "partner_id", "WhatsApp Contacts", groups="whatsapp_helpdesk.group_agent"
    )
    wa_addresses = fields.Char(
        "Known on WhatsApp as",
        compute="_compute_wa_addresses",
        groups="whatsapp_helpdesk.group_agent",
        help="Numbers and usernames under which this customer writes.",
    )
    wa_no_notices = fields.Boolean(
        "No WhatsApp Notifications",
        help="What Odoo sends by itself about quotations, orders and tickets. Answers still "
        "arrive.",
    )
    wa_conversation_count = fields.Integer(
        "WhatsApp Conversations",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
        help="Those that the current user may read; a company has those of its contacts too.",
    )
    wa_unanswered_count = fields.Integer(
        "Unanswered WhatsApp Messages",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
    )

    # Every message from an unknown number asks for it; without the index that is a table scan.
    _wa_phone_sanitized_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
    # Every page of conversations asks whose salesperson the user is.
    _wa_user_idx = models.Index("(user_id) WHERE user_id IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("wa_contact_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_addresses(self):
        contacts = self.env["wa.contact"].search_fetch(
            [("partner_id", "in", self.ids)], ["partner_id", "phone", "username", "bsuid"]
        )
        # sudo: wa.contact - only those that the user found
        by_partner = contacts.sudo().grouped(lambda contact: contact.partner_id.id)
        for partner in self:
            found = by_partner.get(partner._origin.id, contacts.browse())
            partner.wa_addresses = ", ".join(contact._address() for contact in found) or False

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_conversation_counts(self):
        below = self._wa_conversations_below()
        ids = {conversation_id for found in below.values() for conversation_id in found}
        readable = self.env["wa.conversation"]
        if ids:
            readable = readable.search_fetch([("id", "in", list(ids))], ["unanswered_count"])
        unanswered = {conversation.id: conversation.unanswered_count for conversation in readable}
        for partner in self:
            found = below.get(partner._origin.id, [])
            counts = [unanswered[found_id] for found_id in found if found_id in unanswered]
            partner.wa_conversation_count = len(counts)
            partner.wa_unanswered_count = sum(counts)

    def _wa_conversations_below(self):
        """Return which conversations these partners and their contacts have, readable or not.

        One query, where core asks one per level of contacts.

        :return: ids of `wa.conversation` by the id of the partner, without those who have none
        :rtype: dict[int, list[int]]
        """
        if not self.ids:
            return {}
        self.flush_model(["parent_id"])
        self.env["wa.conversation"].flush_model(["partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE tree(top, id) AS (
                    SELECT id, id FROM res_partner WHERE id IN %(ids)s
                     UNION
                    SELECT tree.top, contact.id
                      FROM res_partner contact JOIN tree ON contact.parent_id = tree.id
                )
                SELECT tree.top, array_agg(conversation.id)
                  FROM tree JOIN wa_conversation conversation ON conversation.partner_id = tree.id
              GROUP BY tree.top
                """,
                ids=tuple(self.ids),
            )
        )
        return dict(rows)

    # === CRUD METHODS === #

    def unlink(self):
        """Override: chats outlive their customer, under the name that WhatsApp knows."""
        # sudo: wa.contact, wa.conversation - who may delete the customer deletes what points to it
        contacts = self.env["wa.contact"].sudo().with_context(active_test=False)
        contacts = contacts.search([("partner_id", "in", self.ids)])
        # sudo: wa.conversation - as above
        conversations = self.env["wa.conversation"].sudo()
        conversations = conversations.search([("partner_id", "in", self.ids)])
        result = super().unlink()
        # Who writes again becomes a customer again.
        contacts.write({"partner_id": False, "is_acquaintance": True})
        for conversation in conversations:
            conversation._set_partner(self.browse())
        return result

    # === ACTION METHODS === #

    def action_wa_conversations(self):
        """Open the WhatsApp conversations of this customer and, for a company, of its contacts."""
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.name, list(self._wa_conversation_domain())
        )

    def action_wa_open_chat(self):
        """Open the running chat with this customer or, for a company, with one of its contacts."""
        self.ensure_one()
        conversations = self.env["wa.conversation"]
        found = conversations.search(self._wa_conversation_domain())
        # Several customers have the number and nobody has said which one writes: there it is asked.
        found = found or conversations.search(
            [("contact_id", "in", self._wa_undecided_contacts().ids)]
        )
        return found._open_newest(self.display_name, self)

    # === PANEL === #

    def get_wa_panel(self):
        """Return the newest chats with this customer, for a panel in the form.

        :return: ``sources``, running ones first, and ``page``, the newest messages of the first
            one; as for documents, see `wa.linked.mixin`
        :rtype: dict
        :raise AccessError: if the user may not read the customer
        """
        self.ensure_one()
        self.check_access("read")
        conversations = self.env["wa.conversation"]
        chats = conversations.search(self._wa_conversation_domain(), limit=_PANEL_CHATS)
        chats = chats.sorted(lambda chat: chat.state == "closed")
        return {
            "sources": [chat._panel_source() for chat in chats],
            "page": chats[0].get_recent() if chats else False,
        }

    # === BUSINESS METHODS === #

    def _wa_conversation_domain(self):
        return Domain("partner_id", "child_of", self.ids)

    def _wa_undecided_contacts(self):
        """Return the contacts of whom nobody has said which of several customers they are.

        :return: those `wa.contact` that may be one of these partners
        """
        numbers = [
            number.removeprefix("+")
            for partner in self.filtered("phone_sanitized")
            for number in phones.variants(partner.phone_sanitized)
        ]
        # sudo: wa.contact - what is done with them is checked by who asks
        contacts = self.env["wa.contact"].sudo()
        found = contacts.search([("partner_id", "=", False), ("wa_id", "in", numbers)])
        return found.filtered(lambda contact: contact.candidate_partner_ids & self)

    def _wa_take_over(self, former, conversations, contacts):
        """Make this partner the customer of what merged partners had.

        :param former: the `res.partner` that are merged into this one
        :param conversations: the `wa.conversation` that they had
        :param contacts: `wa.contact` that can only be this partner now
        """
        self.ensure_one()
        for contact in contacts:
            contact._choose_partner(self)
        for conversation in conversations:
            conversation._set_partner(self)
            conversation._log_note(
                self.env._(
                    "%(former)s and %(customer)s are one customer now.",
                    former=", ".join(former.mapped("name")),
                    customer=self.name,
                )
            )
        salespeople = (former | self).user_id.partner_id
        conversations._access_changed([(person, None) for person in salespeople])
