import random
import time

from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase

_SHUFFLES = 8


@tagged("post_install", "-at_install")
class TestAnyOrder(WhatsappCase):
    """Meta promises no order and repeats itself: the chat is the same in the end."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        self.now = int(time.time()) - 600
        self.receive(self.message("Good evening", id="wamid.0", timestamp=str(self.now)))
        self.reply(self.conversation(), "How can I help?")
        self.send()
        self.ours = self.our_messages(self.conversation())

    def event(self, seconds, **changes):
        return self.message(timestamp=str(self.now + seconds), **changes)

    def amendment(self, kind, target, seconds, **content):
        key = "message_id" if kind == "reaction" else "original_message_id"
        return self.event(
            seconds,
            id=f"wamid.{kind}{seconds}",
            type=kind,
            text=None,
            **{kind: {key: target} | content},
        )

    def deliveries(self):
        """Return the bodies of everything that happens in this chat, each in its own POST."""
        edited = {"message": {"type": "text", "text": {"body": "Two red sofas"}}}
        edited_again = {"message": {"type": "text", "text": {"body": "Three red sofas"}}}
        messages = [
            self.event(10, body="Two sofas", id="wamid.1"),
            self.event(20, body="Ignore this", id="wamid.2"),
            self.event(30, body="And a lamp", id="wamid.3", context={"id": self.ours.wamid}),
            self.event(
                40,
                id="wamid.4",
                type="location",
                text=None,
                location={"latitude": 30.05, "longitude": 31.23, "name": "Home"},
            ),
            self.amendment("edit", "wamid.1", 50, **edited),
            self.amendment("edit", "wamid.1", 55, **edited_again),
            self.amendment("revoke", "wamid.2", 60),
            self.amendment("reaction", self.ours.wamid, 70, emoji="👍"),
            self.amendment("reaction", self.ours.wamid, 80, emoji="❤️"),
            self.amendment("reaction", "wamid.3", 90, emoji="😀"),
            self.amendment("reaction", "wamid.3", 95),
        ]
        words = ("sent", "delivered", "read")
        statuses = [
            self.status(self.ours, word, timestamp=str(self.now + 100 + rank))
            for rank, word in enumerate(words)
        ]
        return [self.webhook(message) for message in messages] + [
            self.webhook(statuses=[status]) for status in statuses
        ]

    def final_state(self, deliveries):
        """Deliver all, wait out whatever waits, and return what agents see; then forget it."""
        with self.cr.savepoint() as savepoint:
            for body in deliveries:
                self.assertEqual(self.post_webhook(body).status_code, 200)
                self.drain()
            events = self.env["wa.webhook.event"]
            while waiting := events.search([("state", "=", "new")]):
                before = len(waiting)
                waiting.next_attempt_at = False
                self.drain()
                self.assertLess(events.search_count([("state", "=", "new")]), before)
            self.assertFalse(events.search([("state", "not in", ("done", "ignored"))]))
            state = self.snapshot()
            savepoint.rollback()
        self.env.invalidate_all()
        return state

    def snapshot(self):
        conversation = self.conversation(CUSTOMER)
        messages = conversation.wa_message_ids.filtered("mail_message_id").sorted("sent_at")
        seen = [
            (
                message.body,
                message.mail_message_id.body,
                message.state,
                message.content,
                message.edited_at,
                message.revoked_at,
                message.original_body,
                message.reply_to_id.wamid,
                sorted(message.mail_message_id.reaction_ids.mapped("content")),
            )
            for message in messages
        ]
        return (
            seen,
            conversation.state,
            conversation.unanswered_count,
            conversation.waiting_since,
            conversation.window_expires_at,
            conversation.last_message_preview,
        )

    def test_any_order_and_repetition_gives_the_same_chat(self):
        deliveries = self.deliveries()
        expected = self.final_state(deliveries)
        shown = [text for text, *_rest in expected[0]]
        self.assertEqual(
            [*shown[:4], shown[-1]],
            ["Good evening", "Three red sofas", "", "And a lamp", "How can I help?"],
        )
        chance = random.Random(131047)  # noqa: S311 - repeatable, no secret
        for number in range(_SHUFFLES):
            mixed = deliveries + chance.sample(deliveries, 5)
            chance.shuffle(mixed)
            with self.subTest(number):
                self.assertEqual(self.final_state(mixed), expected)
