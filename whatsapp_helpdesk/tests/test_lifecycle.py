from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestLifecycle(WhatsappCase):
    """States of a conversation, and who has it."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.case = self.conversation().with_user(self.agent)

    def members(self):
        return self.case.sudo().discuss_channel_id.channel_member_ids.partner_id

    def close_hours_ago(self, hours):
        self.case.action_close()
        self.case.sudo().closed_at = fields.Datetime.now() - timedelta(hours=hours)

    # === MOVING BY HAND === #

    def test_states_follow_the_buttons(self):
        self.case.action_take()
        self.assertEqual((self.case.state, self.case.user_id), ("in_progress", self.agent))
        self.case.action_wait()
        self.assertEqual((self.case.state, self.case.user_id), ("waiting", self.agent))
        self.case.action_reopen()
        self.assertEqual((self.case.state, self.case.user_id), ("in_progress", self.agent))
        self.case.action_release()
        self.assertEqual((self.case.state, bool(self.case.user_id)), ("open", False))
        self.case.action_close()
        self.assertEqual((self.case.state, self.case.unanswered_count), ("closed", 0))
        self.assertTrue(self.case.closed_at)
        self.case.action_reopen()
        self.assertEqual((self.case.state, self.case.closed_at), ("open", False))

    def test_supervisor_can_take_over_a_colleague_cannot(self):
        self.case.action_take()
        with self.assertRaisesRegex(AccessError, "supervisor of Sales"):
            self.case.with_user(self.colleague).action_take()
        self.case.with_user(self.supervisor).action_take()
        self.assertEqual(self.case.user_id, self.supervisor)
        self.assertEqual(self.members(), self.supervisor.partner_id)

    def test_having_the_conversation_is_membership_and_nothing_else_is(self):
        self.assertFalse(self.members())
        self.case.action_take()
        self.assertEqual(self.members(), self.agent.partner_id)
        self.case.action_release()
        self.assertFalse(self.members())

    def test_assignment_leaves_no_message_in_the_chat(self):
        before = self.case.sudo().discuss_channel_id.message_ids
        self.case.action_take()
        self.case.action_release()
        self.assertEqual(self.case.sudo().discuss_channel_id.message_ids, before)

    def test_who_takes_it_does_not_get_old_messages_as_unread(self):
        self.case.action_take()
        member = self.case.sudo().discuss_channel_id.channel_member_ids
        self.assertEqual(member.message_unread_counter, 0)
        self.receive(self.message())
        self.assertEqual(member.message_unread_counter, 1)

    def test_snoozing_needs_a_time_to_come(self):
        wizard = self.env["wa.conversation.snooze"].with_user(self.agent)
        wizard.create({"conversation_id": self.case.id}).action_apply()
        self.assertEqual(self.case.state, "snoozed")
        past = {"conversation_id": self.case.id, "until": fields.Datetime.now()}
        with self.assertRaises(UserError):
            wizard.create(past).action_apply()

    def test_snoozed_conversation_wakes_up_when_it_is_time(self):
        self.case.action_take()
        self.case._snooze(fields.Datetime.now() + timedelta(hours=1))
        self.env["wa.conversation"]._cron_wake_snoozed()
        self.assertEqual(self.case.state, "snoozed")
        self.case.sudo().snoozed_until = fields.Datetime.now() - timedelta(seconds=1)
        self.env["wa.conversation"]._cron_wake_snoozed()
        self.assertEqual((self.case.state, self.case.snoozed_until), ("in_progress", False))

    # === MOVED BY THE CUSTOMER === #

    def test_waiting_and_snoozed_conversations_come_back(self):
        for case, put_aside in {
            "waiting": lambda: self.case.action_wait(),
            "snoozed": lambda: self.case._snooze(fields.Datetime.now() + timedelta(days=1)),
        }.items():
            for assignee, target in ((self.agent, "in_progress"), (None, "open")):
                with self.subTest(case, assignee=assignee):
                    self.case._assign(assignee or self.env["res.users"])
                    put_aside()
                    self.receive(self.message())
                    self.assertEqual(self.case.state, target)
                    self.assertFalse(self.case.snoozed_until)

    def test_soon_after_closing_the_conversation_goes_on(self):
        self.case.action_take()
        self.close_hours_ago(self.sales.reopen_hours - 1)
        self.receive(self.message("One more thing"))
        self.assertEqual(self.conversation(), self.case.sudo())
        self.assertEqual((self.case.state, self.case.user_id), ("in_progress", self.agent))
        self.assertEqual(self.case.unanswered_count, 1)

    def test_long_after_closing_a_new_conversation_starts(self):
        self.close_hours_ago(self.sales.reopen_hours + 1)
        self.receive(self.message("Something else"))
        new = self.conversation()
        self.assertNotEqual(new, self.case.sudo())
        self.assertNotEqual(new.discuss_channel_id, self.case.sudo().discuss_channel_id)
        self.assertEqual((self.case.state, new.state), ("closed", "open"))
        self.assertEqual(new.partner_id, self.case.sudo().partner_id)

    def test_reaction_is_shown_and_reopens_nothing(self):
        self.close_hours_ago(1)
        self.receive(
            self.message(
                type="reaction", reaction={"message_id": "wamid.IN1", "emoji": "\N{THUMBS UP SIGN}"}
            )
        )
        self.assertEqual(self.conversation(), self.case.sudo())
        self.assertEqual((self.case.state, self.case.unanswered_count), ("closed", 0))
        self.assertEqual(self.case.wa_message_ids.mapped("message_type"), ["reaction", "text"])

    def test_message_of_a_kind_that_we_cannot_read_wants_an_answer(self):
        self.close_hours_ago(1)
        closes_at = self.case.window_expires_at
        self.receive(self.message(type="unsupported"))
        self.assertEqual((self.case.state, self.case.unanswered_count), ("open", 1))
        self.assertEqual(self.case.window_expires_at, closes_at)

    def test_taking_a_closed_conversation_reopens_it(self):
        self.case.action_close()
        self.case.action_take()
        self.assertEqual((self.case.state, self.case.user_id), ("in_progress", self.agent))

    def test_team_that_never_reopens(self):
        self.sales.reopen_hours = 0
        self.case.action_close()
        self.receive(self.message())
        self.assertEqual(self.case.state, "closed")

    def test_old_conversation_is_not_reopened_beside_a_newer_one(self):
        self.close_hours_ago(1000)
        self.receive(self.message())
        with self.assertRaises(UserError):
            self.case.action_reopen()
        self.conversation()._move_to("closed")
        self.case.action_reopen()
        self.assertEqual(self.case.state, "open")

    # === TEAMS === #

    def test_leaving_the_team_gives_the_conversations_back(self):
        self.case.action_take()
        self.sales.user_ids -= self.agent
        case = self.conversation(CUSTOMER)
        self.assertEqual((case.state, bool(case.user_id)), ("open", False))
        self.assertFalse(self.members())

    def test_team_member_becomes_an_agent(self):
        self.assertFalse(self.employee.has_group("whatsapp_helpdesk.group_agent"))
        self.sales.user_ids += self.employee
        self.assertTrue(self.employee.has_group("whatsapp_helpdesk.group_agent"))

    def test_team_and_number_count_their_work(self):
        self.assertEqual((self.sales.unassigned_count, self.sales.unanswered_count), (1, 1))
        self.assertEqual((self.number.conversation_count, self.support.unassigned_count), (1, 0))
        self.case.action_take()
        self.env.invalidate_all()
        self.assertEqual((self.sales.unassigned_count, self.sales.unanswered_count), (0, 1))
        self.case.action_close()
        self.env.invalidate_all()
        self.assertEqual((self.sales.unanswered_count, self.number.conversation_count), (0, 0))
