from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_links import OTHER_CUSTOMER, LinkCase


@tagged("post_install", "-at_install")
class TestDocumentNotices(LinkCase):
    """Customers hear of their quotations, orders and tickets by themselves, as the company says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        notices = cls.env["wa.document.notice"]
        notices.action_open_settings()
        cls.notices = {
            notice.event: notice
            for notice in notices.search([("company_id", "=", cls.env.company.id)])
        }
        cls.closed_stage = cls.env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)

    def switch_on(self, *events, **values):
        for event in events or self.notices:
            self.notices[event].write({"is_on": True} | values)

    def told(self):
        """Return the notifications that were queued so far."""
        return self.env["wa.message"].search([("notice", "!=", False)], order="id")

    def close_window(self):
        self.chat.sudo().window_expires_at = fields.Datetime.now() - timedelta(hours=1)

    def template(self, language="en_US", body="Order {{order}} of {{amount}}", **values):
        template = self.env["wa.template"].create(
            {
                "account_id": self.account.id,
                "name": "order_news",
                "language": language,
                "body": body,
                "model_id": self.env["ir.model"]._get("sale.order").id,
            }
            | values
        )
        paths = {"order": "name", "amount": "amount_total"}
        for variable in template.variable_ids:
            name = variable.key.rpartition(".")[2]
            variable.write({"source": "field", "field_path": paths[name]})
        template.status = "approved"
        return template

    # === WHAT IS TOLD === #

    def test_nothing_is_told_unless_switched_on(self):
        self.assertEqual(len(self.notices), 4)
        self.assertEqual(self.notices["quotation_sent"].display_name, "Quotation sent")
        self.order.action_quotation_sent()
        self.order.action_confirm()
        self.ticket.stage_id = self.closed_stage
        self.assertFalse(self.told())

    def test_quotation_and_order(self):
        self.switch_on()
        self.order.with_user(self.seller).action_quotation_sent()
        self.order.with_user(self.seller).action_confirm()
        self.send()
        quotation, order = (sent["text"]["body"] for sent in self.graph.sent())
        self.assertIn(f"our quotation {self.order.name}", quotation)
        self.assertIn(f"/my/orders/{self.order.id}?access_token=", quotation)
        self.assertIn(f"Your order {self.order.name} is confirmed", order)
        self.assertEqual(self.told().mapped("notice"), ["quotation_sent", "order_confirmed"])
        self.assertEqual([message._source() for message in self.told()], [self.order] * 2)

    def test_ticket(self):
        self.switch_on()
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Lost key", "description": "x", "partner_id": self.customer.id}
        )
        ticket.with_user(self.agent).stage_id = self.closed_stage
        received, closed = self.told()
        self.assertIn(f"we received your request {ticket.display_name}", received.body)
        self.assertIn("is closed", closed.body)

    def test_once_per_document_and_event(self):
        self.switch_on()
        self.order.action_quotation_sent()
        self.order.write({"state": "sent"})
        self.order._action_cancel()
        self.order.action_draft()
        self.order.action_quotation_sent()
        self.assertEqual(len(self.told()), 1)

    def test_own_text_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.switch_on("order_confirmed", text="{customer}: {document} at {company}")
        notice = self.notices["order_confirmed"]
        notice.with_context(lang="ar_001").text = "طلبك {document} مؤكد"
        self.order.action_confirm()
        self.customer.lang = "ar_001"
        other = self.order.copy()
        other.action_confirm()
        english, arabic = self.told().mapped("body")
        name, company = self.customer.name, self.env.company.name
        self.assertEqual(english, f"{name}: {self.order.name} at {company}")
        self.assertEqual(arabic, f"طلبك {other.name} مؤكد")

    # === WHO HEARS === #

    def test_who_has_no_chat_or_wants_none_hears_nothing(self):
        self.switch_on()
        stranger = self.env["res.partner"].create({"name": "Stranger", "phone": "+201007777777"})
        order = self.env["sale.order"].create({"partner_id": stranger.id})
        order.action_quotation_sent()
        self.customer.wa_no_notices = True
        self.order.action_quotation_sent()
        self.assertFalse(self.told())
        for document in order | self.order:
            self.assertNotIn("WhatsApp", self.notes(document))

    def test_a_linked_chat_of_another_customer_hears_nothing(self):
        self.switch_on()
        self.receive(self.message(sender=OTHER_CUSTOMER))
        other = self.conversation(OTHER_CUSTOMER)
        other._link(self.order)
        self.order.action_quotation_sent()
        self.assertEqual(self.told().conversation_id, self.chat)
        self.order.copy({"partner_id": other.partner_id.id}).action_quotation_sent()
        self.assertEqual(self.told().conversation_id, self.chat | other)

    def test_imported_documents_are_no_news(self):
        self.switch_on()
        self.env["helpdesk.ticket"].with_context(import_file=True).create(
            {"name": "Old", "description": "x", "partner_id": self.customer.id}
        )
        self.assertFalse(self.told())

    def test_other_companies_have_their_own_switches(self):
        self.switch_on()
        company = self.env["res.company"].create({"name": "Other"})
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Elsewhere",
                "description": "x",
                "partner_id": self.customer.id,
                "company_id": company.id,
            }
        )
        self.assertEqual(ticket.company_id, company)
        self.assertFalse(self.told())

    # === WHAT IT MEANS FOR THE CHAT === #

    def test_nobody_answered(self):
        self.switch_on()
        waiting = self.chat.waiting_since
        self.order.action_quotation_sent()
        self.assertEqual(self.chat.unanswered_count, 3)
        self.assertEqual(self.chat.waiting_since, waiting)
        self.assertFalse(self.chat.user_id)
        message = self.told()
        self.assertEqual(message.mail_message_id.author_id, self.env.ref("base.partner_root"))
        self.assertTrue(self.shown(message)["wa_notice"])
        self.assertIn(self.order.name, self.chat.last_message_preview)
        self.chat._move_to("closed")
        self.order.action_confirm()
        self.assertEqual(self.chat.state, "closed")
        self.assertEqual(len(self.told()), 2)

    def test_no_right_in_the_chat_is_needed_and_none_is_given(self):
        self.switch_on()
        self.sales.customer_readers = False
        self.order.with_user(self.seller).action_quotation_sent()
        self.assertTrue(self.told())
        self.assertFalse(self.found_by(self.seller, self.chat))
        self.assertFalse(self.found_by(self.seller, self.told()))
        self.assertFalse(self.chat.link_ids)

    def test_the_responsible_hears_of_a_failure_at_meta(self):
        self.switch_on()
        self.order.action_quotation_sent()
        self.told()._fail(131026, "Message undeliverable")
        self.told()._follow_on_documents()
        self.assertEqual(self.order.activity_ids.user_id, self.seller)

    # === TEMPLATES === #

    def test_a_closed_window_takes_a_template_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("ar_001")
        template = self.template()
        self.template("ar", "الطلب {{order}}")
        self.switch_on("order_confirmed", template_id=template.id)
        self.customer.lang = "ar_001"
        self.close_window()
        self.order.with_user(self.seller).action_confirm()
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["template"]["language"], {"code": "ar"})
        self.assertIn(self.order.name, str(sent))
        self.assertEqual(self.told().state, "sent")

    def test_a_template_reads_with_the_rights_of_the_responsible(self):
        template = self.template()
        self.switch_on("order_confirmed", template_id=template.id)
        self.close_window()
        template.variable_ids[0].field_path = "partner_id.wa_addresses"
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.told())
        self.assertIn("may not read", self.notes(self.order))
        self.order.copy({"user_id": self.agent.id}).action_confirm()
        self.assertIn(self.chat.contact_phone, self.told().body)

    def test_a_template_of_other_documents_is_refused(self):
        with self.assertRaises(ValidationError):
            self.switch_on("ticket_closed", template_id=self.template().id)

    # === WHAT GOES WRONG === #

    def test_a_closed_window_without_template_is_noted_and_blocks_nothing(self):
        self.switch_on()
        self.close_window()
        self.order.with_user(self.seller).action_confirm()
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.told())
        note = self.notes(self.order)
        self.assertIn("no template is chosen", note)
        self.assertIn("Order confirmed", note)

    def test_a_template_that_is_not_approved_is_noted(self):
        template = self.template()
        self.switch_on("order_confirmed", template_id=template.id)
        template.status = "paused"
        self.close_window()
        self.order.action_confirm()
        self.assertIn("not approved", self.notes(self.order))

    def test_whatever_goes_wrong_blocks_nothing(self):
        self.switch_on()
        self.chat.sudo().discuss_channel_id = False
        with mute_logger("odoo.addons.whatsapp_helpdesk.models.wa_document_notice_sending"):
            self.order.with_user(self.seller).action_confirm()
        self.assertEqual(self.order.state, "sale")
        self.assertIn("not notified", self.notes(self.order))

    # === SETTINGS === #

    def test_managers_switch(self):
        notices = self.env["wa.document.notice"]
        row = self.notices["ticket_closed"]
        row.with_user(self.manager).is_on = True
        notices.with_user(self.manager).action_open_settings()
        self.assertEqual(len(notices.search([("company_id", "=", self.env.company.id)])), 4)
        for user in self.agent | self.supervisor | self.employee:
            with self.subTest(user.login):
                self.assertFalse(self.can(lambda user=user: row.with_user(user).read(["is_on"])))
                with self.assertRaises(AccessError):
                    notices.with_user(user).action_open_settings()
        company = self.env["res.company"].create({"name": "Other"})
        elsewhere = notices.create({"company_id": company.id, "event": "ticket_closed"})
        self.assertFalse(self.found_by(self.manager, elsewhere))
        self.manager.company_ids = [Command.link(company.id)]
        switched = elsewhere.with_user(self.manager).with_context(allowed_company_ids=company.ids)
        self.assertTrue(switched.has_access("write"))
