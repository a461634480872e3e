from odoo import api, fields, models

from ..cloud_api import phones


class WaContact(models.Model):
    """One WhatsApp user as Meta knows them, tied to at most one Odoo partner."""

    _name = "wa.contact"
    _inherit = [
        "wa.contact.matching",
        "wa.contact.merging",
        "wa.contact.news",
        "wa.contact.preferences",
        "wa.export.recording",
    ]
    _description = "WhatsApp Contact"
    _order = "id desc"
    _rec_names_search = ["profile_name", "username", "wa_id", "phone", "partner_id.name"]

    partner_id = fields.Many2one("res.partner", "Customer", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, index=True)
    scope_uid = fields.Char(
        "Scope",
        required=True,
        readonly=True,
        help="Business portfolio (or account) in which the user id below is unique.",
    )
    bsuid = fields.Char(
        "Business-Scoped User ID",
        readonly=True,
        help="Meta's id of the person for your business; known even if the phone is hidden.",
    )
    wa_id = fields.Char("WhatsApp ID", readonly=True)
    phone = fields.Char(compute="_compute_phone", store=True)
    username = fields.Char(readonly=True)
    profile_name = fields.Char(readonly=True, help="The name that the person chose in WhatsApp.")
    is_acquaintance = fields.Boolean(
        readonly=True,
        copy=False,
        help="Known from the phone's address book or history only, or the customer was deleted. A "
        "customer appears in Odoo when they write.",
    )
    conversation_ids = fields.One2many("wa.conversation", "contact_id")
    guest_id = fields.Many2one(
        "mail.guest",
        readonly=True,
        help="Stands for the person in reactions as long as nobody has said which customer it is.",
    )
    candidate_partner_ids = fields.Many2many(
        "res.partner",
        string="Possible Customers",
        compute="_compute_candidate_partner_ids",
        help="Customers that have this phone number.",
    )

    _bsuid_unique = models.UniqueIndex(
        "(company_id, scope_uid, bsuid) WHERE bsuid IS NOT NULL", "This contact exists already."
    )
    _wa_id_unique = models.UniqueIndex(
        "(company_id, scope_uid, wa_id) WHERE wa_id IS NOT NULL", "This contact exists already."
    )

    # === COMPUTE METHODS === #

    @api.depends("wa_id")
    def _compute_phone(self):
        for contact in self:
            contact.phone = phones.to_e164(contact.wa_id or "") or False

    @api.depends("profile_name", "username", "phone", "partner_id.name")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        # As of conversations: Odoo names what a record points to without asking.
        # sudo: wa.contact - taken away: the question is what the user may
        contacts = self.sudo(False).with_context(active_test=False)
        readable = set(contacts.search([("id", "in", self._origin.ids)]).ids)
        is_superuser = self.env.user._is_superuser()
        for contact in self:
            is_named = is_superuser or contact._origin.id in readable
            contact.display_name = is_named and contact._known_name()

    @api.depends("phone", "partner_id")
    def _compute_candidate_partner_ids(self):
        by_number = self._partners_by_number()
        for contact in self:
            contact.candidate_partner_ids = contact._candidates(by_number)

    # === BUSINESS METHODS === #

    def _exported_conversations(self):
        return self.conversation_ids

    def _known_name(self):
        """Return what people call the customer, whoever asks; see `display_name`."""
        self.ensure_one()
        return self.partner_id.name or self._chosen_name()

    def _chosen_name(self):
        self.ensure_one()
        username = f"@{self.username}" if self.username else ""
        return self.profile_name or username or self.phone or self.bsuid or ""

    def _address(self):
        """Return how WhatsApp reaches the person, on a form that has the name already."""
        self.ensure_one()
        username = f"@{self.username}" if self.username else ""
        return self.phone or username or self.bsuid or ""

    def _link_partners(self, are_customers=True):
        """Tie new contacts to the customer with their number, or to a new customer.

        Several customers with the number: nobody is guessed, an agent chooses.

        :param bool are_customers: whether to make new customers
        """
        by_number = self._partners_by_number()
        nobody = self.browse()
        for contact in self.filtered(lambda contact: not contact.partner_id):
            candidates = contact._candidates(by_number)
            if len(candidates) == 1:
                contact.partner_id = candidates
            elif not candidates:
                nobody |= contact
        if not are_customers:
            return
        partners = self.env["res.partner"].create(
            [contact._prepare_partner_values() for contact in nobody]
        )
        for contact, partner in zip(nobody, partners, strict=True):
            contact.partner_id = partner

    def _prepare_partner_values(self):
        self.ensure_one()
        country = self.env["res.country"]
        if code := phones.country_of_bsuid(self.bsuid or ""):
            country = country.search([("code", "=", code)], limit=1)
        return {"name": self._chosen_name(), "phone": self.phone, "country_id": country.id}

    def _partners_by_number(self):
        """Return the partners of all spellings of these contacts' numbers, by E.164 number."""
        numbers = [number for contact in self for number in phones.variants(contact.wa_id or "")]
        by_number = {}
        if numbers:
            domain = [
                ("phone_sanitized", "in", numbers),
                ("company_id", "in", [False, *self.company_id.ids]),
            ]
            for partner in self.env["res.partner"].search(domain):
                by_number.setdefault(partner.phone_sanitized, []).append(partner)
        return by_number

    def _candidates(self, by_number):
        self.ensure_one()
        partners = self.env["res.partner"].union(
            *(
                partner
                for number in phones.variants(self.wa_id or "")
                for partner in by_number.get(number, ())
            )
        )
        return partners.filtered(
            lambda p: p.company_id in (self.env["res.company"], self.company_id)
        )

    def _choose_partner(self, partner):
        """Say who this contact is; the conversations and what was written so far follow.

        :param partner: `res.partner`
        """
        self.ensure_one()
        self.partner_id = partner
        for conversation in self.conversation_ids:
            conversation._set_partner(partner)
        if self.guest_id:
            reactions = self.env["mail.message.reaction"].search(
                [("guest_id", "=", self.guest_id.id)]
            )
            reactions.write({"guest_id": False, "partner_id": partner.id})

    def _guest(self):
        """Return who stands for this person in reactions; a guest without access to anything."""
        self.ensure_one()
        if not self.guest_id:
            self.guest_id = self.env["mail.guest"].create([{"name": self._known_name()}])
        return self.guest_id
