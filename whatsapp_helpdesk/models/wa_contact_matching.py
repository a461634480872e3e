from odoo import api, models
from odoo.fields import Domain

from ..cloud_api import phones


class WaContactMatching(models.AbstractModel):
    """Finds the contact behind the ids that an event carries."""

    _name = "wa.contact.matching"
    _description = "WhatsApp Contact Matching"

    @api.model
    def _match_or_create(self, identities, account, are_customers=True):
        """Return the contact of each identity, creating the missing ones.

        The business-scoped id decides; the WhatsApp id is for contacts from before Meta had one.
        A known WhatsApp id with another business-scoped id is another person on a reused number,
        and surely not the customer who had it before.

        :param identities: iterable of `cloud_api.events.Identity`, each with bsuid or wa_id
        :param account: `wa.account`
        :param are_customers: whether a customer record is made of those whom nobody knows; who is
            in an address book or wrote long ago gets one when they write
        :return: one contact per identity, in their order
        :rtype: list
        """
        scope = self._scope_of(account)
        known = self._index_known(identities, scope)
        created, newcomers = [], self.browse()
        for identity in identities:
            contact = known.find(identity)
            if contact:
                contact._learn(identity, known)
                if are_customers and contact.is_acquaintance:
                    contact.is_acquaintance = False
                    newcomers |= contact
            else:
                is_reused = known.release_number(identity)
                values = self._prepare_values(identity)
                values["is_acquaintance"] = not are_customers and not is_reused
                contact = self.create([scope | values])
                if not is_reused:
                    created.append(contact.id)
            known.add(contact)
        (self.browse(created) | newcomers)._link_partners(are_customers)
        for conversation in newcomers.conversation_ids:
            conversation._set_partner(conversation.contact_id.partner_id)
        return [known.find(identity)._current() for identity in identities]

    @api.model
    def _find_known(self, identities, account):
        """Return the contact of each identity, an empty one for those whom nobody knows.

        :rtype: list
        """
        known = self._index_known(identities, self._scope_of(account))
        found = [known.find(identity) for identity in identities]
        return [contact and contact._current() for contact in found]

    @api.model
    def _scope_of(self, account):
        """Return the values of contacts in the space in which an account's ids are unique."""
        return {"company_id": account.company_id.id, "scope_uid": account._identity_scope()}

    def _index_known(self, identities, scope):
        bsuids = {identity.bsuid for identity in identities if identity.bsuid}
        numbers = {
            number.removeprefix("+")
            for identity in identities
            for number in phones.variants(identity.wa_id)
        }
        # Merged contacts keep their ids, under which messages still may come.
        found = self.with_context(active_test=False).search(
            Domain([(name, "=", value) for name, value in scope.items()])
            & (Domain("bsuid", "in", list(bsuids)) | Domain("wa_id", "in", list(numbers)))
        )
        return _KnownContacts(found.with_env(self.env))

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
