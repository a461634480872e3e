from odoo import api, fields, models
from odoo.fields import Domain

from ..cloud_api import phones


class WaContact(models.Model):
    """One WhatsApp user as Meta knows them, tied to at most one Odoo partner."""

    _name = "wa.contact"
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
    conversation_ids = fields.One2many("wa.conversation", "contact_id")
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
    def _compute_display_name(self):
        for contact in self:
            contact.display_name = contact.partner_id.name or contact._chosen_name()

    @api.depends("phone", "partner_id")
    def _compute_candidate_partner_ids(self):
        by_number = self._partners_by_number()
        for contact in self:
            contact.candidate_partner_ids = contact._candidates(by_number)

    # === BUSINESS METHODS === #

    def _chosen_name(self):
        self.ensure_one()
        username = f"@{self.username}" if self.username else ""
        return self.profile_name or username or self.phone or self.bsuid or ""

    @api.model
    def _match_or_create(self, identities, account):
        """Return the contact of each identity, creating the missing ones.

        The business-scoped id decides; the WhatsApp id is for contacts from before Meta had one.
        A known WhatsApp id with another business-scoped id is another person on a reused number,
        and surely not the customer who had it before.

        :param identities: iterable of `cloud_api.events.Identity`, each with bsuid or wa_id
        :param account: `wa.account`
        :return: one contact per identity, in their order
        :rtype: list
        """
        scope = {"company_id": account.company_id.id, "scope_uid": account._identity_scope()}
        known = self._index_known(identities, scope)
        created = []
        for identity in identities:
            contact = known.find(identity)
            if contact:
                contact._learn(identity, known)
            else:
                is_reused = known.release_number(identity)
                contact = self.create([scope | self._prepare_values(identity)])
                if not is_reused:
                    created.append(contact.id)
            known.add(contact)
        self.browse(created)._link_partners()
        return [known.find(identity) for identity in identities]

    def _index_known(self, identities, scope):
        bsuids = {identity.bsuid for identity in identities if identity.bsuid}
        numbers = {
            number.removeprefix("+")
            for identity in identities
            for number in phones.variants(identity.wa_id)
        }
        found = self.search(
            Domain([(name, "=", value) for name, value in scope.items()])
            & (Domain("bsuid", "in", list(bsuids)) | Domain("wa_id", "in", list(numbers)))
        )
        return _KnownContacts(found)

    @api.model
    def _prepare_values(self, identity):
        return {
            "bsuid": identity.bsuid or False,
            "wa_id": identity.wa_id or False,
            "username": identity.username or False,
            "profile_name": identity.profile_name or False,
        }

    def _learn(self, identity, known):
        """Take over what a new event says of a known contact; silence changes nothing.

        An id that another contact has stays there: who is whom is not decided in passing.
        """
        self.ensure_one()
        news = {
            "bsuid": identity.bsuid,
            "username": identity.username,
            "profile_name": identity.profile_name,
        }
        if not self.wa_id and not known.has_number(identity.wa_id):
            news["wa_id"] = identity.wa_id
        changes = {name: value for name, value in news.items() if value and value != self[name]}
        if changes:
            self.write(changes)

    def _link_partners(self):
        """Tie new contacts to the customer with their number, or to a new customer.

        Several customers with the number: nobody is guessed, an agent chooses.
        """
        by_number = self._partners_by_number()
        nobody = self.browse()
        for contact in self:
            candidates = contact._candidates(by_number)
            if len(candidates) == 1:
                contact.partner_id = candidates
            elif not candidates:
                nobody |= contact
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


class _KnownContacts:
    """Contacts of one batch, found by either id; grows while the batch creates new ones."""

    def __init__(self, contacts):
        self._by_bsuid = {}
        self._by_number = {}
        self._none = contacts.browse()
        for contact in contacts:
            self.add(contact)

    def add(self, contact):
        if contact.bsuid:
            self._by_bsuid[contact.bsuid] = contact
        if contact.wa_id:
            self._by_number[f"+{contact.wa_id}"] = contact

    def find(self, identity):
        contact = self._by_bsuid.get(identity.bsuid) if identity.bsuid else None
        return contact or self._find_by_number(identity) or self._none

    def has_number(self, wa_id):
        return f"+{wa_id}" in self._by_number

    def _find_by_number(self, identity):
        for number in phones.variants(identity.wa_id):
            contact = self._by_number.get(number)
            if contact and not (
                identity.bsuid and contact.bsuid and contact.bsuid != identity.bsuid
            ):
                return contact
        return None

    def release_number(self, identity):
        """Take the number of a new contact from its old owner.

        :return: whether there was one; then customers with this number are somebody else
        """
        old_owner = self._by_number.pop(f"+{identity.wa_id}", None) if identity.wa_id else None
        if not old_owner:
            return False
        old_owner.wa_id = False
        old_owner.flush_recordset()
        return True
