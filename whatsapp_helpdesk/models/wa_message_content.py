from odoo import models
from odoo.exceptions import UserError

from ..cloud_api import formatting
from ..cloud_api.stored_interactive import INTERACTIVE_KINDS

_CALL_RANKS = {"ringing": 0, "failed": 1, "missed": 1, "rejected": 1, "finished": 2}


class WaMessageContent(models.AbstractModel):
    """What is in a message besides its text, see `cloud_api.content_json`."""

    _name = "wa.message.content"
    _description = "WhatsApp Message Content"

    # === ACTION METHODS === #

    def action_create_contact(self, card_index):
        """Open the partner of a contact card, creating it if nobody has one of its numbers.

        :param int card_index: of the card within the message
        :return: an action
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        cards = (self.content or {}).get("cards", [])
        if not (isinstance(card_index, int) and 0 <= card_index < len(cards)):
            raise UserError(self.env._("This message has no such contact card."))
        values = self._prepare_card_partner_values(cards[card_index])
        partner = self._find_card_partner(cards[card_index]) or self.env["res.partner"].create(
            [values]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "views": [(False, "form")],
        }

    def _find_card_partner(self, card):
        partners = self.env["res.partner"]
        for phone in card.get("phones", []):
            number = phone.get("number") or f"+{phone.get('wa_id')}"
            sanitized = partners._phone_format(number=number, country=self.company_id.country_id)
            same_number = [("phone_sanitized", "=", sanitized)] if sanitized else []
            same_spelling = [("phone", "=", number)]
            if found := partners.search(same_number or same_spelling, limit=1):
                return found
        return partners

    def _prepare_card_partner_values(self, card):
        phones, emails, urls = (card.get(key) or [] for key in ("phones", "emails", "urls"))
        return {
            "name": card.get("name") or self.env._("Contact card"),
            "phone": phones[0]["number"] if phones else False,
            "email": emails[0] if emails else False,
            "website": urls[0] if urls else False,
            "function": card.get("title") or False,
            "company_name": card.get("organisation") or False,
        }

    # === BUSINESS METHODS === #

    def _content_data(self):
        """Return the content for the browser: texts of templates and buttons come as HTML too.

        :rtype: dict | bool
        """
        content = self.content or False
        if not content or content.get("kind") not in ("template", *INTERACTIVE_KINDS):
            return content
        cards = [_with_html(card) for card in content.get("cards") or ()]
        return _with_html(content) | ({"cards": cards} if cards else {})

    def _match_products(self, company):
        """Name the products of customers' carts by their internal reference.

        A reference that several products have, or none, stays as WhatsApp sent it.

        :param company: `res.company` that sells
        """
        codes = {
            item["retailer_uid"]
            for message in self
            for item in message.content["items"]
            if item["retailer_uid"]
        }
        if not codes:
            return
        products = self.env["product.product"].search(
            [
                ("default_code", "in", list(codes)),
                ("company_id", "in", [False, company.id]),
            ]
        )
        by_code = products.grouped("default_code")
        for message in self:
            items = [
                item | self._product_data(by_code.get(item["retailer_uid"], products.browse()))
                for item in message.content["items"]
            ]
            message.content = message.content | {"items": items}

    def _product_data(self, products):
        product = products if len(products) == 1 else products.browse()
        return {"product_id": product.id, "product_name": product.name or ""}

    def _note_price(self, pricing):
        """Keep what these messages cost, from the first status that says so.

        :param dict pricing: Meta's ``pricing``
        """
        if not pricing:
            return
        self.filtered(lambda message: not message.pricing_type).write(
            {
                "pricing_type": pricing.get("type"),
                "pricing_category": pricing.get("category"),
                "pricing_model": pricing.get("pricing_model"),
                "is_billable": pricing.get("billable") is True,
            }
        )

    def _follow_call(self, status, seconds):
        """Take over news of a call; it never goes back from finished to ringing.

        :param str status: see `cloud_api.content_json`
        :param int seconds: how long they talked
        """
        self.ensure_one()
        call = self.content
        if _CALL_RANKS[status] <= _CALL_RANKS[call["status"]]:
            return
        self.content = call | {"status": status, "seconds": seconds}
        if status == "missed":
            self.conversation_id._register_missed_call(self)
        self._tell_browsers()


def _with_html(part):
    """Return a part of a message with its text, in WhatsApp's markup, as safe HTML beside it."""
    return part | {"html": formatting.whatsapp_to_html(part.get("body") or "")}
