from odoo import api, fields, models
from odoo.fields import Domain


class WaLinkedMixin(models.AbstractModel):
    """A document that WhatsApp conversations can be about.

    A model that inherits this has `wa_link_ids`, a One2many of `wa.conversation.link` whose inverse
    is one of `_document_fields()` there, and a `user_id`, its responsible.
    """

    _name = "wa.linked.mixin"
    _inherit = ["wa.sendable.mixin"]
    _description = "Document with WhatsApp Conversations"

    wa_conversation_count = fields.Integer(
        "WhatsApp Conversations",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
        help="Linked ones that the current user may read.",
    )
    wa_unanswered_count = fields.Integer(
        "Unanswered WhatsApp Messages",
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
    )

    wa_is_linked = fields.Boolean(
        compute="_compute_wa_conversation_counts",
        groups="base.group_user",
        export_string_translation=False,
        help="To any conversation, so that it is worth asking which part of it the user may see.",
    )

    # === COMPUTE METHODS === #

    @api.depends("wa_link_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_wa_conversation_counts(self):
        name = self._wa_link_field()
        # sudo: wa.conversation.link - which conversations may be counted is asked below
        links = self.env["wa.conversation.link"].sudo()
        links = links.search_fetch([(name, "in", self.ids)], [name, "conversation_id"])
        by_document = links.grouped(lambda link: link[name].id)
        readable = self.env["wa.conversation"]
        if links:
            ids = links.conversation_id.ids
            readable = readable.search_fetch([("id", "in", ids)], ["unanswered_count"])
        for document in self:
            linked = by_document.get(document._origin.id, links.browse()).conversation_id
            conversations = linked.sudo(False) & readable
            document.wa_is_linked = bool(linked)
            document.wa_conversation_count = len(conversations)
            document.wa_unanswered_count = sum(conversations.mapped("unanswered_count"))

    # === CRUD METHODS === #

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Override: who links a conversation of a customer finds the customer's documents first."""
        customer = self.env["res.partner"].browse(self.env.context.get("wa_customer_first"))
        if not customer:
            return super().name_search(name, domain, operator, limit)
        of_customer = Domain(self._wa_domain_of(customer))
        found = []
        for part in (of_customer, ~of_customer):
            rest = limit and limit - len(found)
            if rest or not limit:
                found += super().name_search(name, Domain(domain or []) & part, operator, rest)
        return found

    def unlink(self):
        """Override: a deleted document takes its links along, and the chats say so."""
        # sudo: wa.conversation.link - who may delete the document deletes its links
        links = self.env["wa.conversation.link"].sudo()
        for link in links.search([(self._wa_link_field(), "in", self.ids)]):
            link._log_document_deleted()
        return super().unlink()

    # === ACTION METHODS === #

    def action_wa_conversations(self):
        """Open the linked conversations."""
        self.ensure_one()
        return self.env["wa.conversation"]._prepare_list_action(
            self.display_name, list(self._wa_conversation_domain())
        )

    def action_wa_open_chat(self):
        """Open the running chat about this document, else that of its customer."""
        self.ensure_one()
        conversations = self.env["wa.conversation"]
        linked = conversations.search(self._wa_conversation_domain())
        customer = self._wa_customer()
        if linked or not customer:
            return linked._open_newest(self.display_name, customer, self)
        return conversations.search(customer._wa_conversation_domain())._open_newest(
            self.display_name, customer, self
        )

    # === PANEL === #

    def get_wa_panel(self):
        """Return the linked stretches that the current user may see, for a panel in the form.

        :return: ``sources``, see `wa.conversation.link._panel_source`, those with the newest
            message first, and ``page``, the newest messages of the first one
        :rtype: dict
        :raise AccessError: if the user may not read the document
        """
        self.ensure_one()
        self.check_access("read")
        links = self._wa_visible_links()
        # sudo: wa.conversation - when its last message came
        links = links.sorted(lambda link: link.sudo().conversation_id.last_message_at, reverse=True)
        return {
            "sources": [link._panel_source() for link in links],
            "page": links[0].get_stretch() if links else False,
        }

    # === BUSINESS METHODS === #

    def _wa_conversations(self):
        """Extended: first those that are about the document."""
        linked = self.env["wa.conversation"].search(self._wa_conversation_domain())
        return linked | super()._wa_conversations()

    @api.model
    def _wa_link_field(self):
        """Return the name of the field with which a link points to documents of this model."""
        return self.env["wa.conversation.link"]._field_of(self._name)

    def _wa_conversation_domain(self):
        return Domain(f"link_ids.{self._wa_link_field()}", "in", self.ids)

    @api.model
    def _wa_domain_of(self, customer):
        """Return the domain of the documents of a customer and everybody in the same company.

        :param customer: `res.partner`
        """
        return Domain("partner_id", "child_of", customer.commercial_partner_id.ids)

    def _wa_visible_links(self):
        """Return the links of this document of which the current user may see the stretch.

        :rtype: wa.conversation.link
        """
        self.ensure_one()
        # sudo: wa.conversation.link - each is asked below
        links = self.env["wa.conversation.link"].sudo()
        linked = links.search([(self._wa_link_field(), "=", self.id)]).sudo(False)
        return linked.filtered(lambda link: link._may_see_stretch())
