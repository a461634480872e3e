from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestTemplateRefusals(WhatsappCase):
    """Each class of Meta's refusals says what was wrong and what follows from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.new_template("order_ready")
        cls.marketing = cls.new_template("spring_offer", category="marketing")

    @classmethod
    def new_template(cls, name, **values):
        template = cls.env["wa.template"].create(
            {
                "account_id": cls.account.id,
                "name": name,
                "language": "en_US",
                "body": "Hello {{first_name}}, order {{order}} is ready.",
                "button_ids": [Command.create({"text": "Thanks"})],
            }
            | values
        )
        template.status = "approved"
        return template

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()

    def queue(self, template=None, user=None):
        """Send a template and return its message, which still waits."""
        values = {"body.first_name": "Mona", "body.order": "S00042 with sofa and two chairs"}
        chat = self.chat.with_user(user or self.agent)
        chat._send_template(template or self.template, values)
        return self.our_messages(self.chat)[-1]

    def refuse(self, code, details="", template=None):
        """Let Meta refuse a template at once, and return its message."""
        message = self.queue(template)
        self.graph.fail_next(code, details=details)
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", code))
        return message

    def fail_later(self, message, code, details="", **changes):
        """Let a status say that Meta did not deliver what it took."""
        error = {"code": code, "title": "refused", "error_data": {"details": details}}
        self.receive(statuses=[self.status(message, "failed", errors=[error], **changes)])

    # === PARAMETERS === #

    def test_refusals_of_values_name_the_variable(self):
        for code, details, named in (
            (132000, "body: number of localizable_params (2) does not match (1)", "“order”"),
            (132005, "Translated text too long", "“order”"),
            (132012, "Param template['components'][0]['parameters'][1]['text'] is no", "“order”"),
            (132018, "Parameter first_name is not valid for body", "“first_name”"),
        ):
            with self.subTest(code):
                message = self.refuse(code, details)
                self.assertIn(named, message.with_user(self.agent).error_reason)
                self.assertTrue(message.error_hint)
                shown = self.shown(message)["wa_error"]
                self.assertIn(named, shown["message"])
                self.assertIn("end", shown["hint"])
                self.assertEqual(shown["details"], details)

    def test_values_that_fit_no_more_are_named_too(self):
        message = self.queue()
        self.template.body = "Hello {{first_name}}, order {{order}} comes on {{day}} at last."
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", 0))
        self.assertIn("“day” is empty", message.error_reason)
        self.assertIn("Choose the template again", message.error_hint)
        with self.assertRaisesRegex(UserError, "day"):
            message.with_user(self.agent).action_retry()
        self.assertFalse(self.graph.sent())

    def test_the_same_values_are_not_sent_again(self):
        for code in (132005, 132012, 132018):
            with self.subTest(code):
                message = self.refuse(code, "Parameter order is not valid")
                with self.assertRaisesRegex(UserError, "order"):
                    message.with_user(self.agent).action_retry()
                self.assertFalse(message.superseded_by_id)

    # === STOPPED TEMPLATES === #

    def test_a_paused_template_stops_with_all_that_waits(self):
        for code, status, word in ((132015, "paused", "paused"), (132016, "disabled", "for good")):
            with self.subTest(code):
                self.template.status = "approved"
                self.graph.forget()
                message, waiting = self.queue(), self.queue()
                self.graph.fail_next(code, details="Low quality")
                self.send()
                self.assertEqual(self.template.status, status)
                self.assertEqual(self.template.status_reason, "Low quality")
                self.assertEqual((message.state, message.error_code), ("failed", code))
                self.assertEqual((waiting.state, waiting.error_code), ("failed", code))
                self.assertEqual(len(self.graph.sent()), 1, "what waited never left")
                self.assertIn(word, waiting.error_reason)
                self.assertEqual(waiting.error_message, "Low quality")
                self.assertIn("Choose another template", waiting.error_hint)
                with self.assertRaisesRegex(UserError, "not approved"):
                    waiting.with_user(self.agent).action_retry()

    def test_a_template_that_meta_pauses_later_stops_too(self):
        message = self.queue()
        self.send()
        self.fail_later(message, 132015)
        self.assertEqual(self.template.status, "paused")
        waiting = self.queue
        with self.assertRaisesRegex(UserError, "not approved"):
            waiting()

    def test_templates_that_are_gone_do_not_hold_up_the_queue(self):
        message = self.queue()
        self.template.status = "rejected"
        other = self.queue(self.marketing)
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", 132001))
        self.assertEqual(other.state, "sent")
        message = self.queue(self.marketing)
        self.marketing.unlink()
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", 132001))
        with self.assertRaisesRegex(UserError, "gone"):
            message.with_user(self.agent).action_retry()

    def test_a_template_that_goes_on_can_be_sent_again_as_it_was(self):
        message = self.refuse(132015)
        self.template.status = "approved"
        message.with_user(self.agent).action_retry()
        self.send()
        repetition = message.superseded_by_id
        self.assertEqual(repetition.state, "sent")
        first, second = self.graph.sent()
        self.assertEqual(first["template"], second["template"])

    def test_a_template_that_meta_has_otherwise_is_read_again(self):
        for code, expected in ((132000, True), (132001, True), (132012, False), (132007, False)):
            with self.subTest(code):
                self.template.needs_sync = False
                self.refuse(code)
                self.assertEqual(self.template.needs_sync, expected)

    def test_old_news_do_not_stop_a_template_that_goes_on(self):
        message = self.queue()
        self.send()
        message.sent_at -= timedelta(hours=5)
        self.template._mark_status("paused", at=fields.Datetime.now() - timedelta(hours=4))
        self.template._mark_status("approved", at=fields.Datetime.now() - timedelta(hours=1))
        self.fail_later(message, 132015)
        self.assertEqual(self.template.status, "approved")

    def test_other_refusals_say_what_to_do(self):
        for code in (132001, 132007, 132068, 131053, 131064):
            with self.subTest(code):
                message = self.refuse(code)
                self.assertTrue(message.error_reason)
                self.assertRegex(message.error_hint, r"Choose|Send|Wait")

    # === MARKETING === #

    def test_who_is_spared_marketing_gets_none_for_a_day(self):
        message = self.queue(self.marketing)
        waiting = self.queue(self.marketing)
        useful = self.queue()
        self.graph.fail_next(131049)
        self.send()
        contact = self.chat.contact_id
        pause = contact.marketing_paused_until - fields.Datetime.now()
        self.assertAlmostEqual(pause / timedelta(hours=1), 24, delta=0.1)
        self.assertEqual((waiting.state, waiting.error_code), ("failed", 131049))
        self.assertEqual(useful.state, "sent")
        self.assertEqual(len(self.graph.sent()), 2)
        self.assertIn("until", message.error_hint)
        usable = self.chat.with_user(self.agent).get_usable_templates()
        self.assertEqual([found["name"] for found in usable], ["order_ready"])
        with self.assertRaisesRegex(UserError, "spares .* until"):
            message.with_user(self.agent).action_retry()
        with self.assertRaisesRegex(UserError, "spares .* until"):
            self.queue(self.marketing)
        self.assertEqual(self.queue().state, "queued")
        contact.marketing_paused_until = fields.Datetime.now() - timedelta(seconds=1)
        message.with_user(self.agent).action_retry()
        self.assertEqual(message.superseded_by_id.state, "queued")

    def test_the_day_begins_when_meta_took_the_message(self):
        message = self.queue(self.marketing)
        self.send()
        message.sent_at = fields.Datetime.now() - timedelta(hours=20)
        self.fail_later(message, 131049)
        left = self.chat.contact_id.marketing_paused_until - fields.Datetime.now()
        self.assertAlmostEqual(left / timedelta(hours=1), 4, delta=0.1)

    def test_who_stopped_marketing_is_noted(self):
        self.refuse(131050, template=self.marketing)
        self.assertTrue(self.chat.contact_id.marketing_opt_out)
        with self.assertRaisesRegex(UserError, "wants no marketing"):
            self.queue(self.marketing)

    # === THE WINDOW === #

    def test_metas_clock_wins_until_the_customer_writes(self):
        self.reply(self.chat)
        self.graph.fail_next(131047)
        self.send()
        self.assertEqual(self.chat.window_state, "closed")
        self.assertTrue(self.chat.window_refused_at)
        with self.assertRaises(UserError):
            self.reply(self.chat)
        self.assertEqual(self.queue().state, "queued", "templates still leave")
        long_ago = int(self.chat.window_refused_at.timestamp()) - 3600
        self.receive(self.message("A late one", timestamp=str(long_ago)))
        self.assertEqual(self.chat.window_state, "closed")
        self.receive(self.message("Hello again"))
        self.assertEqual(self.chat.window_state, "open")
        self.assertFalse(self.chat.window_refused_at)

    def test_a_late_refusal_closes_the_window_unless_the_customer_wrote_since(self):
        self.reply(self.chat)
        self.send()
        message = self.our_messages(self.chat)
        self.fail_later(message, 131047)
        self.assertEqual(self.chat.window_state, "closed")
        self.receive(self.message("Hello"))
        self.reply(self.chat)
        self.send()
        message = self.our_messages(self.chat)[-1]
        message.sent_at -= timedelta(minutes=5)
        self.fail_later(message, 131047)
        self.assertEqual(self.chat.window_state, "open")

    # === RIGHTS === #

    def test_who_may_not_answer_does_not_repeat(self):
        message = self.refuse(132015)
        self.template.status = "approved"
        for user in self.outsider | self.employee:
            with self.subTest(user.login), self.assertRaises(AccessError):
                message.with_user(user).action_retry()
        self.assertFalse(message.superseded_by_id)
