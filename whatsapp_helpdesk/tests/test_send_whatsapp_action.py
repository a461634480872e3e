from odoo import Command
from odoo.addons.base.models.ir_actions import ServerActionWithWarningsError
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .template_case import TemplateCase


@tagged("post_install", "-at_install")
class TestSendWhatsappAction(TemplateCase):
    """Server actions send templates in the company's name, each record for itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.english | cls.arabic).variable_ids.filtered(lambda v: v.key == "body.note").write(
            {"source": "static", "static_value": "Thank you"}
        )
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Tell the customer",
                "model_id": cls.env["ir.model"]._get_id("sale.order"),
                "state": "whatsapp",
                "wa_template_id": cls.english.id,
                "wa_channel_id": cls.number.id,
            }
        )
        cls.seller = mail_new_test_user(
            cls.env, login="plain_seller", groups="sales_team.group_sale_salesman"
        )

    def run_on(self, records, user=None):
        context = {
            "active_model": records._name,
            "active_ids": records.ids,
            "active_id": records[:1].id,
        }
        action = self.action.with_user(user or self.seller).with_context(**context)
        action.run()

    def notes(self, record):
        return [message.body for message in record.message_ids if "WhatsApp" in message.body]

    def test_the_customer_hears_whoever_causes_it(self):
        self.order.user_id = self.seller
        self.run_on(self.order)
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["template"]["name"], "order_ready")
        message = self.our_messages(self.conversation())
        self.assertEqual((message.notice, message._source()), ("server_action", self.order))
        self.assertFalse(self.notes(self.order))

    def test_nobody_gets_the_conversation_and_who_may_read_sees_it(self):
        self.order.user_id = self.seller
        self.sales.write({"customer_readers": False, "document_access": "none"})
        self.run_on(self.order)
        chat = self.conversation()
        self.assertFalse(chat.user_id)
        self.assertEqual((chat.state, chat.unanswered_count), ("waiting", 0))
        self.assertEqual(self.found_by(self.agent, chat), chat)
        for user in (self.seller, self.outsider, self.employee):
            with self.subTest(user.login):
                self.assertFalse(self.found_by(user, chat))

    def test_a_closed_case_stays_closed_and_one_that_waits_for_us_goes_on_waiting(self):
        chat = self.open_chat()
        self.run_on(self.order, self.agent)
        self.assertEqual((chat.unanswered_count, chat.user_id.id), (1, False))
        chat._move_to("closed")
        self.run_on(self.order, self.agent)
        self.assertEqual(chat.state, "closed")
        self.assertEqual(len(self.our_messages(chat)), 2)

    def test_each_record_in_the_customers_language_and_one_bad_stops_no_other(self):
        orders = self.order
        for number, language in enumerate(("ar_001", "en_US", "ar_001")):
            partner = self.env["res.partner"].create(
                {"name": f"P{number}", "phone": f"+2010033{number:05}", "lang": language}
            )
            orders |= self.new_order(partner)
        orders[1].partner_id.phone = False
        orders[3].partner_id.wa_no_notices = True
        self.run_on(orders, self.agent)
        self.send()
        self.assertEqual(len(self.graph.sent()), 2)
        self.assertIn("has no phone number", self.notes(orders[1])[0])
        self.assertIn("wants no notifications", self.notes(orders[3])[0])
        orders[1].partner_id.phone = "+201003300099"
        self.run_on(orders[1], self.agent)
        self.send()
        self.assertEqual(self.graph.sent()[-1]["template"]["language"]["code"], "ar")

    def test_what_the_rule_did_before_is_kept_when_nothing_can_be_sent(self):
        self.english.status = self.arabic.status = "paused"
        self.order.note = "<p>Changed by the rule</p>"
        self.run_on(self.order, self.agent)
        self.assertIn("Changed by the rule", self.order.note)
        self.assertIn("is not approved", self.notes(self.order)[0])
        self.send()
        self.assertFalse(self.graph.sent())

    def test_values_are_read_with_the_rights_of_the_responsible(self):
        path = self.english.variable_ids.filtered(lambda v: v.key == "body.note")
        path.write({"source": "field", "field_path": "company_id.parent_path"})
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.company"), ("perm_read", "=", True)]
        ).write({"group_id": self.env.ref("base.group_system").id})
        self.order.user_id = self.seller
        self.run_on(self.order, self.env.ref("base.user_admin"))
        self.assertIn("may not read", self.notes(self.order)[0])

    def test_the_superuser_lends_no_rights(self):
        note = self.english.variable_ids.filtered(lambda v: v.key == "body.note")
        note.write({"source": "field", "field_path": "create_uid.totp_secret"})
        self.assertEqual(self.action.write_uid, self.env.ref("base.user_root"))
        self.order.create_uid.sudo().totp_secret = "XYLOPHONE"
        self.order.user_id = False
        admin = self.env.ref("base.user_admin")
        self.run_on(self.order, admin)
        self.assertIn("may not read", self.notes(self.order)[0])
        note.field_path = "create_uid.name"
        self.run_on(self.order, admin)
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)

    def test_who_may_not_run_it_sends_nothing(self):
        with self.assertRaises(AccessError):
            self.run_on(self.order, self.employee)
        self.order.user_id = self.agent
        with self.assertRaises(AccessError):
            self.run_on(self.order)
        self.send()
        self.assertFalse(self.graph.sent())

    def test_only_administrators_write_such_actions(self):
        for user in (self.agent, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.action.with_user(user).write({"wa_template_id": self.arabic.id})

    def test_what_nobody_can_fill_in_is_said_beforehand(self):
        note = self.english.variable_ids.filtered(lambda v: v.key == "body.note")
        note.source = "free_text"
        self.action.invalidate_recordset()
        self.action.write({"wa_channel_id": False})
        self.assertIn("Nobody is there to fill in “note”", self.action.warning)
        with self.assertRaises(ServerActionWithWarningsError):
            self.run_on(self.order, self.agent)

    def test_the_known_number_is_taken_if_none_is_chosen(self):
        self.action.wa_channel_id = False
        self.receive(self.message(), number=self.other_number)
        self.run_on(self.order, self.agent)
        message = self.our_messages(self.conversation(number=self.other_number))
        self.assertEqual(message.template_id, self.english)

    def test_the_entry_in_the_action_menu(self):
        self.action.group_ids = [Command.link(self.env.ref("base.group_user").id)]
        self.action.create_action()
        bindings = self.env["ir.actions.actions"].with_user(self.seller).get_bindings("sale.order")
        self.assertIn(self.action.id, [action["id"] for action in bindings["action"]])
