import socket
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.whatsapp_helpdesk.cloud_api import pacing
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import WhatsappCase

OTHER_CUSTOMER = "4915112345678"


@tagged("post_install", "-at_install")
class TestSending(WhatsappCase):
    """From the outbox to Meta: once, in order, and honest about what went wrong."""

    def setUp(self):
        super().setUp()
        self.receive(self.message(), self.message(sender=OTHER_CUSTOMER))
        self.chat = self.conversation()
        self.other_chat = self.conversation(OTHER_CUSTOMER)

    def queue(self, chat=None, body="Good morning"):
        """Post an answer and return its row of the outbox."""
        self.reply(chat or self.chat, body)
        return self.our_messages(chat or self.chat)[-1]

    def bodies_sent(self):
        return [payload["text"]["body"] for payload in self.graph.sent()]

    def in_an_hour(self):
        return fields.Datetime.now() + timedelta(hours=1)

    def make_due(self, *messages):
        for message in messages:
            message.next_attempt_at = False

    # === ONCE AND IN ORDER === #

    def test_message_is_sent_once(self):
        message = self.queue()
        self.send()
        self.send()
        self.assertEqual(self.bodies_sent(), ["Good morning"])
        self.assertEqual(message.state, "sent")

    def test_ten_answers_of_five_agents_at_once_are_ten_calls(self):
        self.graph.delay = 0.3
        self.addCleanup(setattr, self.graph, "delay", 0.0)
        customers = [f"20100000000{number}" for number in range(10)]
        self.receive(*[self.message(sender=customer) for customer in customers])
        agents = [self.agent, self.colleague, self.supervisor, self.manager, self.outsider]
        self.sales.user_ids += self.outsider
        for number, customer in enumerate(customers):
            self.reply(self.conversation(customer), f"Number {number}", user=agents[number % 5])
        self.graph.most_at_once = 0
        self.send()
        self.assertGreater(self.graph.most_at_once, 1)
        self.assertCountEqual(self.bodies_sent(), [f"Number {number}" for number in range(10)])

    def test_claimed_message_belongs_to_its_worker(self):
        self.queue()
        (outgoing,) = self.env["wa.message"]._claim(10)
        self.env.flush_all()
        self.assertFalse(self.env["wa.message"]._claim(10))
        self.send()
        self.assertFalse(self.graph.calls)
        self.assertNotIn("EAAtesttoken", repr(outgoing))

    def test_messages_of_a_conversation_leave_in_order(self):
        for number in range(5):
            self.queue(body=str(number))
        self.send()
        self.assertEqual(self.bodies_sent(), list("01234"))

    def test_delayed_message_holds_back_its_followers_and_nobody_else(self):
        first, second = self.queue(body="first"), self.queue(body="second")
        self.graph.fail_next(131056)
        self.send()
        first.next_attempt_at = self.in_an_hour()
        other = self.queue(self.other_chat, "other")
        self.send()
        self.assertEqual([m.state for m in (first, second, other)], ["queued", "queued", "sent"])
        self.make_due(first)
        self.send()
        self.assertEqual(self.bodies_sent(), ["first", "other", "first", "second"])

    # === DOUBTFUL === #

    def test_lost_answer_makes_the_message_doubtful_and_never_sends_it_again(self):
        message = self.queue()
        self.graph.answer_next(0)
        self.send()
        self.send()
        self.assertEqual(message.state, "unconfirmed")
        self.assertEqual(len(self.graph.sent()), 1)
        self.assertEqual(self.shown(message)["wa_state"], "unconfirmed")
        self.assertIn("no answer", self.shown(message)["wa_error"]["message"])

    def test_broken_server_makes_the_message_doubtful(self):
        for status in (500, 502, 504):
            with self.subTest(status):
                message = self.queue()
                self.graph.answer_next(status)
                self.send()
                self.assertEqual(message.state, "unconfirmed")
                message.unlink()

    def test_doubtful_message_holds_back_its_followers_for_a_while(self):
        doubtful, follower = self.queue(), self.queue(body="follower")
        self.graph.answer_next(0)
        self.send()
        self.assertEqual((doubtful.state, follower.state), ("unconfirmed", "queued"))
        doubtful.unconfirmed_at -= timedelta(minutes=5)
        self.send()
        self.assertEqual(follower.state, "sent")

    def test_message_of_a_lost_worker_becomes_doubtful(self):
        message = self.queue()
        self.env["wa.message"]._claim(1)
        self.assertEqual(message.state, "sending")
        message.lease_until = fields.Datetime.now() - timedelta(seconds=1)
        self.send()
        self.assertEqual(message.state, "unconfirmed")
        self.assertFalse(self.graph.calls)

    # === LATER === #

    def test_unreachable_server_is_tried_again(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            self.account.api_url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        message, before = self.queue(), fields.Datetime.now()
        self.send()
        self.assertEqual((message.state, message.attempts), ("queued", 1))
        self.assertGreater(message.next_attempt_at, before)
        self.account.api_url = self.graph.url
        self.make_due(message)
        self.send()
        self.assertEqual(message.state, "sent")

    def test_trouble_that_does_not_end_fails_the_message(self):
        message = self.queue()
        for _attempt in range(20):
            self.graph.fail_next(131057, status=503)
            self.make_due(message)
            self.send()
            if message.state != "queued":
                break
        self.assertEqual((message.state, message.error_code), ("failed", 131057))

    def test_rate_limit_pauses_the_number(self):
        message = self.queue()
        self.graph.fail_next(130429)
        before = fields.Datetime.now()
        self.send()
        self.assertGreater(self.number.paused_until, before)
        self.number.paused_until = self.in_an_hour()
        follower = self.queue(self.other_chat)
        self.make_due(message)
        self.send()
        self.assertEqual((message.state, follower.state), ("queued", "queued"))
        self.assertEqual(len(self.graph.sent()), 1)
        self.number.paused_until = False
        self.send()
        self.assertEqual((message.state, follower.state), ("sent", "sent"))

    def test_customer_is_not_sent_more_than_meta_allows(self):
        slow = pacing.Rate(per_second=0.001, burst=3)
        messages = [self.queue(body=str(number)) for number in range(4)]
        with patch.object(pacing, "PAIR_RATE", slow):
            self.send()
        self.assertEqual(self.bodies_sent(), ["0", "1", "2"])
        self.assertEqual(messages[3].state, "queued")
        self.assertGreater(messages[3].next_attempt_at, fields.Datetime.now())

    def test_rate_limit_of_the_account_pauses_all_its_numbers_for_minutes(self):
        message = self.queue()
        self.graph.fail_next(80007)
        soon = fields.Datetime.now() + timedelta(seconds=59)
        self.send()
        for number in (self.number, self.other_number):
            self.assertGreater(number.paused_until, soon)
        self.assertEqual(message.state, "queued")
        self.assertGreater(message.next_attempt_at, soon)

    def test_limit_of_one_customer_is_waited_for_longer_each_time_and_pauses_nobody_else(self):
        message = self.queue()
        waits = []
        for _attempt in range(3):
            self.make_due(message)
            self.graph.fail_next(131056)
            before = fields.Datetime.now()
            self.send()
            waits.append((message.next_attempt_at - before).total_seconds())
        for wait, power in zip(waits, (4, 16, 64), strict=True):
            self.assertTrue(power <= wait < power + 4, waits)
        self.assertFalse(self.number.paused_until)

    def test_number_of_the_phone_app_has_a_rate_of_its_own(self):
        self.number.is_on_biz_app = True
        message = self.queue()
        with patch.object(pacing, "CHANNEL_RATE", pacing.Rate(per_second=0, burst=0)):
            self.send()
        self.assertEqual(message.state, "sent")

    def test_rate_limit_of_one_number_does_not_stop_another(self):
        self.number._pause(60)
        self.receive(self.message(), number=self.other_number)
        chat = self.conversation(number=self.other_number)
        self.reply(chat, user=self.outsider)
        self.send()
        self.assertEqual(self.our_messages(chat).state, "sent")

    def test_answers_given_while_others_write_are_noted_by_the_sender(self):
        channel = self.chat.discuss_channel_id
        channel.last_interest_dt = fields.Datetime.now() - timedelta(days=1)
        values = self.chat.with_user(self.agent).sudo()._prepare_outbound_values()
        message = self.env["wa.message"].create(
            [values | {"message_type": "text", "body": "Good morning", "registers_later": True}]
        )
        self.number._pause(60)
        self.send()
        self.assertEqual((self.chat.unanswered_count, self.chat.user_id), (0, self.agent))
        self.assertEqual(self.chat.last_message_preview, "Good morning")
        self.assertEqual(channel.last_interest_dt, message.sent_at)
        self.assertFalse(message.registers_later)

    def test_uploaded_image_is_not_uploaded_again(self):
        self.reply(self.chat, attachment_ids=self.attach().ids)
        self.graph.fail_next(131056)
        self.send()
        self.make_due(self.our_messages(self.chat))
        self.send()
        self.assertEqual(self.graph.count("/media"), 1)
        first, second = self.graph.sent()
        self.assertEqual(first["image"]["id"], second["image"]["id"])

    def test_failed_upload_is_tried_again_and_sends_nothing(self):
        self.reply(self.chat, attachment_ids=self.attach().ids)
        self.graph.answer_next(0, path="/media")
        self.send()
        self.assertEqual(self.our_messages(self.chat).state, "queued")
        self.assertFalse(self.graph.sent())

    # === REFUSED === #

    def test_refused_access_stops_the_account_and_loses_nothing(self):
        message = self.queue()
        self.graph.fail_next(190, status=401, message="Token expired EAAtesttoken")
        self.send()
        follower = self.queue(self.other_chat)
        self.make_due(message)
        self.send()
        self.assertTrue(self.account.is_stopped)
        self.assertIn("Token expired", self.account.stop_reason)
        self.assertNotIn("EAAtesttoken", self.account.stop_reason)
        self.assertEqual((message.state, follower.state), ("queued", "queued"))
        self.assertEqual(len(self.graph.sent()), 1)
        self.account.action_resume_sending()
        self.send()
        self.assertEqual((message.state, follower.state), ("sent", "sent"))

    def test_refused_number_stops_alone(self):
        self.receive(self.message(), number=self.other_number)
        other_chat = self.conversation(number=self.other_number)
        message = self.queue()
        self.graph.fail_next(133010, message="Not registered")
        self.send()
        self.reply(other_chat, user=self.outsider)
        self.make_due(message)
        self.send()
        self.assertTrue(self.number.is_stopped)
        self.assertFalse(self.account.is_stopped)
        self.assertEqual(message.state, "queued")
        self.assertEqual(self.our_messages(other_chat).state, "sent")
        self.number.with_user(self.manager).action_resume_sending()
        self.send()
        self.assertEqual(message.state, "sent")

    def test_meta_knows_better_that_the_window_is_closed(self):
        message = self.queue()
        self.graph.fail_next(131047)
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", 131047))
        self.assertEqual(self.chat.window_state, "closed")
        with self.assertRaises(UserError):
            self.reply(self.chat)

    def test_message_that_waited_past_the_window_fails_without_a_call(self):
        message = self.queue()
        self.chat.window_expires_at = fields.Datetime.now()
        self.send()
        self.assertEqual((message.state, message.error_code), ("failed", 131047))
        self.assertFalse(self.graph.calls)

    def test_archived_number_does_not_send(self):
        message = self.queue()
        self.number.active = False
        self.send()
        self.assertEqual((message.state, self.graph.calls), ("queued", []))
