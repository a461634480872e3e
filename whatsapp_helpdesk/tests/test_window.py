from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestWindow(WhatsappCase):
    """Who is told that the 24-hour window closes, and what it costs who came from an ad."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.case = self.conversation()
        self.team = self.case.team_id

    def close_in(self, **duration):
        self.case.window_expires_at = fields.Datetime.now() + timedelta(**duration)

    def warn(self):
        """Run the job and return the notes that it wrote."""
        before = self.case.discuss_channel_id.message_ids
        self.env["wa.conversation"]._cron_warn_of_windows()
        return self.case.discuss_channel_id.message_ids - before

    def assign(self):
        self.case.with_user(self.agent).action_take()

    # === WARNINGS === #

    def test_who_has_the_case_is_told_once_before_and_once_after(self):
        self.assign()
        self.close_in(hours=3)
        self.assertFalse(self.warn())
        self.close_in(hours=1)
        note = self.warn()
        self.assertIn("closes in 60 minutes", note.body)
        self.assertIn(f"<bdi>{self.case.name}</bdi>", note.body, "an Arabic name turns no line")
        self.assertEqual(note.notified_partner_ids, self.agent.partner_id)
        self.assertFalse(note.wa_message_ids, "customers never see it")
        self.assertFalse(self.warn(), "once is enough")
        self.close_in(seconds=-1)
        self.assertIn("has closed", self.warn().body)
        self.assertFalse(self.warn(), "once is enough")

    def test_each_window_has_a_warning_of_its_own(self):
        self.assign()
        self.close_in(hours=1)
        self.assertTrue(self.warn())
        self.receive(self.message())
        self.assertFalse(self.warn(), "the customer's message restarted the window")
        self.close_in(minutes=30)
        self.assertTrue(self.warn())

    def test_what_was_answered_needs_nobody(self):
        self.assign()
        self.reply(self.case)
        for hours in (1, -1):
            self.close_in(hours=hours)
            self.assertFalse(self.warn())

    def test_closed_case_needs_nobody(self):
        self.assign()
        self.close_in(hours=1)
        self.case.with_user(self.agent).action_close()
        self.assertFalse(self.warn())

    def test_leaders_are_told_of_what_nobody_has(self):
        self.env["wa.team"].set_role(self.team.id, self.colleague.id, "supervisor", "team")
        self.close_in(hours=1)
        told = self.warn().notified_partner_ids
        self.assertIn(self.colleague.partner_id, told)
        self.assertNotIn(self.agent.partner_id, told)

    def test_warning_is_in_the_language_of_who_is_told(self):
        self.assign()
        self.agent.lang = "ar_001"
        self.close_in(hours=1)
        self.assertIn("دقيقة", self.warn().body)

    def test_hours_are_the_teams(self):
        self.assign()
        self.close_in(hours=4)
        self.assertEqual(self.case.window_state, "open")
        self.team.window_warning_hours = 5
        self.assertEqual(self.case.window_state, "closing")
        self.assertIn(self.case, self.case.search([("window_state", "=", "closing")]))
        self.assertTrue(self.warn())
        self.team.window_warning_hours = 0
        self.assertEqual(self.case.window_state, "open")
        self.assertIn(self.case, self.case.search([("window_state", "=", "open")]))
        self.close_in(seconds=-1)
        self.assertFalse(self.warn(), "nobody is to be told")

    # === FREE ENTRY POINT === #

    def from_ad(self):
        referral = {"source_url": "https://fb.me/x", "source_id": "1", "source_type": "ad"}
        self.receive(self.message(referral=referral | {"headline": "Sale", "ctwa_clid": "click"}))

    def test_answered_in_time_after_an_ad_is_free_for_three_days(self):
        self.assertFalse(self.case.referral_at)
        self.from_ad()
        self.assertTrue(self.case.referral_at)
        self.assertFalse(self.case.free_entry_until, "begins with the answer")
        closes = self.case.window_expires_at
        self.reply(self.case)
        now = fields.Datetime.now()
        self.assertGreater(self.case.free_entry_until, now + timedelta(hours=71))
        self.assertLessEqual(self.case.free_entry_until, now + timedelta(hours=72))
        self.assertEqual(self.case.window_expires_at, closes, "it is about prices only")

    def test_later_answers_do_not_make_it_longer(self):
        self.from_ad()
        self.reply(self.case)
        self.case.free_entry_until -= timedelta(hours=10)
        until = self.case.free_entry_until
        self.reply(self.case)
        self.assertEqual(self.case.free_entry_until, until)

    def test_late_answer_is_not_free(self):
        self.from_ad()
        self.case.referral_at -= timedelta(hours=25)
        self.reply(self.case)
        self.assertFalse(self.case.free_entry_until)
