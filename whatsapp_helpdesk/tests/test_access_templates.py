from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase

# Which templates are found by whom. Only `draft` is not approved; the rest say whose they are.
FOUND = """
user         finds
manager      draft all sales outsider
supervisor   draft all sales outsider
agent        all sales
outsider     all outsider
lonely       all
viewer       all
employee     -
system       -
"""


@tagged("post_install", "-at_install")
class TestAccessTemplates(WhatsappCase):
    """Who sees and sends which templates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lonely = cls._new_user("lonely", "group_agent")
        cls.viewer = cls._new_user("viewer", "group_agent")
        cls.system = mail_new_test_user(
            cls.env, login="system", groups="base.group_user,base.group_system"
        )
        cls.sales.member_ids.filtered(lambda m: m.user_id == cls.supervisor).role = "supervisor"
        cls.env["wa.team.member"].create(
            {"team_id": cls.sales.id, "user_id": cls.viewer.id, "role": "viewer"}
        )
        cls.templates = cls.env["wa.template"].create(
            [
                {
                    "account_id": cls.account.id,
                    "name": name,
                    "language": "en",
                    "body": "Hello {{name}}, thank you.",
                    "button_ids": [Command.create({"text": "Yes"})],
                }
                | values
                for name, values in (
                    ("draft", {}),
                    ("all", {"status": "approved"}),
                    ("sales", {"status": "approved", "team_ids": cls.sales.ids}),
                    ("outsider", {"status": "approved", "user_ids": cls.outsider.ids}),
                )
            ]
        )

    def template(self, name):
        return self.templates.filtered(lambda template: template.name == name)

    def found_by(self, user):
        return self.templates.with_user(user).search([("id", "in", self.templates.ids)])

    def begin(self):
        self.receive(self.message())
        return self.conversation().with_user(self.agent)

    def test_everybody_finds_what_they_may_send(self):
        for line in FOUND.strip().splitlines()[1:]:
            login, *names = line.split()
            user = getattr(self, login)
            with self.subTest(login):
                found = self.found_by(user)
                self.assertEqual(set(found.mapped("name")), set(names) - {"-"})
                for template in self.templates:
                    is_found = template.name in names
                    template = template.with_user(user)
                    self.assertEqual(template.is_visible, is_found)
                    rows = template.sudo()
                    for records in (template, rows.button_ids, rows.variable_ids):
                        self.assertEqual(records.with_user(user).has_access("read"), is_found)

    def test_only_managers_change_templates(self):
        for user in (self.agent, self.supervisor, self.employee, self.system):
            template = self.template("all").with_user(user)
            rows = (template, template.sudo().button_ids, template.sudo().variable_ids)
            for record in rows:
                for operation in ("write", "create", "unlink"):
                    with self.subTest(user.login, model=record._name, operation=operation):
                        self.assertFalse(record.with_user(user).has_access(operation))
        self.template("all").with_user(self.manager).body = "Hello {{name}}, thanks."

    def test_supervisors_see_the_accounts_of_their_teams_only(self):
        self.number.team_id = self.support
        self.assertEqual(set(self.found_by(self.supervisor).mapped("name")), {"all", "sales"})

    def test_companies_see_nothing_of_each_other(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.manager.write({"company_ids": [Command.link(branch.id)]})
        manager = self.manager.with_context(allowed_company_ids=branch.ids)
        found = self.templates.with_user(manager).with_context(allowed_company_ids=branch.ids)
        self.assertFalse(found.search([("id", "in", self.templates.ids)]))
        for operation in ("read", "write"):
            self.assertFalse(found.has_access(operation))

    def test_what_is_not_found_cannot_be_sent(self):
        chat = self.begin()
        values = {"body.name": "Mona"}
        with self.assertRaises(AccessError):
            chat._send_template(self.template("outsider"), values)
        with self.assertRaisesRegex(UserError, "not approved"):
            chat._send_template(self.template("draft"), values)
        self.assertTrue(chat._send_template(self.template("sales"), values))

    def test_only_who_sees_server_actions_lets_buttons_start_them(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Anything",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "code",
                "code": "pass",
            }
        )
        button = self.template("all").button_ids
        with self.assertRaises(AccessError):
            button.with_user(self.manager).action_id = action
        with self.assertRaises(AccessError):
            self.template("all").with_user(self.manager).button_ids = [
                Command.create({"text": "No", "action_id": action.id})
            ]
        self.manager.group_ids = [Command.link(self.env.ref("base.group_system").id)]
        button.with_user(self.manager).action_id = action
        self.assertEqual(button.action_id, action)
