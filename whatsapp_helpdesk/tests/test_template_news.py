import itertools
import time

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.addons.whatsapp_helpdesk.work import template_sync
from odoo.tests import tagged

from .template_life_case import LIST, ORDER, TemplateLifeCase


@tagged("post_install", "-at_install")
class TestTemplateNews(TemplateLifeCase):
    """What webhooks tell of templates, in any order and more than once."""

    def setUp(self):
        super().setUp()
        # The suite may run for long before it comes here
        self.now = int(time.time())
        self.template = self.synced(status="PENDING")
        # As if it had been read long before the news below
        self.template.sudo().write(
            {
                "submitted_by_id": self.supervisor.id,
                "submitted_at": "2026-01-01 00:00:00",
                "synced_at": "2026-01-01 00:00:00",
            }
        )

    def activities(self):
        return self.template.sudo().activity_ids

    def told(self, user):
        """Return what a user was notified of about templates, newest first."""
        notified = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("mail_message_id.model", "=", "wa.template"),
            ],
            order="id desc",
        )
        return notified.mail_message_id.mapped("subject")

    def test_approved(self):
        event = self.tell_status("APPROVED", reason="NONE", message_template_category="UTILITY")
        self.assertEqual(event.state, "done")
        self.assertEqual(self.template.status, "approved")
        self.assertTrue(self.template._is_sendable())
        self.assertTrue(self.template.was_approved)
        self.assertEqual(
            self.told(self.supervisor), ["WhatsApp approved the template order_ready (en_US)"]
        )
        self.assertFalse(self.told(self.manager))

    def test_open_forms_hear_of_it_and_not_what(self):
        self.env.cr.precommit.run()  # what was told when it was read
        last = self.env["bus.bus"]._bus_last_id()
        self.tell_status("APPROVED", reason="NONE", message_template_category="UTILITY")
        self.env.cr.precommit.run()
        stranger = mail_new_test_user(self.env, login="stranger", groups="base.group_user")
        for user, is_told in ((self.supervisor, True), (stranger, False)):
            answer = self.rpc(
                user,
                "/websocket/peek_notifications",
                channels=[f"wa.template_{self.template.id}"],
                last=last,
                is_first_poll=True,
            )
            news = [row["message"] for row in answer["notifications"]]
            # status and category are written one after the other
            payloads = {
                tuple(each["payload"].items())
                for each in news
                if each["type"] == "whatsapp_helpdesk/template_changed"
            }
            with self.subTest(user.login):
                self.assertEqual(
                    payloads, {(("template_id", self.template.id),)} if is_told else set()
                )

    def test_rejected_with_reason_and_what_to_do(self):
        self.tell_status(
            "REJECTED",
            reason="INVALID_FORMAT",
            rejection_info={
                "reason": "Variables at the <b>end</b>",
                "recommendation": "Add text after the last variable",
            },
        )
        self.assertEqual(self.template.status, "rejected")
        self.assertEqual(self.template.rejected_reason, "INVALID_FORMAT")
        self.assertIn("Add text after", self.template.status_reason)
        users = self.activities().user_id
        self.assertTrue(self.supervisor | self.manager <= users)
        self.assertNotIn(self.agent, users)
        self.assertTrue(all(users.mapped("active")))
        note = self.activities()[0].note
        for words in ("format is not valid", "&lt;b&gt;end", "submit it again"):
            self.assertIn(words, note)
        self.tell_status("APPROVED", at=self.now + 60)
        self.assertFalse(self.activities())

    def test_metas_word_is_not_said_twice(self):
        info = {"reason": "PROMOTIONAL", "recommendation": "Take out the offer"}
        self.tell_status("REJECTED", reason="PROMOTIONAL", rejection_info=info)
        self.assertEqual(self.template.status_reason, "Take out the offer")

    def test_told_twice_is_done_once(self):
        for _time in range(2):
            self.tell_status("REJECTED", reason="SCAM", at=self.now)
        count = len(self.activities())
        self.env["wa.webhook.event"].search([]).action_replay()
        self.drain()
        self.assertEqual(len(self.activities()), count)
        tracked = self.template.sudo().message_ids.tracking_value_ids
        self.assertEqual(len(tracked.filtered(lambda t: t.field_id.name == "status")), 1)

    def test_news_in_any_order_end_the_same(self):
        story = [("APPROVED", self.now), ("PAUSED", self.now + 10), ("DISABLED", self.now + 20)]
        for order in itertools.permutations(story):
            self.template.sudo().write({"status": "pending", "status_at": False})
            self.env["wa.webhook.event"].search([]).unlink()
            for event, at in order:
                self.tell_status(event, at=at)
            with self.subTest([event for event, _at in order]):
                self.assertEqual(self.template.status, "disabled")

    def test_a_review_never_follows_what_it_led_to(self):
        self.tell_status("APPROVED", at=self.now)
        self.tell_status("PENDING", at=self.now)
        self.assertEqual(self.template.status, "approved")
        self.tell_status("PENDING", at=self.now + 5)
        self.assertEqual(self.template.status, "pending")

    def test_news_from_before_the_synchronisation_is_old(self):
        self.synced(status="PAUSED")
        self.tell_status("APPROVED", at=self.now - 3600)
        self.assertEqual(self.template.status, "paused")
        self.tell_status("APPROVED")
        self.assertEqual(self.template.status, "approved")

    def test_news_that_came_since_meta_was_asked_wins(self):
        answered = self.theirs(status="PENDING")
        account = self.account.with_user(self.manager)
        asked_at = self.template.synced_at
        self.tell_status("APPROVED")
        found = template_sync.Answered(account.id, asked_at, [], {})
        self.answer_list(answered)
        templates = account._ask_meta(lambda client: client.templates(account.waba_uid))
        account._store_templates(templates, found.asked_at)
        self.assertEqual(self.template.status, "approved")
        account._store_templates([], asked_at)
        self.assertEqual(self.template.status, "approved")

    def test_paused_says_until_when(self):
        self.tell_status("APPROVED", at=self.now)
        self.tell_status(
            "PAUSED",
            at=self.now + 1,
            other_info={"title": "FIRST_PAUSE", "description": "Paused for 3 hours."},
        )
        self.assertEqual(self.template.status, "paused")
        self.assertIn("Paused for 3 hours.", self.template.status_reason)
        self.assertIn("The pause ends at", self.template.status_reason)
        self.assertFalse(self.template._is_sendable())
        # The end of the pause comes as an approval
        self.tell_status("APPROVED", at=self.now + 2, other_info={"title": "UNPAUSE"})
        self.assertEqual(self.template.status, "approved")

    def test_deleted_ones_leave_the_list(self):
        self.tell_status("PENDING_DELETION", at=self.now)
        self.assertTrue(self.template.active)
        self.tell_status("DELETED", at=self.now + 1)
        self.assertEqual((self.template.status, self.template.active), ("deleted", False))

    def test_quality(self):
        field = "message_template_quality_update"
        self.tell(field, at=self.now, previous_quality_score="GREEN", new_quality_score="RED")
        self.assertEqual(self.template.quality, "red")
        for user in self.supervisor | self.manager:
            self.assertIn("quality", self.told(user)[0])
        self.tell(field, at=self.now - 60, new_quality_score="GREEN")
        self.assertEqual(self.template.quality, "red")
        self.tell(field, at=self.now + 60, new_quality_score="GREEN")
        self.assertEqual(self.template.quality, "green")

    def test_category_is_announced_and_then_changed(self):
        field = "template_category_update"
        self.tell(
            field,
            at=self.now,
            new_category="UTILITY",
            correct_category="MARKETING",
            category_update_timestamp=self.now + 86400,
        )
        self.assertEqual(self.template.category, "utility")
        self.assertEqual(self.template.correct_category, "marketing")
        self.assertTrue(self.template.category_changes_at)
        self.assertIn("will move", self.told(self.supervisor)[0])
        self.tell(field, at=self.now + 2, previous_category="UTILITY", new_category="MARKETING")
        self.assertEqual(self.template.category, "marketing")
        self.assertFalse(self.template.correct_category or self.template.category_changes_at)
        self.assertIn("from “Utility” to “Marketing”", self.told(self.manager)[0])
        # What was told before that comes late
        self.tell(field, at=self.now + 1, new_category="UTILITY", correct_category="MARKETING")
        self.assertFalse(self.template.correct_category)

    def test_meta_only_thinks_so(self):
        field = "template_correct_category_detection"
        for at in (self.now, self.now + 1):
            self.tell(field, at=at, category="UTILITY", correct_category="MARKETING")
        self.assertEqual(self.template.category, "utility")
        self.assertEqual(len(self.told(self.supervisor)), 1)

    def test_new_components_are_read_from_meta(self):
        self.tell("message_template_components_update", message_template_element="Hi.")
        self.assertTrue(self.template.needs_sync)
        self.graph.answer_next(200, self.theirs(body="Hi.", status="PENDING"), path="/11")
        self._run(template_sync)
        self.assertEqual(self.template.body, "Hi.")
        self.assertFalse(self.template.needs_sync)
        self.assertEqual(self.graph.count(LIST), 1)  # that of setUp

    def test_an_event_that_we_do_not_know_is_asked_about(self):
        self.tell_status("FLAGGED")
        self.assertEqual(self.template.status, "pending")
        self.assertIn("FLAGGED", self.log_of(self.template))
        self.graph.answer_next(200, self.theirs(), path="/11")
        self._run(template_sync)
        self.assertEqual(self.template.status, "approved")

    def test_an_unknown_template_is_read_from_meta(self):
        event = self.tell_status("APPROVED", uid=12, name="survey")
        self.assertEqual(event.state, "done")
        survey = self.variant("survey")
        self.assertEqual((survey.uid, survey.status), ("12", "unknown"))
        answer = self.theirs("12", name="survey", body="How was it?")
        self.graph.answer_next(200, answer, path="/12")
        self._run(template_sync)
        self.assertEqual((survey.status, survey.body), ("approved", "How was it?"))
        self.assertTrue(survey._is_sendable())
        event = self.tell_status("DELETED", uid=13, name="never_seen")
        self.assertEqual(event.state, "ignored")
        self.assertFalse(self.variant("never_seen"))

    def test_news_before_the_answer_to_the_submission_waits(self):
        draft = self.draft(name="idea")
        event = self.tell_status("APPROVED", uid=14, name="idea")
        self.assertEqual((event.state, draft.status), ("new", "draft"))
        draft.sudo().write({"uid": "14", "status": "pending"})
        event.next_attempt_at = False
        self.drain()
        self.assertEqual((event.state, draft.status), ("done", "approved"))

    def test_news_of_the_one_before_does_not_touch_the_new_one(self):
        event = self.tell_status("DELETED", uid=10)
        self.assertEqual((event.state, self.template.status), ("ignored", "pending"))
        self.tell_status("APPROVED", uid=99)
        self.assertEqual(self.template.status, "pending")
        self.assertTrue(self.template.needs_sync)

    def test_news_of_other_accounts_touches_nothing(self):
        other = self.account.copy({"waba_uid": "1000000007", "app_secret": "another"})
        self.template.sudo().copy({"account_id": other.id, "name": "order_ready"}).uid = "11"
        self.tell_status("APPROVED")
        theirs = self.env["wa.template"].search([("account_id", "=", other.id)])
        self.assertEqual((self.template.status, theirs.status), ("approved", "draft"))

    def test_an_author_who_left_is_not_told(self):
        self.supervisor.active = False
        self.tell_status("REJECTED")
        self.assertNotIn(self.supervisor, self.activities().user_id)
        self.assertIn(self.manager, self.activities().user_id)

    def test_no_email_leaves_from_the_drain(self):
        self.supervisor.notification_type = "email"
        self.supervisor.email = "sue@example.com"
        self.tell_status("APPROVED")
        mail = self.env["mail.mail"].search([("model", "=", "wa.template")], limit=1)
        self.assertEqual(mail.state, "outgoing")

    def test_texts_that_people_wrote_stay(self):
        self.template.body = "Hello {{name}}!"
        self.tell_status("APPROVED")
        self.assertEqual(self.template.body, "Hello {{name}}!")
        self.assertNotEqual(self.template.body, ORDER)
        self.assertFalse(self.template._is_sendable())
