from odoo import fields, models

from ..cloud_api import phones


class WaContactNews(models.AbstractModel):
    """Follows customers whom Meta gives a new number or a new id."""

    _name = "wa.contact.news"
    _description = "WhatsApp Contact News"

    def _apply_system_news(self, event, account):
        """Follow a customer to a new number or a new id, with all the history.

        News may come twice, late, and after messages under the new id: whoever has the new ids and
        whoever had the old ones are one person in the end.

        :param event: `cloud_api.events.InboundMessage` with a `System` content
        :param account: `wa.account` that tells
        """
        news = event.content
        former_ids = (news.previous_bsuid, event.sender.wa_id)
        new_ids = (news.new_bsuid, news.new_wa_id)
        if news.change not in ("number", "user_id") or not any(new_ids) or not any(former_ids):
            return
        scope = self._scope_of(account)
        former, newcomer = (self._find_by_ids(scope, *ids) for ids in (former_ids, new_ids))
        if former and newcomer:
            former._current()._take_over(newcomer._current())
        elif former:
            person = former._current()
            person._remember(person._release_ids())
            person.write(_as_values(*new_ids))
        else:
            # Older news, or a message under an older id, may still come.
            person = (
                newcomer._current() if newcomer else self.create([scope | _as_values(*new_ids)])
            )
            person._remember(_as_values(*former_ids))

    def _learn_number(self, cards):
        """Take over the phone number of a customer who hid it until we asked.

        :param cards: `cloud_api.contents.ContactCard` of the customer's answer
        """
        self.ensure_one()
        numbers = [phone for card in cards for phone in card.phones]
        if not numbers:
            return
        wa_id = numbers[0].wa_id or phones.digits(numbers[0].number)
        scope = {"company_id": self.company_id.id, "scope_uid": self.scope_uid}
        if not self.wa_id and wa_id and not self._find_by_ids(scope, "", wa_id):
            self.wa_id = wa_id
        if self.partner_id and not self.partner_id.phone:
            self.partner_id.phone = self.phone or numbers[0].number

    def _find_by_ids(self, scope, bsuid, wa_id):
        """Return the contact with one of these ids, merged or not; the business-scoped decides."""
        contacts = self.with_context(active_test=False)
        domain = [(name, "=", value) for name, value in scope.items()]
        for name, value in (("bsuid", bsuid), ("wa_id", wa_id)):
            if value and (found := contacts.search([*domain, (name, "=", value)], limit=1)):
                return found.with_env(self.env)
        return self.browse()

    def _take_over(self, newcomer):
        """Make a contact of the new ids part of this person, who goes by them from now on."""
        self.ensure_one()
        if newcomer == self:
            return
        newcomer._merge_into(self, self.env._("WhatsApp told us of a new number or id."))
        new_ids, former_ids = newcomer._release_ids(), self._release_ids()
        newcomer.write(former_ids)
        self.write(new_ids)

    def _release_ids(self):
        """Take the ids off this contact and return them, so that another row may have them."""
        self.ensure_one()
        ids = {"bsuid": self.bsuid, "wa_id": self.wa_id}
        self.write(dict.fromkeys(ids, False))
        self.flush_recordset()
        return ids

    def _remember(self, ids):
        """Keep former ids of this person: late messages still come under them."""
        self.ensure_one()
        if not any(ids.values()):
            return
        self.create(
            [
                ids
                | {
                    "company_id": self.company_id.id,
                    "scope_uid": self.scope_uid,
                    "profile_name": self.profile_name,
                    "username": self.username,
                    "active": False,
                    "merged_into_id": self.id,
                    "merged_at": fields.Datetime.now(),
                    "merge_reason": self.env._("The customer changed number or id."),
                }
            ]
        )


def _as_values(bsuid, wa_id):
    return {"bsuid": bsuid or False, "wa_id": wa_id or False}
