from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestCheckAccess(WhatsappCase):
    """“Check access” on a conversation."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation(CUSTOMER)

    def checked(self, user, asking=None):
        wizard = self.env["wa.check.access"].with_user(asking or self.manager)
        form = Form(wizard.with_context(default_conversation_id=self.chat.id))
        form.user_id = user
        return form

    def test_it_says_what_the_decision_says(self):
        portal = mail_new_test_user(self.env, login="portal_user", groups="base.group_portal")
        for user in (
            self.agent | self.outsider | self.supervisor | self.manager | self.employee | portal
        ):
            form = self.checked(user)
            access = self.chat._get_access(user)[self.chat]
            rights = ("read", "note", "reply", "handle", "assign", "manage")
            allowed = sum(access.allows(right) for right in rights)
            with self.subTest(user.login):
                answer = str(form.answer)
                self.assertEqual(answer.count("text-bg-success"), allowed)
                self.assertEqual(answer.count("text-bg-danger"), len(rights) - allowed)
                self.assertEqual(form.level, {0: "none", 6: "all"}.get(allowed, "some"))

    def test_it_says_why(self):
        self.assertIn("agent of Sales, for the whole team", str(self.checked(self.agent).answer))
        self.assertIn("is not in Sales", str(self.checked(self.outsider).answer))

    def test_another_person_is_answered_at_once(self):
        form = self.checked(self.agent)
        self.assertEqual(form.level, "some")
        form.user_id = self.outsider
        self.assertEqual(form.level, "none")
        form.user_id = self.env["res.users"]
        self.assertFalse(form.answer)

    def test_only_managers_ask(self):
        values = {"conversation_id": self.chat.id, "user_id": self.outsider.id}
        for user, may in (
            (self.manager, True),
            (self.supervisor, False),
            (self.agent, False),
            (self.employee, False),
        ):
            wizard = self.env["wa.check.access"].with_user(user)
            with self.subTest(user.login):
                self.assertEqual(self.can(lambda w=wizard: w.create([values]).answer), may)

    def test_managers_of_another_company_learn_nothing(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        foreign = mail_new_test_user(
            self.env,
            login="foreign_manager",
            groups="whatsapp_helpdesk.group_manager",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        values = {"conversation_id": self.chat.id, "user_id": self.outsider.id}
        wizard = self.env["wa.check.access"].with_user(foreign)
        with self.assertRaises(AccessError):
            _ = wizard.create([values]).answer
