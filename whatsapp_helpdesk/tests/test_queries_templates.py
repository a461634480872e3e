from odoo.tests import Form, tagged

from .template_case import TemplateCase

_MANY = 200


@tagged("post_install", "-at_install")
class TestQueriesTemplates(TemplateCase):
    """What choosing and filling in templates costs, and that many templates do not cost more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("hello", "thanks"):
            cls.new_template(name, None, body="Hello {{name}}, thank you.")

    def add_templates(self):
        """Fill the account with templates in two languages."""
        rows = [
            {
                "account_id": self.account.id,
                "name": f"template_{number}",
                "language": language,
                "model_id": self.english.model_id.id if number % 2 else False,
                "header_format": "text",
                "header_text": "Your shop",
                "body": "Hello {{name}}, order {{order}} is ready. {{note}}.",
                "status": "approved",
            }
            for number in range(_MANY // 2)
            for language in ("en_US", "ar")
        ]
        self.env["wa.template"].create(rows)

    def cost(self, call):
        """Return how many queries a call makes when nothing is at hand but Odoo's own caches."""
        call()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def chats(self, count):
        self.receive(*(self.message(sender=f"2010000001{n:02}") for n in range(count)))

    def test_the_choice_in_a_chat(self):
        chat = self.open_chat().with_user(self.agent)
        # What the user may, the conversation with its customer, the templates with their rows
        self.assertLessEqual(self.cost(chat.get_usable_templates), 15)
        self.add_templates()
        self.chats(40)
        self.assertLessEqual(self.cost(chat.get_usable_templates), 15)
        # One more finds the names
        self.assertLessEqual(self.cost(lambda: chat.get_usable_templates("order")), 16)
        self.assertEqual(len(chat.get_usable_templates()), _MANY // 2 + 3)

    def test_the_dialog(self):
        chat = self.open_chat().with_user(self.agent)
        chat.sudo().partner_id = self.partner
        chat.sudo()._link(self.order)
        action = chat.action_compose_template(self.english.id)
        wizards = self.env["wa.template.compose"].with_user(self.agent)

        def open_it():
            return Form(wizards.with_context(**action["context"]))

        def send_it():
            form = open_it()
            with form.line_ids.edit(0) as line:
                line.text = "Thanks"
            form.save().action_send()

        for make_more in (lambda: None, self.add_templates):
            make_more()
            self.assertLessEqual(self.cost(open_it), 38)
            # Opened, a text typed, stored, checked, printed into the chat and queued
            self.assertLessEqual(self.cost(send_it), 150)

    def test_the_dialog_of_a_list(self):
        orders = self.env["sale.order"].union(*(self.new_order(self.partner) for _ in range(50)))
        wizards = self.env["wa.template.compose"].with_user(self.agent)

        def open_it(records):
            action = self.env["wa.template"]._compose_action(records)
            Form(wizards.with_context(**action["context"]))

        for some in (orders[:2], orders):
            self.assertLessEqual(self.cost(lambda r=some: open_it(r)), 30)
        self.add_templates()
        self.assertLessEqual(self.cost(lambda: open_it(orders)), 30)

    def test_the_button_on_an_order(self):
        order = self.order.with_user(self.agent)
        for make_more in (lambda: None, self.add_templates):
            make_more()
            self.assertLessEqual(self.cost(order.action_wa_open_chat), 38)

    def test_the_form_of_a_template(self):
        form = self.english.with_user(self.manager)
        shown = ["preview", "findings", "preview_problems"]
        self.assertLessEqual(self.cost(lambda: form.read(shown)), 14)
