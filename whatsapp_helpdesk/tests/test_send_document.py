from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestSendDocument(WhatsappCase):
    """Quotations and tickets leave as PDF and as a link, with the rights of who sends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        seller = cls.env.ref("sales_team.group_sale_salesman")
        helper = cls.env.ref("helpdesk_mgmt.group_helpdesk_user")
        cls.agent.group_ids = [Command.link(seller.id), Command.link(helper.id)]

    def setUp(self):
        super().setUp()
        self.receive(self.message("How much is the sofa?"))
        self.chat = self.conversation()
        self.order = self.env["sale.order"].create(
            {"partner_id": self.chat.partner_id.id, "user_id": self.agent.id}
        )
        self.mine = self.chat.with_user(self.agent).with_context(force_report_rendering=True)

    def send_order(self, **options):
        return self.mine._send_document(self.order.with_user(self.agent), "Our offer", **options)

    def test_pdf_with_caption_and_link(self):
        self.assertTrue(self.mine._can_print())
        message = self.send_order(with_link=True)
        file = message.attachment_ids
        self.assertEqual(file.name, f"Quotation - {self.order.name}.pdf")
        self.assertTrue(file.sudo().raw.startswith(b"%PDF"))
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["type"], "document")
        self.assertEqual(sent["document"]["filename"], file.name)
        caption = sent["document"]["caption"]
        self.assertIn("Our offer", caption)
        self.assertIn(f"/my/orders/{self.order.id}?access_token=", caption)
        self.assertEqual(self.our_messages(self.chat)._source(), self.order)

    def test_the_conversation_is_linked_from_the_message_on(self):
        message = self.send_order(with_file=False, with_link=True)
        link = self.chat.link_ids
        self.assertEqual(link.sale_order_id, self.order)
        self.assertEqual(link.first_message_id.mail_message_id, message)
        self.send_order(with_file=False, with_link=True)
        self.assertEqual(self.chat.link_ids, link)

    def test_ticket_summary(self):
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Broken sofa",
                "description": "<p>A leg is missing</p>",
                "partner_id": self.chat.partner_id.id,
                "partner_name": self.chat.partner_id.name,
                "user_id": self.agent.id,
            }
        )
        message = self.mine._send_document(ticket.with_user(self.agent))
        self.assertIn(ticket.number, message.attachment_ids.name)
        self.assertTrue(message.attachment_ids.sudo().raw.startswith(b"%PDF"))

    def test_a_server_without_a_printer_says_so_and_sends_the_link(self):
        self.patch(
            type(self.env["ir.actions.report"]), "get_wkhtmltopdf_state", lambda self: "install"
        )
        with self.assertRaisesRegex(UserError, "makes PDFs"):
            self.send_order()
        message = self.send_order(with_file=False, with_link=True)
        self.assertIn("access_token", message.body)

    def test_who_may_not_read_the_document_or_not_answer_sends_nothing(self):
        order = self.order.with_user(self.colleague)
        with self.assertRaises(AccessError):
            self.chat.with_user(self.colleague)._send_document(order, with_link=True)
        self.colleague.group_ids = [Command.link(self.env.ref("base.group_user").id)]
        self.sales.user_ids -= self.agent
        with self.assertRaises(AccessError):
            self.send_order(with_link=True)
        self.send()
        self.assertFalse(self.graph.sent())

    def test_dialogs_from_the_chat_and_from_the_document(self):
        action = self.mine.action_send_document()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertTrue(wizard.with_link)
        with self.assertRaisesRegex(UserError, "Choose the document"):
            wizard.action_send()
        action = self.order.with_user(self.agent).action_wa_send_document()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        wizard = wizard.with_context(**action["context"]).create({"with_file": False})
        self.assertEqual(wizard.document, self.order)
        self.assertIn(self.order.name, wizard.caption)
        for _press in range(2):
            wizard.action_send()
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)
        self.assertIn("access_token", self.graph.sent()[0]["text"]["body"])

    def test_dialogs_about_chats_of_others_are_not_made(self):
        wizards = self.env["wa.conversation.send.document"].with_user(self.outsider)
        with self.assertRaises(AccessError):
            wizards.create({"conversation_id": self.chat.id})

    def invoice(self):
        accounts = self.env["account.account"].create(
            [
                {"name": "Income", "code": "WINC", "account_type": "income"},
                {"name": "Owed", "code": "WREC", "account_type": "asset_receivable"},
            ]
        )
        customer = self.chat.partner_id
        customer.property_account_receivable_id = accounts[1]
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "journal_id": self.env["account.journal"]
                .create({"name": "Sales journal", "code": "WSAL", "type": "sale"})
                .id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Sofa",
                            "price_unit": 70,
                            "account_id": accounts[0].id,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    def test_an_invoice_is_sent_by_whom_it_is_open_to(self):
        invoice = self.invoice()
        self.colleague.group_ids += self.env.ref("account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.mine._send_document(invoice.with_user(self.agent), with_link=True)
        action = invoice.with_user(self.colleague).action_wa_send_document()
        wizard = self.env[action["res_model"]].with_user(self.colleague)
        wizard = wizard.with_context(**action["context"]).create({"with_file": False})
        wizard.action_send()
        self.send()
        (sent,) = self.graph.sent()
        self.assertIn(f"/my/invoices/{invoice.id}?access_token=", sent["text"]["body"])
        self.assertFalse(self.chat.link_ids)
