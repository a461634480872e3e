from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_links import LinkCase


@tagged("post_install", "-at_install")
class TestNewDocuments(LinkCase):
    """Quotations and tickets begin in the chat, with the rights of who makes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sofa = cls.env["product.product"].create(
            {"name": "Sofa", "default_code": "SOFA-3", "list_price": 300, "taxes_id": False}
        )
        cls.chair = cls.env["product.product"].create(
            {"name": "Chair", "default_code": "CHAIR", "list_price": 40, "taxes_id": False}
        )

    def dialog(self, action, user=None):
        """Return the form of a dialog as a browser opens it."""
        wizards = self.env[action["res_model"]].with_user(user or self.agent)
        return Form(wizards.with_context(**action["context"]))

    def opened(self, action):
        return self.env[action["res_model"]].browse(action["res_id"])

    # === QUOTATIONS === #

    def test_quotation_with_products(self):
        chat = self.chat.with_user(self.agent)
        with self.dialog(chat.action_new_quotation()) as dialog:
            self.assertEqual(dialog.partner_id, self.customer)
            with dialog.line_ids.new() as line:
                line.product_id = self.sofa
                line.quantity = 2
                self.assertEqual((line.price_unit, line.price_subtotal), (300, 600))
            with dialog.line_ids.new() as line:
                line.product_id = self.chair
            self.assertEqual(dialog.amount_total, 640)
        order = self.opened(dialog.record.action_create())
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.user_id, self.agent)
        self.assertEqual(order.company_id, self.chat.company_id)
        self.assertEqual(order.amount_total, 640)
        self.assertEqual(order.state, "draft")
        link = self.chat.link_ids
        self.assertEqual(link.sale_order_id, order)
        self.assertEqual(link.first_message_id, self.messages[0])
        self.assertFalse(link.last_message_id)
        self.assertIn(order.name, self.chat_notes())
        self.assertIn(self.chat.name, self.notes(order))
        self.assertNotIn(self.customer, order.message_partner_ids)

    def test_the_quotation_begins_with_what_is_not_answered(self):
        self.reply(self.chat)
        self.receive(self.message("And a chair?"))
        with self.dialog(self.chat.with_user(self.agent).action_new_quotation()) as dialog:
            self.assertEqual(dialog.first_message_id.body, "And a chair?")

    def test_who_may_not_make_quotations(self):
        with self.assertRaisesRegex(AccessError, "may not create"):
            self.chat.with_user(self.colleague).action_new_quotation()
        self.sales.user_ids -= self.agent
        with self.assertRaises(AccessError):
            self.chat.with_user(self.agent).action_new_quotation()
        with self.assertRaises(AccessError):
            self.dialog(
                {
                    "res_model": "wa.new.quotation",
                    "context": {"default_conversation_id": self.chat.id},
                },
                self.seller,
            )

    def test_an_unknown_customer_is_asked_for_and_remembered(self):
        self.chat._set_partner(self.env["res.partner"])
        self.chat.contact_id.partner_id = False
        with self.dialog(self.chat.with_user(self.agent).action_new_quotation()) as dialog:
            self.assertFalse(dialog.partner_id)
            dialog.partner_id = self.customer
        order = self.opened(dialog.record.action_create())
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(self.chat.partner_id, self.customer)
        self.assertEqual(self.chat.contact_id.partner_id, self.customer)

    # === TICKETS === #

    def make_ticket(self, **values):
        action = self.chat.with_user(self.agent).action_new_ticket()
        with self.dialog(action) as dialog:
            for name, value in values.items():
                dialog[name] = value
        return self.opened(dialog.record.action_create())

    def test_ticket_has_everything_that_helpdesk_needs(self):
        self.customer.email = "customer@example.com"
        team = self.env["helpdesk.ticket.team"].create({"name": "Repairs"})
        category = self.env["helpdesk.ticket.category"].create({"name": "Furniture"})
        ticket = self.make_ticket(team_id=team, category_id=category)
        self.assertEqual(ticket.name, "first")
        self.assertEqual(ticket.partner_id, self.customer)
        self.assertEqual(ticket.partner_name, self.customer.name)
        self.assertEqual(ticket.partner_email, "customer@example.com")
        self.assertEqual((ticket.team_id, ticket.category_id), (team, category))
        self.assertEqual(ticket.company_id, self.chat.company_id)
        self.assertEqual(ticket.channel_id.name, "WhatsApp")
        self.assertFalse(ticket.user_id)
        self.assertNotIn(self.customer, ticket.message_partner_ids)
        self.assertEqual(self.chat.ticket_ids, ticket)
        self.assertNotIn("second", ticket.description)

    def test_the_title_is_the_first_words(self):
        self.reply(self.chat)
        self.receive(
            self.message("The *sofa* that came today has only three legs and a very big hole")
        )
        ticket = self.make_ticket()
        self.assertEqual(
            ticket.name, "The sofa that came today has only three legs and a very big…"
        )

    def test_transcript(self):
        file = self.attach(
            name="leg <b>.png",
            user=self.env.user,
            res_model="discuss.channel",
            res_id=self.chat.discuss_channel_id.id,
        )
        self.messages[0].mail_message_id.attachment_ids = [Command.link(file.id)]
        self.receive(self.message("<script>alert(1)</script>\nline two"))
        ticket = self.make_ticket(with_transcript=True, description="Call first\n& soon")
        for text in ("Call first<br>&amp; soon", "second", "leg &lt;b&gt;.png", "line two"):
            self.assertIn(text, ticket.description)
        self.assertNotIn("<script", ticket.description)
        self.assertIn(self.customer.name, ticket.description)

    def test_who_sees_only_own_tickets_gets_the_ticket(self):
        self.agent.group_ids -= self.env.ref("helpdesk_mgmt.group_helpdesk_user")
        self.agent.group_ids += self.env.ref("helpdesk_mgmt.group_helpdesk_user_own")
        self.assertEqual(self.make_ticket().user_id, self.agent)

    def test_who_may_not_make_tickets(self):
        with self.assertRaisesRegex(AccessError, "may not create"):
            self.chat.with_user(self.colleague).action_new_ticket()

    # === ACTIVITIES === #

    def test_activities_are_on_the_document_else_on_the_customer(self):
        chat = self.chat.with_user(self.agent)
        context = chat.action_schedule_activity()["context"]
        self.assertEqual(
            (context["active_model"], context["active_id"]), ("res.partner", self.customer.id)
        )
        self.chat._link(self.ticket)
        action = chat.action_schedule_activity()
        with self.dialog(action) as dialog:
            dialog.activity_type_id = self.env.ref("mail.mail_activity_data_todo")
            dialog.summary = "Call back"
        dialog.record.action_schedule_activities()
        self.assertEqual(self.ticket.activity_ids.summary, "Call back")
        context = self.chat.with_user(self.colleague).action_schedule_activity()["context"]
        self.assertEqual(context["active_model"], "res.partner")
        with self.assertRaises(AccessError):
            self.chat.with_user(self.outsider).action_schedule_activity()


@tagged("post_install", "-at_install")
class TestCarts(LinkCase):
    """A cart from the catalogue becomes a quotation with one click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sofa = cls.env["product.product"].create(
            {"name": "Sofa", "default_code": "SOFA-3", "list_price": 300, "taxes_id": False}
        )

    def cart(self, *items, note=""):
        """Receive a cart of (reference, quantity, price, currency); return its message."""
        order = {
            "catalog_id": "77",
            "text": note,
            "product_items": [
                {
                    "product_retailer_id": reference,
                    "quantity": quantity,
                    "item_price": price,
                    "currency": currency,
                }
                for reference, quantity, price, currency in items
            ],
        }
        message = self.message(type="order", order=order)
        del message["text"]
        self.receive(message)
        return self.chat.wa_message_ids.sorted("id")[-1]

    @property
    def money(self):
        return self.env.company.currency_id.name

    def test_one_click_and_a_second_one(self):
        cart = self.cart(("SOFA-3", 2, 275.5, self.money), note="Before Friday please")
        cart = cart.with_user(self.agent)
        action = cart.action_make_quotation()
        order = self.env["sale.order"].browse(action["res_id"])
        line = order.order_line
        self.assertEqual(line.product_id, self.sofa)
        self.assertEqual((line.product_uom_qty, line.price_unit), (2, 275.5))
        self.assertEqual(order.amount_total, 551)
        self.assertEqual((order.partner_id, order.user_id), (self.customer, self.agent))
        self.assertIn("Before Friday please", self.notes(order))
        self.assertFalse(order.note and "Friday" in order.note)
        link = self.chat.link_ids
        self.assertEqual((link.sale_order_id, link.first_message_id), (order, cart))
        again = cart.action_make_quotation()
        self.assertEqual((again["res_model"], again["res_id"]), ("sale.order", order.id))
        order.sudo().unlink()
        self.assertNotEqual(cart.action_make_quotation()["res_id"], order.id)

    def test_unknown_products_are_reported(self):
        cart = self.cart(
            ("SOFA-3", 1, 275.5, self.money), ("LAMP-9", 3, 12, self.money), ("", 1, 5, self.money)
        )
        action = cart.with_user(self.agent).action_make_quotation()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("3 × LAMP-9", action["params"]["message"])
        order = self.env["sale.order"].browse(action["params"]["next"]["res_id"])
        self.assertEqual(order.order_line.product_id, self.sofa)
        self.assertIn("LAMP-9", self.notes(order))
        self.assertFalse(order.note and "LAMP-9" in order.note)

    def test_other_currencies_and_archived_products(self):
        other = "EUR" if self.money != "EUR" else "USD"
        cart = self.cart(("SOFA-3", 1, 275.5, other))
        action = cart.with_user(self.agent).action_make_quotation()
        self.assertIn(f"275.5 {other}", action["params"]["message"])
        order = self.env["sale.order"].browse(action["params"]["next"]["res_id"])
        self.assertEqual(order.order_line.price_unit, 300)
        cart = self.cart(("SOFA-3", 1, 275.5, self.money))
        self.sofa.active = False
        action = cart.with_user(self.agent).action_make_quotation()
        self.assertIn("SOFA-3", action["params"]["message"])

    def test_who_may_not(self):
        cart = self.cart(("SOFA-3", 1, 275.5, self.money))
        with self.assertRaisesRegex(AccessError, "may not create"):
            cart.with_user(self.colleague).action_make_quotation()
        with self.assertRaises(AccessError):
            cart.with_user(self.outsider).action_make_quotation()
        with self.assertRaises(UserError):
            self.messages[0].with_user(self.agent).action_make_quotation()
        cart.with_user(self.agent).action_make_quotation()
        with self.assertRaisesRegex(AccessError, "not open to you"):
            cart.with_user(self.colleague).action_make_quotation()
