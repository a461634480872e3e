from odoo.tests import tagged

from .common import SECRET, WhatsappCase


@tagged("post_install", "-at_install")
class TestRouting(WhatsappCase):
    """Which number and company an event belongs to, and who may say so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Branch"})
        cls.branch_team = cls.env["wa.team"].create(
            {"name": "Branch team", "company_id": cls.branch.id}
        )
        cls.branch_account = cls.env["wa.account"].create(
            {
                "name": "Branch account",
                "company_id": cls.branch.id,
                "waba_uid": "1000000002",
                "app_secret": "branch_secret",
                "access_token": "EAAbranch",
                "webhook_key": "branch-key",
                "api_url": cls.graph.url,
            }
        )
        cls.branch_number = cls.env["wa.channel"].create(
            {
                "name": "Branch",
                "account_id": cls.branch_account.id,
                "phone_number_uid": "2000000003",
                "team_id": cls.branch_team.id,
            }
        )

    def arrive(self, number, **options):
        """Post a message to a number and return its row of the journal, processed."""
        response = self.post_webhook(self.webhook(self.message(), number=number), **options)
        self.assertEqual(response.status_code, 200)
        self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def test_each_number_has_its_own_conversation_and_team(self):
        self.receive(self.message("to sales"))
        self.receive(self.message("to support"), number=self.other_number)
        sales, support = self.conversation(), self.conversation(number=self.other_number)
        self.assertEqual((sales.team_id, support.team_id), (self.sales, self.support))
        self.assertEqual(sales.contact_id, support.contact_id)
        self.assertEqual(len(sales.wa_message_ids), 1)

    def test_one_body_can_be_about_several_numbers(self):
        payload = self.webhook(self.message("to sales"))
        other = self.webhook(self.message("to support"), number=self.other_number)
        payload["entry"] += other["entry"]
        self.post_webhook(payload)
        self.drain()
        for number in (self.number, self.other_number):
            self.assertEqual(len(self.conversation(number=number).wa_message_ids), 1)

    def test_unknown_and_archived_numbers_are_ignored(self):
        self.other_number.active = False
        payload = self.webhook(self.message(), number=self.other_number)
        self.post_webhook(payload)
        payload["entry"][0]["changes"][0]["value"]["metadata"] = {"phone_number_id": "999"}
        self.post_webhook(payload)
        del payload["entry"][0]["changes"][0]["value"]["metadata"]
        self.post_webhook(payload)
        self.drain()
        events = self.env["wa.webhook.event"].search([])
        self.assertEqual(events.mapped("state"), ["ignored"] * 3)
        self.assertIn("unknown number 999", events[1].error)
        self.assertFalse(self.env["wa.conversation"].search([]))

    def test_ignored_message_arrives_when_the_number_is_set_up_and_the_event_replayed(self):
        self.other_number.active = False
        event = self.arrive(self.other_number)
        self.other_number.active = True
        event.with_user(self.manager).action_replay()
        self.drain()
        self.assertEqual(event.state, "done")
        self.assertTrue(self.conversation(number=self.other_number))

    def test_number_of_an_account_with_another_secret_is_out_of_reach(self):
        event = self.arrive(self.branch_number)
        self.assertEqual(event.state, "ignored")
        self.assertFalse(self.conversation(number=self.branch_number))

    def test_number_of_an_account_of_the_same_app_is_in_reach(self):
        second = self.account.copy({"waba_uid": "1000000003", "app_secret": SECRET})
        number = self.number.copy({"account_id": second.id, "phone_number_uid": "2000000003"})
        event = self.arrive(number)
        self.assertEqual(event.state, "done")
        self.assertTrue(self.conversation(number=number))

    def test_number_of_another_company_is_out_of_reach_whatever_the_secret(self):
        self.branch_account.app_secret = SECRET
        event = self.arrive(self.branch_number)
        self.assertEqual(event.state, "ignored")
        self.assertFalse(self.conversation(number=self.branch_number))

    def test_empty_secrets_are_not_a_secret_in_common(self):
        accounts = self.account | self.branch_account
        accounts.write({"app_secret": False, "app_secret_previous": "", "active": True})
        self.assertFalse(self.account._sharing_secret())

    def test_own_number_comes_before_the_same_number_of_another_account(self):
        self.branch_account.app_secret = SECRET
        self.branch_number.phone_number_uid = self.number.phone_number_uid
        self.arrive(self.number, key="branch-key")
        self.assertTrue(self.conversation(number=self.branch_number))
        self.assertFalse(self.conversation(number=self.number))

    def test_statuses_cannot_reach_messages_of_other_numbers(self):
        self.receive(self.message())
        self.reply(self.conversation())
        self.send()
        message = self.our_messages(self.conversation())
        payload = self.webhook(
            statuses=[self.status(message, "read", biz_opaque_callback_data=message.uuid)],
            number=self.branch_number,
        )
        self.post_webhook(payload, secret="branch_secret", key="branch-key")
        self.drain()
        self.assertEqual(message.state, "sent")
