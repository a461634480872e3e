from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestStopping(WhatsappCase):
    """Meta refuses the access: everything waits, and those who can repair it are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = mail_new_test_user(
            cls.env, login="system_user", groups="base.group_user,base.group_system"
        )
        branch = cls.env["res.company"].create({"name": "Branch"})
        cls.foreign = mail_new_test_user(
            cls.env,
            login="foreign_manager",
            groups="whatsapp_helpdesk.group_manager",
            company_id=branch.id,
            company_ids=branch.ids,
        )

    def setUp(self):
        super().setUp()
        self.receive(self.message(), self.message(sender="201007654321"))
        self.chats = self.conversation() | self.conversation("201007654321")
        for chat in self.chats:
            self.reply(chat)

    def told(self, record):
        return self.env["mail.activity"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def notified(self):
        return self.env["mail.message"].search(
            [
                ("model", "=", "wa.account"),
                ("res_id", "=", self.account.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_administrators_are_told_once_and_messages_wait(self):
        self.graph.fail_next(190, status=401, message="Session has expired")
        self.graph.fail_next(190, status=401, message="Session has expired")
        self.send()
        self.assertTrue(self.account.is_stopped)
        self.assertEqual(set(self.our_messages(self.chats[0]).mapped("state")), {"queued"})
        activities = self.told(self.account)
        self.assertEqual(len(activities), len(activities.user_id))
        self.assertLessEqual(self.manager | self.system, activities.user_id)
        self.assertFalse(activities.user_id & (self.agent | self.supervisor | self.foreign))
        self.assertIn("Session has expired", activities[0].note)
        (message,) = self.notified()
        self.assertIn("Session has expired", message.body)
        self.assertEqual(message.notified_partner_ids, activities.user_id.partner_id)
        self.assertNotIn("EAAtesttoken", message.body)
        calls = len(self.graph.calls)
        self.send()
        self.assertEqual(len(self.graph.calls), calls)

    def test_after_repair_the_messages_leave_and_the_task_is_done(self):
        self.graph.fail_next(190, status=401)
        self.graph.fail_next(190, status=401)
        self.send()
        self.account.with_user(self.system).action_resume_sending()
        self.assertFalse(self.told(self.account))
        self.send()
        for chat in self.chats:
            self.assertEqual(self.our_messages(chat).state, "sent")

    def test_one_number_may_be_stopped_alone(self):
        self.graph.fail_next(133010, details="Not registered")
        self.graph.fail_next(133010, details="Not registered")
        self.send()
        self.assertTrue(self.number.is_stopped)
        self.assertFalse(self.other_number.is_stopped)
        self.assertFalse(self.account.is_stopped)
        self.assertIn(self.manager, self.told(self.number).user_id)
        self.number.with_user(self.manager).action_resume_sending()
        self.send()
        self.assertEqual(self.our_messages(self.chats[0]).state, "sent")
