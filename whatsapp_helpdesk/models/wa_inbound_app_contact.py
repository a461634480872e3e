import dataclasses

from odoo import api, models

from ..work.items import Outcome

_DONE = Outcome("done")


class WaInboundAppContact(models.AbstractModel):
    """The address book of the phone app: names for people whom WhatsApp gives none."""

    _name = "wa.inbound.app.contact"
    _description = "WhatsApp Inbound App Contacts"

    @api.model
    def _import_app_contacts(self, wa_channel, items, outcomes):
        """Learn the names in the phone's address book.

        Whoever is in it need not be a customer: a customer in Odoo appears only when they write.
        Removal from the phone deletes nothing here.

        :param list items: of `AppContact`
        """
        account, contacts = wa_channel.account_id, self.env["wa.contact"]
        added = []
        for item in items:
            event = item.event
            if event.action == "remove":
                outcomes[id(item)] = Outcome(
                    "ignored", f"{event.path}: removed from the phone's address book, kept here"
                )
            elif not (event.customer.bsuid or event.customer.wa_id):
                outcomes[id(item)] = Outcome("ignored", f"{event.path}: contact without a number")
            else:
                added.append(item)
                outcomes[id(item)] = _DONE
        known = contacts._find_known([item.event.customer for item in added], account)
        identities = [
            dataclasses.replace(
                item.event.customer,
                # The name that people gave themselves in WhatsApp stays.
                profile_name="" if contact.profile_name else item.event.full_name,
            )
            for item, contact in zip(added, known, strict=True)
        ]
        contacts._match_or_create(identities, account, are_customers=False)
