from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CUSTOMER, PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestTemplateSending(WhatsappCase):
    """Templates are filled in from records and leave whatever the window says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.group_ids = [Command.link(cls.env.ref("sales_team.group_sale_salesman").id)]
        cls.partner = cls.env["res.partner"].create({"name": "Mona", "phone": "+20 100 123 4567"})
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.partner.id, "user_id": cls.agent.id, "note": "<p>two<br>lines</p>"}
        )
        cls.template = cls.env["wa.template"].create(
            {
                "account_id": cls.account.id,
                "name": "order_ready",
                "language": "en_US",
                "body": "Hello {{name}}, order {{order}} of {{amount}} is ready. {{note}}",
                "footer": "Your shop",
                "button_ids": [
                    Command.create(
                        {
                            "kind": "url",
                            "text": "Open",
                            "url": f"{cls.env['res.partner'].get_base_url()}/{{{{1}}}}",
                        }
                    )
                ],
            }
        )
        for variable, values in zip(
            cls.template.variable_ids,
            (
                {"source": "field", "field_path": "partner_id.name"},
                {"source": "field", "field_path": "name"},
                {"source": "field", "field_path": "amount_total"},
                {"source": "free_text"},
                {"source": "portal_link"},
            ),
            strict=True,
        ):
            variable.write(values)
        cls.template.status = "approved"

    def values(self, user=None, **texts):
        template = self.template.with_user(user or self.agent)
        return template._values_for(self.order.with_user(user or self.agent), texts)

    def begin(self, user=None):
        conversations = self.env["wa.conversation"].with_user(user or self.agent)
        return conversations._for_partner(self.partner, self.number)

    def test_values_come_from_the_record_in_the_rights_of_the_sender(self):
        values, problems = self.values(**{"body.note": "Thanks"})
        self.assertFalse(problems)
        self.assertEqual(values["body.name"], "Mona")
        self.assertEqual(values["body.order"], self.order.name)
        self.assertIn("0.00", values["body.amount"])
        self.assertEqual(values["body.note"], "Thanks")
        self.assertIn(f"my/orders/{self.order.id}?access_token=", values["button.0.url_suffix"])
        self.order.user_id = self.colleague
        _values, problems = self.values(**{"body.note": "Thanks"})
        self.assertTrue(problems)
        self.assertIn("may not read", problems[0])

    def test_browsers_get_what_the_customer_sees_as_safe_html(self):
        self.template.body = "Hello *{{name}}*, <b>{{order}}</b> {{amount}} {{note}}."
        values, _problems = self.values(**{"body.note": "Thanks"})
        chat_message = self.begin()._send_template(self.template, values, self.order)
        (sent,) = chat_message._wa_current()
        content = sent._content_data()
        self.assertEqual(content["kind"], "template")
        self.assertIn("Hello <strong>Mona</strong>, &lt;b&gt;", content["html"])
        self.assertEqual(content["footer"], "Your shop")
        (button,) = content["buttons"]
        self.assertEqual((button["kind"], button["text"]), ("url", "Open"))
        self.assertIn(f"my/orders/{self.order.id}", button["target"])

    def test_an_empty_value_is_named_before_anything_is_sent(self):
        _values, problems = self.values()
        self.assertEqual(problems, ["“note” is empty: fill it in."])

    def test_no_code_and_no_secrets_in_a_path(self):
        variable = self.template.variable_ids[0]
        for path in ("__class__.__name__", "unlink", "company_id.nothing", "partner_id.env.cr"):
            variable.field_path = path
            with self.subTest(path):
                values, _problems = self.values(**{"body.note": "x"})
                self.assertNotIn("body.name", values)
        variable.field_path = "user_id.password"
        values, _problems = self.values(**{"body.note": "x"})
        self.assertFalse(values.get("body.name"))

    def test_a_customer_who_never_wrote_gets_a_template_and_nothing_else(self):
        chat = self.begin()
        self.assertEqual(chat.window_state, "closed")
        with self.assertRaises(UserError):
            self.reply(chat)
        values, _problems = self.values(**{"body.note": "Thanks"})
        message = chat._send_template(self.template, values, self.order)
        self.assertIn("Hello Mona", message.body)
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["to"].lstrip("+"), CUSTOMER)
        self.assertEqual(sent["template"]["name"], "order_ready")
        self.assertEqual(sent["template"]["language"], {"code": "en_US"})
        body = next(c for c in sent["template"]["components"] if c["type"] == "body")
        self.assertEqual(body["parameters"][0]["text"], "Mona")
        row = self.our_messages(chat)
        self.assertEqual((row.state, row.message_type), ("sent", "template"))
        self.assertEqual(row._source(), self.order)
        self.assertEqual(chat.user_id, self.agent)

    def test_a_header_file_is_uploaded_and_named_by_id(self):
        self.template.write({"header_format": "image"})
        file = self.attach()
        template = self.template.with_user(self.agent)
        values, problems = template._values_for(
            self.order.with_user(self.agent), {"body.note": "Thanks"}, file
        )
        self.assertFalse(problems)
        self.begin()._send_template(self.template, values, self.order, file)
        self.send()
        (sent,) = self.graph.sent()
        header = next(c for c in sent["template"]["components"] if c["type"] == "header")
        self.assertTrue(header["parameters"][0]["image"]["id"])
        self.assertNotIn("link", str(sent))
        self.assertEqual(PNG, file.raw)

    def test_who_may_not_answer_may_not_send(self):
        values, _problems = self.values(**{"body.note": "Thanks"})
        chat = self.begin()
        for user in self.outsider | self.employee:
            with self.subTest(user.login), self.assertRaises(AccessError):
                chat.with_user(user)._send_template(self.template, values)
        with self.assertRaises(AccessError):
            self.begin(self.employee)

    def test_what_is_in_the_way_is_said(self):
        chat = self.begin()
        values, _problems = self.values(**{"body.note": "Thanks"})
        self.template.status = "paused"
        with self.assertRaisesRegex(UserError, "not approved"):
            chat._send_template(self.template, values)
        self.template.write({"status": "approved", "category": "marketing"})
        chat.sudo().contact_id.marketing_opt_out = True
        with self.assertRaisesRegex(UserError, "wants no marketing"):
            chat._send_template(self.template, values)
