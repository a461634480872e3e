from psycopg2 import IntegrityError

from odoo.addons.whatsapp_helpdesk.tests.test_links import LinkCase
from odoo.addons.whatsapp_helpdesk_crm import uninstall_hook
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestLeads(LinkCase):
    """Leads are documents of a chat, as orders and tickets are."""

    def setUp(self):
        super().setUp()
        self.lead = self.env["crm.lead"].create(
            {"name": "Ten sofas", "partner_id": self.customer.id, "user_id": self.seller.id}
        )

    def test_link_and_unlink(self):
        chat = self.chat.with_user(self.agent)
        link = chat._link(self.lead.with_user(self.agent))
        self.assertEqual(chat.lead_ids, self.lead)
        self.assertEqual(self.lead.wa_link_ids, link)
        self.assertEqual(self.lead.with_user(self.agent).wa_conversation_count, 1)
        self.assertIn("Ten sofas", self.chat_notes())
        self.assertIn(self.chat.name, self.notes(self.lead))
        self.assertEqual(chat.search([("lead_ids", "=", self.lead.id)]), chat)
        self.assertEqual(chat.search([("lead_ids", "ilike", "sofas")]), chat)
        chat._unlink_document(self.lead)
        self.assertFalse(chat.lead_ids)

    def test_exactly_one_document(self):
        values = {"conversation_id": self.chat.id, "lead_id": self.lead.id}
        for other in ({"sale_order_id": self.order.id}, {"ticket_id": self.ticket.id}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.env["wa.conversation.link"].create([values | other])

    def test_leads_of_another_company_are_not_linked(self):
        branch = self.env["res.company"].create([{"name": "Branch"}])
        lead = self.env["crm.lead"].create(
            [{"name": "Theirs", "company_id": branch.id, "user_id": False, "team_id": False}]
        )
        with self.assertRaises(ValidationError):
            self.chat._link(lead)
        lead.company_id = False
        self.assertTrue(self.chat._link(lead))

    def test_the_responsible_reads_as_far_as_the_team_allows(self):
        for access, may_read_chat, may_see_stretch in (
            ("conversation", True, True),
            ("stretch", False, True),
            ("none", False, False),
        ):
            self.sales.document_access = access
            self.chat._unlink_document(self.lead)
            self.assertFalse(self.found_by(self.seller, self.chat))
            link = self.chat._link(self.lead)
            with self.subTest(access):
                self.assertEqual(bool(self.found_by(self.seller, self.chat)), may_read_chat)
                self.assertEqual(self.can(link.with_user(self.seller).get_stretch), may_see_stretch)
                self.assertFalse(self.found_by(self.other_seller, self.chat))

    def test_why_the_responsible_may_read(self):
        self.chat._link(self.lead)
        allowed, why = self.chat._explain("read", self.seller)
        self.assertTrue(allowed)
        self.assertIn("linked lead", why)
        chat = self.chat.with_user(self.seller)
        self.assertTrue(chat.is_readable)
        self.lead.user_id = self.other_seller
        self.assertFalse(chat.is_readable)

    def test_leads_are_searched_from_their_end(self):
        rules = self.env["wa.conversation"].with_user(self.seller)._access_rules()
        self.assertEqual([rule.is_narrow for rule in rules if rule.source == "lead"], [True])

    def test_dialog(self):
        wizards = self.env["wa.conversation.link.document"].with_user(self.agent)
        form = Form(wizards.with_context(default_conversation_id=self.chat.id))
        form.kind = "lead_id"
        form.lead_id = self.lead
        form.save().action_apply()
        self.assertTrue(self.lead.wa_link_ids)

    def test_the_responsible_hears_of_failed_messages(self):
        self.chat._link(self.lead)
        self.reply(self.chat)
        self.graph.fail_next(131026)
        self.send()
        warning = self.lead.activity_ids.filtered("wa_mail_message_id")
        self.assertEqual(warning.user_id, self.seller)
        self.assertIn("not on WhatsApp", warning.note)

    def test_the_running_chat_opens(self):
        action = self.lead.with_user(self.agent).action_wa_open_chat()
        (chat,) = action["params"]["chats"]
        self.assertEqual(chat["thread_id"], self.chat.discuss_channel_id.id)

    def test_deleting_a_lead_removes_the_link_only(self):
        link = self.chat._link(self.lead)
        self.lead.unlink()
        self.assertFalse(link.exists())
        self.assertIn("Ten sofas was deleted", self.chat_notes())

    def test_the_form_costs_little(self):
        self.chat._link(self.lead)
        for user in (self.agent, self.seller):
            with self.subTest(user.login):
                self.assertLessEqual(self.form_cost(self.lead.with_user(user)), 3)

    def test_uninstalling_leaves_links_of_other_documents(self):
        self.chat._link(self.lead)
        order_link = self.chat._link(self.order)
        uninstall_hook(self.env)
        self.assertEqual(self.chat.link_ids, order_link)

    def test_a_lead_begins_in_the_chat(self):
        chat = self.chat.with_user(self.agent)
        lead = self.env["crm.lead"].browse(chat.action_new_lead()["res_id"])
        self.assertEqual((lead.name, lead.partner_id), ("first", self.customer))
        self.assertEqual((lead.user_id, lead.company_id), (self.agent, self.chat.company_id))
        self.assertEqual(self.chat.link_ids.lead_id, lead)
        self.assertEqual(self.chat.link_ids.first_message_id, self.messages[0])
        methods = [button["method"] for button in chat.get_customer_panel()["actions"]]
        self.assertIn("action_new_lead", methods)
        with self.assertRaisesRegex(AccessError, "may not create"):
            self.chat.with_user(self.colleague).action_new_lead()
