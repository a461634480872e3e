from datetime import timedelta
from itertools import permutations

from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestStatuses(WhatsappCase):
    """What Meta tells of our messages: late, repeated, in any order, before its time."""

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.chat = self.conversation()
        self.reply(self.chat)
        self.sent_message = self.our_messages(self.chat)

    def sent(self):
        """Send the message and return it."""
        self.send()
        self.assertEqual(self.sent_message.state, "sent")
        return self.sent_message

    def event(self):
        return self.env["wa.webhook.event"].search([], limit=1)

    def test_state_only_moves_forward(self):
        message = self.sent()
        for order in permutations(("sent", "delivered", "read")):
            with self.subTest(order):
                message.state = "sent"
                reached = []
                for word in order:
                    self.receive(statuses=[self.status(message, word, order=str(order))])
                    reached.append(message.state)
                self.assertEqual(message.state, "read")
                self.assertEqual(reached, sorted(reached, key=["sent", "delivered", "read"].index))

    def test_times_of_delivery_and_reading_are_kept(self):
        message = self.sent()
        self.receive(statuses=[self.status(message, "delivered", timestamp="1790000010")])
        self.receive(statuses=[self.status(message, "read", timestamp="1790000020")])
        self.assertEqual((message.read_at - message.delivered_at).total_seconds(), 10)

    def test_repeated_status_changes_nothing(self):
        message = self.sent()
        status = self.status(message, "delivered")
        self.receive(statuses=[status, status])
        self.receive(statuses=[status, self.status(message, "unheard_of")])
        self.assertEqual(message.state, "delivered")
        self.assertEqual(self.event().state, "done")

    def test_news_of_several_messages_in_one_batch_stay_apart(self):
        self.reply(self.chat)
        self.sent()
        self.send()
        first, second = self.our_messages(self.chat)
        price = {"type": "regular", "category": "service", "billable": True}
        self.receive(
            statuses=[
                self.status(first, "delivered", timestamp="1790000010", pricing=price),
                self.status(second, "failed", errors=[{"code": 131026, "title": "No"}]),
                self.status(first, "read", timestamp="1790000020", pricing={"type": "later"}),
                self.status(second, "delivered", timestamp="1790000030"),
            ]
        )
        self.assertEqual((first.state, second.state), ("read", "delivered"))
        self.assertEqual((first.read_at - first.delivered_at).total_seconds(), 10)
        self.assertEqual((second.delivered_at - first.read_at).total_seconds(), 10)
        self.assertEqual((first.pricing_type, second.pricing_type), ("regular", False))
        self.assertEqual((first.is_billable, second.is_billable), (True, False))
        self.assertEqual((first.error_code, second.error_code), (0, 131026))

    def test_failure_names_its_reason(self):
        for case, (error, code, reason) in {
            "complete": (
                {
                    "code": 131026,
                    "title": "Message undeliverable",
                    "error_data": {"details": "Receiver is incapable"},
                },
                131026,
                "Receiver is incapable",
            ),
            "without error_data": (
                {"code": 131026, "title": "Message undeliverable"},
                131026,
                "Message undeliverable",
            ),
            "without code": ({"title": "Something"}, 0, "Something"),
        }.items():
            with self.subTest(case):
                message = self.sent_message
                message.write({"state": "sent", "wamid": "wamid.FAIL"})
                self.receive(statuses=[self.status(message, "failed", errors=[error])])
                self.assertEqual(message.state, "failed")
                self.assertEqual((message.error_code, message.error_message), (code, reason))

    def test_failure_without_any_error(self):
        message = self.sent()
        self.receive(statuses=[self.status(message, "failed")])
        self.assertEqual(message.state, "failed")

    def test_delivery_beats_failure_and_not_the_other_way_round(self):
        message = self.sent()
        self.receive(statuses=[self.status(message, "failed")])
        self.receive(statuses=[self.status(message, "delivered")])
        self.assertEqual(message.state, "delivered")
        self.receive(statuses=[self.status(message, "failed", timestamp="1790000000")])
        self.assertEqual(message.state, "delivered")

    def test_status_before_its_message_waits_in_the_journal(self):
        early = self.status(self.sent_message, "delivered", id="wamid.EARLY")
        self.receive(statuses=[early])
        event = self.event()
        self.assertEqual((event.state, event.attempts), ("new", 1))
        self.assertIn("unknown message", event.error)
        self.assertGreater(event.next_attempt_at, event.create_date)
        event.next_attempt_at += timedelta(hours=1)
        self.sent().wamid = "wamid.EARLY"
        self.drain()
        self.assertEqual(self.sent_message.state, "sent")
        event.next_attempt_at = event.create_date
        self.drain()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.sent_message.state, "delivered")

    def test_status_of_a_message_that_never_comes_is_given_up_after_a_day(self):
        self.receive(statuses=[self.status(self.sent_message, "sent", id="wamid.OTHER")])
        event = self.event()
        event.flush_recordset()
        self.env.cr.execute(
            "UPDATE wa_webhook_event SET create_date = create_date - interval '25 hours', "
            "next_attempt_at = NULL WHERE id = %s",
            [event.id],
        )
        self.drain()
        self.assertEqual(event.state, "ignored")

    def test_waiting_status_does_not_hold_up_its_neighbours(self):
        message = self.sent()
        self.receive(
            self.message("news"),
            statuses=[
                self.status(message, "delivered", id="wamid.OTHER"),
                self.status(message, "delivered"),
            ],
        )
        self.assertEqual(self.event().state, "new")
        self.assertEqual(message.state, "delivered")
        self.assertEqual(self.chat.unanswered_count, 1)
        self.event().next_attempt_at = False
        self.drain()
        self.assertEqual(self.chat.unanswered_count, 1)

    def test_our_id_settles_a_doubtful_message(self):
        self.graph.answer_next(0)
        self.send()
        message = self.sent_message
        self.assertEqual((message.state, message.wamid), ("unconfirmed", False))
        self.receive(
            statuses=[
                self.status(
                    message, "delivered", id="wamid.LATE", biz_opaque_callback_data=message.uuid
                )
            ]
        )
        self.assertEqual((message.state, message.wamid), ("delivered", "wamid.LATE"))

    def test_neither_our_message_nor_its_statuses_open_the_window(self):
        before = self.chat.window_expires_at
        message = self.sent()
        for word in ("delivered", "read"):
            self.receive(statuses=[self.status(message, word, timestamp="4000000000")])
        self.assertEqual(self.chat.window_expires_at, before)
        self.assertEqual(self.chat.unanswered_count, 0)
