from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase

JOINED, CHANGED = "discuss.channel/joined", "whatsapp_helpdesk/access_changed"


@tagged("post_install", "-at_install")
class TestHandingOver(WhatsappCase):
    """Who gives a conversation to whom, and who sees it then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer = cls._new_user("viewer", "group_agent")
        cls.env["wa.team.member"].create(
            {"team_id": cls.sales.id, "user_id": cls.viewer.id, "role": "viewer"}
        )
        cls.lead = cls._new_user("lead", "group_supervisor")
        cls.support.user_ids += cls.lead

    def setUp(self):
        super().setUp()
        self.receive(self.message("Where is my sofa?"))
        self.case = self.conversation()
        self.chat = self.case.discuss_channel_id
        self.case.with_user(self.agent).action_take()

    def hand_over(self, giver, team=None, user=None, reason="Knows about sofas", cases=None):
        """Fill in the dialog as a user, and apply it."""
        action = (cases or self.case).with_user(giver).action_transfer()
        wizard = self.env["wa.conversation.transfer"].with_user(giver)
        wizard = wizard.with_context(**action["context"]).create({"reason": reason})
        if team is not None:
            wizard.team_id = team
        wizard.user_id = user
        return wizard.action_apply()

    def log(self):
        return self.env["wa.access.log"].search([("conversation_id", "=", self.case.id)])

    def heard(self, user):
        """Return the kinds of what a user's browser hears."""
        self.env.cr.precommit.run()
        answer = self.rpc(
            user,
            "/websocket/peek_notifications",
            channels=[],
            last=self.last,
            is_first_poll=True,
        )
        return [row["message"]["type"] for row in answer["notifications"]]

    def quiet(self):
        """Start listening from here."""
        self.env.cr.precommit.run()
        self.last = self.env["bus.bus"]._bus_last_id()

    # === WHO MAY === #

    def test_who_may_hand_over(self):
        for giver, may in {
            self.agent: True,
            self.supervisor: True,
            self.manager: True,
            self.colleague: False,
            self.viewer: False,
            self.outsider: False,
            self.lead: False,
            self.employee: False,
        }.items():
            with self.subTest(giver.login):
                case = self.case.with_user(giver)
                self.assertEqual(self.can(case.action_transfer), may)
                self.assertEqual(case.may_hand_over, may)
                self.assertEqual(
                    self.can(lambda c=case: c._hand_over(self.support, None, "x")), may
                )
                self.assertEqual(bool(self.call(giver, self.case, "action_transfer")), may)

    def test_team_decides_whether_agents_hand_over(self):
        self.sales.agents_transfer = False
        self.assertFalse(self.can(self.case.with_user(self.agent).action_transfer))
        self.assertTrue(self.can(self.case.with_user(self.supervisor).action_transfer))

    def test_dialog_filled_in_by_hand_is_checked_too(self):
        for giver in self.colleague | self.viewer | self.outsider:
            wizard = self.env["wa.conversation.transfer"].with_user(giver)
            values = {"team_id": self.support.id, "reason": "x"}
            with self.subTest(giver.login), self.assertRaises(AccessError), self.cr.savepoint():
                wizard.create(values | {"conversation_ids": [(6, 0, self.case.ids)]}).action_apply()
        self.assertEqual(self.case.team_id, self.sales)

    # === TO WHOM === #

    def test_only_who_can_answer_there_gets_it(self):
        archived = self._new_user("archived", "group_agent")
        self.sales.user_ids += archived
        archived.active = False
        for receiver, team, complaint in (
            (self.viewer, self.sales, "viewer of Sales"),
            (self.outsider, self.sales, "not in Sales"),
            (self.colleague, self.support, "not in Support"),
            (self.employee, self.sales, "not in Sales"),
            (archived, self.sales, "archived"),
        ):
            with (
                self.subTest(receiver.login, team=team.name),
                self.assertRaisesRegex(UserError, complaint),
                self.cr.savepoint(),
            ):
                self.hand_over(self.supervisor, team, receiver)
        for receiver, team in (
            (self.colleague, self.sales),
            (self.outsider, self.support),
            (self.manager, self.support),
        ):
            with self.subTest(receiver.login):
                self.hand_over(self.manager, team, receiver)
                self.assertEqual((self.case.team_id, self.case.user_id), (team, receiver))
                self.assertEqual(self.chat.channel_member_ids.partner_id, receiver.partner_id)

    def test_dialog_offers_only_who_can_answer_there(self):
        wizard = self.env["wa.conversation.transfer"].with_user(self.agent)
        wizard = wizard.create({"conversation_ids": [(6, 0, self.case.ids)]})
        self.assertEqual(wizard.team_id, self.sales)
        self.assertLessEqual(
            self.agent | self.colleague | self.supervisor | self.manager, wizard.candidate_ids
        )
        self.assertFalse((self.viewer | self.outsider | self.employee) & wizard.candidate_ids)
        wizard.team_id = self.support
        self.assertIn(self.outsider, wizard.candidate_ids)
        self.assertNotIn(self.colleague, wizard.candidate_ids)

    def test_team_of_another_company_gets_nothing(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        abroad = self.env["wa.team"].create({"name": "Abroad", "company_id": branch.id})
        with self.assertRaisesRegex(UserError, "Abroad does not"):
            self.case.with_user(self.manager)._hand_over(abroad, None, "x")

    # === REASON === #

    def test_reason_is_asked_for_when_somebody_loses_it(self):
        for giver, team, user in (
            (self.supervisor, self.sales, self.colleague),
            (self.supervisor, self.support, None),
            (self.agent, self.support, None),
        ):
            for reason in (False, "  "):
                with self.subTest(giver.login, team=team.name), self.assertRaises(UserError):
                    self.hand_over(giver, team, user, reason)
        self.hand_over(self.agent, self.sales, self.colleague, False)
        self.assertEqual(self.case.user_id, self.colleague)

    def test_handing_over_nothing_is_refused(self):
        with self.assertRaises(UserError):
            self.hand_over(self.agent, self.sales)

    def test_reason_stands_in_the_chat_and_in_the_log(self):
        self.hand_over(self.agent, self.support, self.outsider, "Broken leg")
        note = self.chat.message_ids[0]
        self.assertIn("Handed over to Support, to outsider", note.preview)
        self.assertIn("Broken leg", note.preview)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(note.author_id, self.agent.partner_id)
        (row,) = self.log()
        self.assertEqual(
            (row.action, row.user_id, row.subject_user_id, row.reason),
            ("transferred", self.agent, self.outsider, "Broken leg"),
        )
        self.assertIn("Sales → Support", row.detail)
        self.send()
        self.assertFalse(self.graph.sent())

    def test_taking_over_from_a_colleague_is_recorded(self):
        self.case.with_user(self.supervisor).action_take()
        (row,) = self.log()
        self.assertEqual(
            (row.action, row.user_id, row.subject_user_id),
            ("assigned", self.supervisor, self.supervisor),
        )

    # === ACCESS FOLLOWS === #

    def test_access_follows_at_once(self):
        self.chat.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        self.hand_over(self.agent, self.support)
        self.assertEqual((self.case.team_id, self.case.state), (self.support, "open"))
        self.assertFalse(self.case.user_id)
        self.assertFalse(self.chat.channel_member_ids)
        for user in self.agent | self.colleague | self.supervisor | self.viewer:
            for records in (self.case, self.chat, self.chat.message_ids, self.case.wa_message_ids):
                self.assertFalse(self.found_by(user, records), user.login)
        for user in self.outsider | self.lead | self.manager:
            self.assertTrue(self.found_by(user, self.case), user.login)

    def test_former_team_keeps_reading_if_it_may(self):
        self.sales.keep_reading = True
        self.hand_over(self.agent, self.support, self.outsider)
        self.assertTrue(self.found_by(self.agent, self.case))
        self.assertFalse(self.can(self.case.with_user(self.agent).action_take))
        self.assertFalse(self.can(lambda: self.reply(self.case, user=self.agent)))
        self.hand_over(self.outsider, self.sales)
        self.assertFalse(self.case.former_team_ids, "it is their own again")
        self.assertFalse(self.found_by(self.outsider, self.case))

    def test_browsers_of_both_teams_ask_anew(self):
        self.quiet()
        self.hand_over(self.agent, self.support, self.outsider)
        for user in self.agent | self.colleague | self.outsider | self.lead:
            with self.subTest(user.login):
                self.assertIn(CHANGED, self.heard(user))
        self.assertNotIn(CHANGED, self.heard(self.employee))

    def test_who_gets_it_is_told_as_in_discuss(self):
        self.quiet()
        self.hand_over(self.agent, self.sales, self.colleague)
        self.assertIn(JOINED, self.heard(self.colleague))
        self.assertNotIn(JOINED, self.heard(self.agent))

    def test_dialog_leaves_a_page_that_is_closed_now(self):
        page = {"active_model": "wa.conversation", "active_id": self.case.id}
        wizard = self.env["wa.conversation.transfer"].with_user(self.agent).with_context(**page)
        values = {"conversation_ids": [(6, 0, self.case.ids)], "reason": "x"}
        action = wizard.create(values | {"team_id": self.support.id}).action_apply()
        self.assertEqual((action["res_model"], action["target"]), ("wa.conversation", "main"))

    # === WHAT COMES THEN === #

    def test_new_messages_go_on_there(self):
        self.hand_over(self.agent, self.support)
        self.receive(self.message("Hello?"))
        self.assertEqual(self.conversation(), self.case)
        self.assertEqual((self.case.team_id, self.case.unanswered_count), (self.support, 2))
        self.assertEqual(self.number.team_id, self.sales)

    def test_closed_there_it_is_reopened_there(self):
        self.hand_over(self.agent, self.support, self.outsider)
        self.sales.reopen_hours = 0
        self.case.with_user(self.outsider).action_close()
        self.receive(self.message("One more thing"))
        self.assertEqual(self.conversation(CUSTOMER), self.case)
        self.assertEqual(
            (self.case.team_id, self.case.user_id, self.case.state),
            (self.support, self.outsider, "in_progress"),
        )

    def test_closed_one_is_reopened_for_who_gets_it(self):
        self.case.with_user(self.agent).action_close()
        self.hand_over(self.agent, self.sales, self.colleague)
        self.assertEqual((self.case.state, self.case.user_id), ("in_progress", self.colleague))
        self.case.with_user(self.colleague).action_close()
        self.hand_over(self.colleague, self.support)
        self.assertEqual((self.case.state, self.case.team_id), ("closed", self.support))
        self.assertFalse(self.chat.channel_member_ids)

    def test_several_at_once_from_the_list(self):
        self.receive(self.message(sender="4915112345678"))
        both = self.case | self.conversation("4915112345678")
        action = self.env.ref("whatsapp_helpdesk.wa_conversation_action_transfer")
        dialog = (
            action.with_user(self.supervisor)
            .with_context(active_model="wa.conversation", active_ids=both.ids, active_id=both[0].id)
            .run()
        )
        wizard = self.env["wa.conversation.transfer"].with_user(self.supervisor)
        wizard = wizard.with_context(**dialog["context"]).create(
            {"user_id": self.colleague.id, "reason": "Holidays"}
        )
        wizard.action_apply()
        self.assertEqual(both.user_id, self.colleague)
        self.assertEqual(both.mapped("state"), ["in_progress"] * 2)
        self.assertEqual(len(self.env["wa.access.log"].search([("reason", "=", "Holidays")])), 2)

    # === ONLY THE ASSIGNEE ANSWERS === #

    def override(self, user, reason="On sick leave"):
        action = self.case.with_user(user).action_override_reply()
        wizard = self.env["wa.conversation.override.reply"].with_user(user)
        wizard.with_context(**action["context"]).create({"reason": reason}).action_apply()

    def may_reply(self, user):
        return self.can(lambda: self.reply(self.case, user=user))

    def test_supervisor_answers_after_a_reason(self):
        self.sales.exclusive_reply = True
        for user in self.colleague | self.supervisor | self.manager:
            self.assertFalse(self.may_reply(user), user.login)
        self.assertTrue(self.may_reply(self.agent))
        with self.assertRaises(UserError):
            self.override(self.supervisor, " ")
        self.override(self.supervisor)
        self.assertTrue(self.may_reply(self.supervisor))
        self.assertFalse(self.may_reply(self.manager), "everybody gives a reason of their own")
        self.assertIn("On sick leave", self.chat.message_ids[0].preview)
        (row,) = self.log()
        self.assertEqual(
            (row.action, row.user_id, row.subject_user_id, row.reason),
            ("overrode", self.supervisor, self.agent, "On sick leave"),
        )

    def test_nobody_else_overrides(self):
        self.sales.exclusive_reply = True
        for user in self.agent | self.colleague | self.viewer | self.lead | self.employee:
            with self.subTest(user.login):
                case = self.case.with_user(user)
                self.assertFalse(self.can(case.action_override_reply))
                self.assertFalse(self.can(lambda c=case: c._override_reply("x")))

    def test_nothing_to_override(self):
        with self.assertRaises(UserError):
            self.override(self.supervisor)

    def test_override_ends_with_the_assignment(self):
        self.sales.exclusive_reply = True
        for end in (
            lambda: self.hand_over(self.supervisor, self.sales, self.colleague),
            lambda: self.case.with_user(self.supervisor).action_close(),
        ):
            self.override(self.supervisor)
            self.assertTrue(self.case.override_user_ids)
            end()
            self.assertFalse(self.case.override_user_ids)

    # === CLOSED CASES === #

    def test_closed_cases_leave_the_sidebar_and_come_back(self):
        self.chat.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        both = (self.agent | self.colleague).partner_id
        self.assertEqual(self.chat.channel_member_ids.partner_id, both)
        self.case.with_user(self.agent).action_close()
        self.assertFalse(self.chat.channel_member_ids)
        self.assertTrue(self.found_by(self.agent, self.chat), "it can still be read")
        self.receive(self.message("One more thing"))
        self.assertEqual(self.chat.channel_member_ids.partner_id, both)
        self.assertEqual(self.chat.channel_member_ids.mapped("message_unread_counter"), [1, 1])

    def test_who_lost_access_meanwhile_does_not_come_back(self):
        self.chat.with_user(self.agent).add_members(self.colleague.partner_id.ids)
        self.case.with_user(self.agent).action_close()
        self.sales.user_ids -= self.colleague
        self.case.with_user(self.agent).action_reopen()
        self.assertEqual(self.chat.channel_member_ids.partner_id, self.agent.partner_id)

    def test_open_chat_hears_of_the_closing(self):
        self.quiet()
        self.case.with_user(self.agent).action_close()
        self.env.cr.precommit.run()
        answer = self.rpc(
            self.colleague,
            "/websocket/peek_notifications",
            channels=[f"discuss.channel_{self.chat.id}"],
            last=self.last,
            is_first_poll=True,
        )
        text = str(answer)
        self.assertIn("close_chat_window", text)
        self.assertIn("'state': 'closed'", text)
        self.assertIn("DELETE", text)
