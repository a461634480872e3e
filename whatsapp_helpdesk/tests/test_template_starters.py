from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import WhatsappCase

NAMES = {
    "greeting",
    "order_confirmation",
    "order_delivery",
    "payment_reminder",
    "ticket_received",
    "ticket_solved",
    "ticket_survey",
}


@tagged("post_install", "-at_install")
class TestTemplateStarters(WhatsappCase):
    """Templates that come with the addon are good as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create(
            {"name": "Mona", "phone": "+20 100 123 4567", "lang": "en_US"}
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.partner.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.env["product.product"].create({"name": "Chair"}).id,
                            "price_unit": 100,
                        }
                    )
                ],
            }
        )
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {"name": "Broken chair", "description": "A leg", "partner_id": cls.partner.id}
        )

    def add(self, user=None):
        account = self.account.with_user(user or self.manager)
        return account.env["wa.template"]._add_starters(account)

    def starter(self, name, language="en"):
        found = self.env["wa.template"].search([("name", "=", name), ("language", "=", language)])
        return found or self.add().filtered(lambda t: (t.name, t.language) == (name, language))

    def test_both_languages_of_each_are_drafts_without_a_finding(self):
        for address in ("http://127.0.0.1:8069", "https://shop.example.com"):
            self.env["ir.config_parameter"].set_param("web.base.url", address)
            templates = self.add()
            self.assertEqual({(t.name, t.language) for t in templates}, self.names())
            self.assertEqual(set(templates.mapped("status")), {"draft"})
            for template in templates:
                with self.subTest(template.display_name, address=address):
                    self.assertFalse(template.findings)
            templates.unlink()

    def names(self):
        return {(name, language) for name in NAMES for language in ("en", "ar")}

    def test_languages_ask_for_the_same_and_offer_the_same(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "https://shop.example.com")
        templates = self.add().sudo()
        for name in NAMES:
            english, arabic = templates.filtered(lambda t, n=name: t.name == n).sorted("language")[
                ::-1
            ]
            with self.subTest(name):
                self.assertEqual((english.language, arabic.language), ("en", "ar"))
                for row in ("key", "source", "field_path"):
                    self.assertEqual(
                        sorted(english.variable_ids.mapped(lambda v, r=row: (v.key, v[r]))),
                        sorted(arabic.variable_ids.mapped(lambda v, r=row: (v.key, v[r]))),
                    )
                for row in ("kind", "action_id"):
                    self.assertEqual(
                        [button[row] for button in english.button_ids],
                        [button[row] for button in arabic.button_ids],
                    )

    def test_nothing_is_added_twice(self):
        self.env["wa.template"].create(
            {
                "account_id": self.account.id,
                "name": "greeting",
                "language": "en_US",
                "body": "Good morning.",
            }
        )
        self.assertEqual(
            {(t.name, t.language) for t in self.add()}, self.names() - {("greeting", "en")}
        )
        self.assertFalse(self.add())
        with self.assertRaises(UserError):
            self.env["wa.template.start"].create({"account_id": self.account.id}).action_add()

    def test_managers_add_them_and_others_do_not(self):
        dialog = Form(self.env["wa.template.start"].with_user(self.manager))
        dialog.account_id = self.account
        action = dialog.save().action_add()
        found = self.env["wa.template"].with_user(self.manager).search(action["domain"])
        self.assertEqual(len(found), 2 * len(NAMES))
        self.assertEqual(found.create_uid, self.manager)
        for user in (self.supervisor, self.agent, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.add(user)

    def test_every_variable_is_filled_in_from_a_real_record(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [Command.create({"name": "Chair", "price_unit": 100})],
            }
        )
        invoice.action_post()
        records = {r._name: r for r in (self.partner, self.order, self.ticket, invoice)}
        self.env["ir.config_parameter"].set_param("web.base.url", "https://shop.example.com")
        for template in self.add().sudo():
            with self.subTest(template.display_name):
                values, problems = template._values_for(records[template.model])
                self.assertFalse(problems)
                self.assertNotIn("{{", template._preview(values)["body"])

    # === BUTTONS === #

    def run_button(self, name, label, record):
        button = self.starter(name).sudo().button_ids.filtered(lambda b: b.text == label)
        button.action_id.with_context(
            active_model=record._name, active_id=record.id, active_ids=record.ids
        ).run()

    def test_confirm_confirms_the_quotation(self):
        self.run_button("order_confirmation", "Confirm", self.order)
        self.assertEqual(self.order.state, "sale")
        self.run_button("order_confirmation", "Confirm", self.order)

    def test_confirm_does_not_revive_what_has_ended(self):
        self.order.validity_date = fields.Date.today() - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "expired"):
            self.run_button("order_confirmation", "Confirm", self.order)
        self.order.action_cancel()
        with self.assertRaisesRegex(UserError, "cancelled"):
            self.run_button("order_confirmation", "Confirm", self.order)

    def test_solved_closes_the_ticket(self):
        self.run_button("ticket_solved", "Solved", self.ticket)
        self.assertTrue(self.ticket.closed)
        self.assertIn("the customer says", self.ticket.message_ids[:1].body)

    def test_all_are_submitted_in_one_click_and_each_says_what_became_of_it(self):
        templates = self.add()
        for index in range(len(templates) - 1):
            answer = {"id": str(50 + index), "status": "PENDING", "category": "UTILITY"}
            self.graph.answer_next(200, answer, path="/message_templates")
        self.graph.fail_next(100, message="Invalid parameter", path="/message_templates")
        action = templates.action_submit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(templates.mapped("status"), ["pending"] * (len(templates) - 1) + ["draft"])
        for template in templates:
            self.assertIn(template.display_name, dialog.result_html)
