from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CUSTOMER
from .test_links import OTHER_CUSTOMER, LinkCase


@tagged("post_install", "-at_install")
class TestPanels(LinkCase):
    """The chat in the forms of other records, and the customer beside the chat."""

    def setUp(self):
        super().setUp()
        self.customer.write({"lang": "en_US", "tz": False})

    def panel(self, user, chat=None):
        return (chat or self.chat).with_user(user).get_customer_panel()

    def figures(self, user):
        return {figure["key"]: figure for figure in self.panel(user)["figures"]}

    # === THE CHAT IN A FORM === #

    def test_a_document_shows_its_stretches(self):
        link = self.chat._link(self.order, self.messages[1])
        panel = self.order.with_user(self.agent).get_wa_panel()
        (source,) = panel["sources"]
        self.assertEqual(source["link_id"], link.id)
        self.assertEqual(source["thread_id"], self.chat.discuss_channel_id.id)
        texts = [message["body"] for message in panel["page"]["messages"]]
        self.assertEqual(texts, ["<p>second</p>", "<p>third</p>"])

    def test_the_stretch_without_the_chat(self):
        self.sales.write({"document_access": "stretch", "customer_readers": False})
        self.chat._link(self.order)
        order = self.order.with_user(self.seller)
        self.assertEqual((order.wa_is_linked, order.wa_conversation_count), (True, 0))
        panel = order.get_wa_panel()
        self.assertFalse(panel["sources"][0]["thread_id"])
        self.assertEqual(len(panel["page"]["messages"]), 3)
        self.sales.document_access = "none"
        self.assertEqual(order.get_wa_panel(), {"sources": [], "page": False})

    def test_a_document_that_is_closed_has_no_panel(self):
        self.chat._link(self.order)
        for record in (self.order, self.ticket):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.employee).get_wa_panel()

    def test_a_customer_shows_the_chats_that_the_user_may_read(self):
        self.receive(self.message("older", sender=OTHER_CUSTOMER))
        other = self.conversation(OTHER_CUSTOMER)
        other.contact_id._choose_partner(self.customer)
        other._move_to("closed")
        panel = self.customer.with_user(self.agent).get_wa_panel()
        chats = [source["conversation_id"] for source in panel["sources"]]
        self.assertEqual(chats, [self.chat.id, other.id])
        self.assertEqual(panel["page"]["messages"][-1]["body"], "<p>third</p>")
        self.assertEqual(self.customer.with_user(self.outsider).get_wa_panel()["sources"], [])

    def test_pages_of_a_chat(self):
        chat = self.chat.with_user(self.agent)
        newest = chat.get_recent(limit=2)
        self.assertTrue(newest["has_more"])
        oldest = chat.get_recent(before=newest["messages"][0]["id"], limit=2)
        self.assertEqual([m["body"] for m in oldest["messages"]], ["<p>first</p>"])
        with self.assertRaises(AccessError):
            self.chat.with_user(self.outsider).get_recent()

    # === THE CHAT OF A NUMBER === #

    def test_a_number_opens_its_chat(self):
        stranger = self.env["res.partner"].create([{"name": "Stranger"}])
        for number in (f"+{CUSTOMER}", f"00{CUSTOMER}", "+20 100 1234567"):
            with self.subTest(number):
                action = self.of_number(self.agent, stranger, number)
                chats = [chat["id"] for chat in action["params"]["chats"]]
                self.assertEqual(chats, self.chat.ids)
        for number in ("+20 100 7654321", "nonsense", False):
            with self.subTest(number):
                action = self.of_number(self.agent, stranger, number)
                self.assertEqual(action["tag"], "display_notification")

    def test_a_number_without_a_chat_opens_that_of_its_record(self):
        for record in (self.customer, self.order):
            with self.subTest(record._name):
                action = self.of_number(self.agent, record, "+20 100 7654321")
                chats = [chat["id"] for chat in action["params"]["chats"]]
                self.assertEqual(chats, self.chat.ids)

    def test_numbers_of_chats_and_records_that_are_closed(self):
        action = self.of_number(self.outsider, self.customer, f"+{CUSTOMER}")
        self.assertEqual(action["tag"], "display_notification")
        with self.assertRaises(AccessError):
            self.of_number(self.employee, self.order, f"+{CUSTOMER}")

    def of_number(self, user, record, number):
        conversations = self.env["wa.conversation"].with_user(user)
        return conversations.open_chat_of_number(record._name, record.id, number)

    # === THE CUSTOMER BESIDE THE CHAT === #

    def test_who_it_is(self):
        company = self.env["res.partner"].create([{"name": "Sofa Co", "is_company": True}])
        self.customer.parent_id = company
        self.chat.tag_ids = self.env["wa.tag"].create([{"name": "Delivery"}])
        panel = self.panel(self.agent)
        self.assertEqual(panel["partner"]["id"], self.customer.id)
        self.assertEqual(panel["partner"]["company"], {"id": company.id, "name": "Sofa Co"})
        self.assertEqual(panel["partner"]["language"], "English (US)")
        self.assertEqual(panel["time_zones"], ["Africa/Cairo"])
        self.assertEqual([tag["name"] for tag in panel["tags"]], ["Delivery"])
        self.customer.tz = "Asia/Dubai"
        self.assertEqual(self.panel(self.agent)["time_zones"], ["Asia/Dubai"])

    def test_only_readers_of_the_chat_see_it(self):
        for user in (self.outsider, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.panel(user)

    def test_what_the_customer_is_worth(self):
        product = self.env["product.product"].create([{"name": "Sofa", "list_price": 100}])
        line = {"product_id": product.id, "tax_ids": [], "price_unit": 100}
        sold, offered = self.env["sale.order"].create(
            [{"partner_id": self.customer.id, "order_line": [(0, 0, line)]} for _n in range(2)]
        )
        sold.action_confirm()
        long_ago = sold.copy()
        long_ago.action_confirm()
        long_ago.date_order = fields.Datetime.now() - timedelta(days=400)
        figures = self.figures(self.agent)
        self.assertEqual(figures["orders"]["count"], 1)
        self.assertIn("100.00", figures["orders"]["amount"])
        self.assertEqual(figures["quotations"]["count"], 2)
        self.assertEqual(figures["tickets"]["count"], 1)
        action = figures["quotations"]["action"]
        listed = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(listed, offered | self.order)

    def test_figures_follow_the_rights_of_the_agent(self):
        self.assertNotIn("quotations", self.figures(self.colleague))
        self.colleague.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.order.user_id = self.agent
        self.assertEqual(self.figures(self.colleague)["quotations"]["count"], 0)

    def test_overdue_invoices(self):
        self.agent.group_ids += self.env.ref("account.group_account_readonly")
        self.assertFalse(self.figures(self.agent)["overdue"]["is_warning"])
        journal = self.env["account.journal"].create(
            [{"name": "Sales journal", "code": "WSAL", "type": "sale"}]
        )
        income = self.env["account.account"].create(
            [{"name": "Income", "code": "WINC", "account_type": "income"}]
        )
        line = {"name": "Sofa", "price_unit": 70, "account_id": income.id, "tax_ids": []}
        receivable = self.env["account.account"].create(
            [{"name": "Owed", "code": "WREC", "account_type": "asset_receivable"}]
        )
        self.customer.property_account_receivable_id = receivable
        invoice = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "journal_id": journal.id,
                    "invoice_date": "2020-01-01",
                    "invoice_date_due": "2020-02-01",
                    "invoice_line_ids": [(0, 0, line)],
                }
            ]
        )
        invoice.action_post()
        overdue = self.figures(self.agent)["overdue"]
        self.assertEqual((overdue["count"], overdue["is_warning"]), (1, True))
        self.assertIn("70.00", overdue["amount"])

    def test_earlier_conversations(self):
        self.chat._move_to("closed")
        self.chat.closed_at = fields.Datetime.now() - timedelta(days=100)
        self.receive(self.message("again"))
        newer = self.conversation()
        self.assertNotEqual(newer, self.chat)
        (earlier,) = self.panel(self.agent, newer)["earlier"]
        self.assertEqual(earlier["id"], self.chat.id)
        self.chat.team_id = self.support
        self.assertEqual(self.panel(self.agent, newer)["earlier"], [])

    def test_linked_documents(self):
        self.chat._link(self.order)
        (link,) = self.panel(self.agent)["links"]
        self.assertEqual((link["res_id"], link["can_open"]), (self.order.id, True))
        (link,) = self.panel(self.colleague)["links"]
        self.assertEqual((link["name"], link["can_open"]), (self.order.display_name, False))

    def test_buttons_follow_the_rights(self):
        def methods(user):
            # Glue addons may be installed, and add theirs.
            return {a["method"] for a in self.panel(user)["actions"]} - {"action_new_lead"}

        offered = {f"action_{name}" for name in ("link_document", "send_document", "new_ticket")}
        offered |= {"action_new_quotation", "action_schedule_activity"}
        self.assertEqual(methods(self.agent), offered)
        self.assertIn("action_link_document", methods(self.colleague))
        self.assertNotIn("action_new_quotation", methods(self.colleague))
        self.sales.customer_readers = True
        self.customer.user_id = self.other_seller
        self.assertEqual(methods(self.other_seller), set())
        self.chat.invited_user_ids = self.outsider
        self.assertEqual(
            methods(self.outsider), {"action_send_document", "action_schedule_activity"}
        )

    def test_cost(self):
        self.chat._link(self.order)
        self.chat._link(self.ticket)
        chat = self.chat.with_user(self.agent)
        chat.get_customer_panel()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        chat.get_customer_panel()
        self.assertLessEqual(self.cr.sql_log_count - before, 25)
