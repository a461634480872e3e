from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase, load_sample


@tagged("post_install", "-at_install")
class TestKinds(WhatsappCase):
    """What agents get to see and to find of messages that are more than text."""

    def arrive(self, name):
        """Receive a sample and return the message it brought."""
        before = self.env["wa.message"].search([])
        self.assertEqual(self.post_webhook(load_sample(name)).status_code, 200)
        self.drain()
        return self.env["wa.message"].search([]) - before

    def test_location_can_be_searched_and_opened(self):
        message = self.arrive("message_location__place")
        content = self.shown(message)["wa_content"]
        self.assertEqual(content["kind"], "location")
        self.assertIn(content["name"], message.mail_message_id.body)
        self.assertIn(str(content["latitude"]), message.body)

    def test_order_names_the_products_that_we_sell(self):
        sample = load_sample("message_order__two_items")
        order = sample["entry"][0]["changes"][0]["value"]["messages"][0]["order"]
        known = order["product_items"][0]["product_retailer_id"]
        product = self.env["product.product"].create({"name": "Sofa", "default_code": known})
        first, second = self.arrive("message_order__two_items").content["items"]
        self.assertEqual((first["product_id"], first["product_name"]), (product.id, "Sofa"))
        self.assertEqual((second["product_id"], second["product_name"]), (False, ""))

    def test_reference_of_two_products_is_not_guessed(self):
        sample = load_sample("message_order__two_items")
        order = sample["entry"][0]["changes"][0]["value"]["messages"][0]["order"]
        known = order["product_items"][0]["product_retailer_id"]
        self.env["product.product"].create(
            [{"name": name, "default_code": known} for name in ("Sofa", "Chair")]
        )
        self.assertFalse(self.arrive("message_order__two_items").content["items"][0]["product_id"])

    def test_contact_card_becomes_a_partner_once(self):
        message = self.arrive("message_contacts__card")
        card = message.content["cards"][0]
        as_sales = message.with_user(self.agent)
        self.agent.group_ids |= self.env.ref("base.group_partner_manager")
        action = as_sales.action_create_contact(0)
        partner = self.env["res.partner"].browse(action["res_id"])
        self.assertEqual(partner.name, card["name"])
        self.assertEqual(partner.phone, card["phones"][0]["number"])
        self.assertEqual(as_sales.action_create_contact(0)["res_id"], partner.id)
        self.assertFalse(
            self.can(lambda: message.with_user(self.outsider).action_create_contact(0))
        )

    def test_ad_is_kept_with_the_message_and_on_the_conversation(self):
        message = self.arrive("message_text__ad_referral")
        self.assertTrue(message.referral["ctwa_clid"])
        self.assertTrue(message.referral["source_url"])
        conversation = message.conversation_id
        self.assertEqual(conversation.source_id.name, message.referral["headline"])
        self.assertEqual(conversation.ctwa_clid, message.referral["ctwa_clid"])
        self.assertTrue(conversation.medium_id)

    def test_forwarding_is_marked(self):
        self.assertEqual(self.arrive("message_text__forwarded").forwarded, "once")
        self.assertEqual(self.arrive("message_text__frequently_forwarded").forwarded, "often")

    def test_tapped_button_shows_the_words_that_the_customer_saw(self):
        message = self.arrive("message_interactive__button_reply")
        self.assertEqual(message.body, message.content["title"])
        self.assertEqual(message.content["via"], "button")

    def test_price_is_kept_once(self):
        self.receive(self.message())
        self.reply(self.conversation())
        self.send()
        message = self.our_messages(self.conversation())
        price = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
        self.receive(statuses=[self.status(message, "sent", pricing=price)])
        later = price | {"type": "free_customer_service"}
        self.receive(statuses=[self.status(message, "delivered", pricing=later)])
        self.assertEqual(
            (message.pricing_type, message.pricing_category, message.is_billable),
            ("regular", "service", True),
        )

    def test_word_that_meta_invents_changes_nothing(self):
        self.receive(self.message())
        self.reply(self.conversation())
        self.send()
        message = self.our_messages(self.conversation())
        for word in ("deleted", "warning", "teleported"):
            self.receive(statuses=[self.status(message, word)])
            self.assertEqual(message.state, "sent")
        self.receive(statuses=[self.status(message, "played")])
        self.assertEqual(message.state, "played")
        self.assertTrue(message.played_at)

    def test_group_messages_are_kept_and_said_to_be_unsupported(self):
        self.assertFalse(self.arrive("message_text__in_group"))
        event = self.env["wa.webhook.event"].search([], limit=1)
        self.assertEqual(event.state, "ignored")
        self.assertIn("groups are not supported", event.error)
        self.assertFalse(self.conversation(CUSTOMER))
