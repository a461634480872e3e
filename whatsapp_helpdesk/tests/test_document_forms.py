from odoo.tests import tagged

from .test_links import OTHER_CUSTOMER, LinkCase

NO_CHAT = "display_notification"


@tagged("post_install", "-at_install")
class TestDocumentForms(LinkCase):
    """What the forms of customers, orders and tickets show of chats, and what it costs."""

    def setUp(self):
        super().setUp()
        for document in self.documents:
            self.chat._link(document)
        self.company = self.env["res.partner"].create([{"name": "Sofa Co", "is_company": True}])
        self.customer.parent_id = self.company
        self.seller.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.seller.group_ids += self.env.ref("helpdesk_mgmt.group_helpdesk_user")

    def open_other_chat(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        return self.conversation(OTHER_CUSTOMER)

    def opened(self, action):
        """Return the chats of which an action opens one."""
        self.assertEqual(action["tag"], "whatsapp_helpdesk.open_chat")
        thread_ids = [chat["thread_id"] for chat in action["params"]["chats"]]
        return self.env["discuss.channel"].browse(thread_ids).wa_conversation_id

    # === COUNTERS === #

    def test_counters(self):
        for record in (self.order, self.ticket, self.customer, self.company):
            for user, count in ((self.agent, 1), (self.seller, 1), (self.employee, 0)):
                if record == self.ticket and user == self.seller:
                    record.user_id = user
                shown = record.with_user(user).sudo(False)
                with self.subTest(record._name, user=user.login):
                    if shown.has_access("read"):
                        self.assertEqual(shown.wa_conversation_count, count)
                        self.assertEqual(shown.wa_unanswered_count, 3 * count)

    def test_a_company_counts_the_chats_of_its_contacts_at_any_depth(self):
        assistant = self.env["res.partner"].create([{"name": "Aya", "parent_id": self.customer.id}])
        self.open_other_chat().contact_id._choose_partner(assistant)
        for partner, count in ((assistant, 1), (self.customer, 2), (self.company, 2)):
            with self.subTest(partner.name):
                self.assertEqual(partner.with_user(self.agent).wa_conversation_count, count)
        together = (assistant | self.customer | self.company).with_user(self.agent)
        self.assertEqual(together.mapped("wa_conversation_count"), [1, 2, 2])

    def test_counters_of_new_records(self):
        for model in ("res.partner", "sale.order", "helpdesk.ticket"):
            with self.subTest(model):
                self.assertEqual(self.env[model].new({}).wa_conversation_count, 0)

    def test_buttons_list_the_conversations(self):
        unlinked = self.open_other_chat()
        for record in (self.order, self.ticket, self.customer, self.company):
            action = record.with_user(self.agent).action_wa_conversations()
            with self.subTest(record._name):
                listed = self.env["wa.conversation"].search(action["domain"])
                self.assertEqual(listed, self.chat)
                self.assertNotIn(unlinked, listed)

    # === OPENING THE CHAT === #

    def test_the_running_chat_opens(self):
        for record in (self.order, self.ticket, self.customer, self.company):
            for user in (self.agent, record.user_id):
                if user and record.with_user(user).has_access("read"):
                    with self.subTest(record._name, user=user.login):
                        action = record.with_user(user).action_wa_open_chat()
                        self.assertEqual(self.opened(action), self.chat)

    def test_the_chat_of_the_customer_opens_if_none_is_linked(self):
        for document in self.documents:
            self.chat._unlink_document(document)
            with self.subTest(document._name):
                action = document.with_user(self.agent).action_wa_open_chat()
                self.assertEqual(self.opened(action), self.chat)

    def test_several_running_chats_are_offered(self):
        other = self.open_other_chat()
        other._link(self.order)
        action = self.order.with_user(self.agent).action_wa_open_chat()
        self.assertEqual(self.opened(action), self.chat | other)
        self.chat._move_to("closed")
        action = self.order.with_user(self.agent).action_wa_open_chat()
        self.assertEqual(self.opened(action), other)

    def test_the_last_chat_opens_if_none_is_running(self):
        self.chat._move_to("closed")
        action = self.order.with_user(self.agent).action_wa_open_chat()
        self.assertEqual(self.opened(action), self.chat)

    def test_without_a_chat_a_sentence_says_so(self):
        stranger = self.env["res.partner"].create([{"name": "Stranger"}])
        order = self.env["sale.order"].create([{"partner_id": stranger.id}])
        for record in (stranger, order):
            action = record.with_user(self.agent).action_wa_open_chat()
            self.assertEqual(action["tag"], NO_CHAT)
            self.assertIn("Stranger", action["params"]["message"])
        self.ticket.partner_id = False
        self.chat._unlink_document(self.ticket)
        action = self.ticket.with_user(self.agent).action_wa_open_chat()
        self.assertIn("Choose the customer", action["params"]["message"])

    def test_a_chat_that_is_not_for_the_user_does_not_open(self):
        self.sales.document_access = "none"
        self.sales.customer_readers = False
        action = self.order.with_user(self.seller).action_wa_open_chat()
        self.assertEqual(action["tag"], NO_CHAT)
        self.assertEqual(self.order.with_user(self.seller).wa_conversation_count, 0)

    def test_links_that_a_document_shows(self):
        self.sales.document_access = "stretch"
        for user, count in ((self.agent, 1), (self.seller, 1), (self.other_seller, 0)):
            links = self.order.with_user(user)._wa_visible_links()
            with self.subTest(user.login):
                self.assertEqual(len(links), count)

    # === COST === #

    def test_forms_cost_little(self):
        for user in (self.agent, self.seller):
            for record in (self.customer, self.company, self.order, self.ticket):
                with self.subTest(record._name, user=user.login):
                    self.assertLessEqual(self.form_cost(record.with_user(user)), 3)
