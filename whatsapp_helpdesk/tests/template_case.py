"""A template for orders in two languages, and a customer who has an order."""

from odoo import Command

from .common import WhatsappCase


class TemplateCase(WhatsappCase):
    """`order_ready` in English and Arabic, approved; the agent sells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ar_001")
        seller = cls.env.ref("sales_team.group_sale_salesman")
        for user in (cls.agent, cls.colleague, cls.outsider):
            user.group_ids = [Command.link(seller.id)]
        cls.partner = cls.env["res.partner"].create(
            {"name": "Mona", "phone": "+20 100 123 4567", "lang": "en_US"}
        )
        cls.order = cls.new_order(cls.partner)
        cls.english = cls.new_template()
        cls.arabic = cls.new_template(
            language="ar", body="مرحبا {{name}}، طلبك {{order}} جاهز. {{note}}."
        )

    @classmethod
    def new_order(cls, partner, **values):
        return cls.env["sale.order"].create(
            {"partner_id": partner.id, "user_id": cls.agent.id} | values
        )

    @classmethod
    def new_template(cls, name="order_ready", model="sale.order", **values):
        """Return an approved template; ``name`` and ``order`` come from the record."""
        template = cls.env["wa.template"].create(
            {
                "account_id": cls.account.id,
                "name": name,
                "language": "en_US",
                "model_id": cls.env["ir.model"]._get_id(model) if model else False,
                "body": "Hello {{name}}, order {{order}} is ready. {{note}}.",
            }
            | values
        )
        sources = {"name": "partner_id.name", "order": "name"}
        for variable in template.variable_ids:
            if path := sources.get(variable.key.rpartition(".")[2]):
                variable.write({"source": "field", "field_path": path})
        template.status = "approved"
        return template

    def open_chat(self, **values):
        """Return a chat with the customer, in which the window is open."""
        self.receive(self.message(**values))
        return self.conversation()

    def close_window(self, chat):
        chat.window_expires_at = False
