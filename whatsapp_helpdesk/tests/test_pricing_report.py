from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import WhatsappCase

OTHER_CUSTOMER = "34600000031"
CHARGED = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}
FREE = {"pricing_model": "PMP", "type": "free_entry_point", "category": "referral_conversion"}
NEW = {"pricing_model": "PMP", "type": "of_next_year", "category": "authentication-international"}


@tagged("post_install", "-at_install")
class TestPricingReport(WhatsappCase):
    """What messages count as, by month, category and number, for who leads."""

    def setUp(self):
        super().setUp()
        self.receive(self.message(), self.message(sender=OTHER_CUSTOMER))
        self.chat, self.other_chat = self.conversation(), self.conversation(OTHER_CUSTOMER)
        self.other_chat.team_id = self.support

    def send(self, conversation, price):
        """Send a message whose delivery says twice what it counts as, the second time wrongly."""
        user = self.agent if conversation == self.chat else self.outsider
        message = self.reply(conversation, user=user).wa_message_ids
        message.wamid = f"wamid.OUT{message.id}"
        for word, told in (("sent", price), ("delivered", CHARGED)):
            self.receive(statuses=[self.status(message, word, pricing=told)])
        return message

    def rows(self, user):
        return self.env["wa.pricing.report"].with_user(user).search([])

    def test_each_message_counts_once_as_the_first_status_said(self):
        self.send(self.chat, CHARGED)
        self.send(self.chat, FREE)
        self.send(self.chat, NEW)
        self.reply(self.chat)  # nothing is known of it yet
        groups = (
            self.env["wa.pricing.report"]
            .with_user(self.supervisor)
            ._read_group(
                [],
                ["pricing_category", "pricing_type"],
                ["message_count:sum", "charged_count:sum", "free_count:sum"],
            )
        )
        self.assertCountEqual(
            groups,
            [
                ("utility", "regular", 1, 1, 0),
                ("referral_conversion", "free_entry_point", 1, 0, 1),
                ("authentication_international", "other", 1, 0, 1),
            ],
        )

    def test_by_month_and_number(self):
        self.send(self.chat, CHARGED).sent_at = "2026-03-05 12:00:00"
        self.send(self.chat, CHARGED).sent_at = "2026-04-05 12:00:00"
        self.send(self.chat, FREE).sent_at = "2026-04-06 12:00:00"
        groups = self.env["wa.pricing.report"]._read_group(
            [("conversation_id", "=", self.chat.id)],
            ["sent_at:month", "wa_channel_id"],
            ["message_count:sum", "charged_count:sum"],
        )
        self.assertEqual(
            [(month.strftime("%Y-%m"), number, *counts) for month, number, *counts in groups],
            [("2026-03", self.number, 1, 1), ("2026-04", self.number, 2, 1)],
        )

    def test_leaders_see_their_teams_managers_the_company(self):
        ours = self.send(self.chat, CHARGED)
        theirs = self.send(self.other_chat, CHARGED)
        self.assertEqual(self.rows(self.supervisor).ids, ours.ids)
        self.assertEqual(set(self.rows(self.manager).ids), set((ours | theirs).ids))
        for user in (self.agent, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.rows(user)

    def test_another_company_sees_nothing(self):
        self.send(self.chat, CHARGED)
        branch = self.env["res.company"].create({"name": "Branch"})
        self.manager.write({"company_ids": [(4, branch.id)]})
        report = self.env["wa.pricing.report"].with_user(self.manager)
        self.assertTrue(report.search_count([]))
        self.assertFalse(report.with_context(allowed_company_ids=branch.ids).search_count([]))
