import random
import time

from odoo.addons.mail.tools.discuss import Store
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CUSTOMER, PNG, WhatsappCase

OTHER = "4915112345678"
_LOGGER = "odoo.addons.whatsapp_helpdesk.models.wa_inbound"


@tagged("post_install", "-at_install")
class TestHistory(WhatsappCase):
    """The chats that the phone app had before: complete, in order, and without any noise."""

    def setUp(self):
        super().setUp()
        self.start = int(time.time()) - 90 * 86400

    # === WHAT META SENDS === #

    def old(self, number, customer=CUSTOMER, from_business=False, **changes):
        """Return one old message in Meta's JSON; the number says when, and which."""
        message = {
            "from": "15550001111" if from_business else customer,
            "id": f"wamid.OLD{customer}{number}",
            "timestamp": str(self.start + 60 * number),
            "type": "text",
            "text": {"body": f"Old {number}"},
            "history_context": {"status": "READ"},
        }
        if from_business:
            message["to"] = customer
        return message | changes

    def chunk(self, *messages, customer=CUSTOMER, order=1, progress=50, phase=1):
        """Return a history webhook with one thread."""
        about = {"phase": phase, "chunk_order": order, "progress": progress}
        return self.history(
            {"metadata": about, "threads": [{"id": customer, "messages": list(messages)}]}
        )

    def history(self, *chunks, **members):
        payload = self.webhook()
        change = payload["entry"][0]["changes"][0]
        change["field"] = "history"
        change["value"]["metadata"]["display_phone_number"] = "15550001111"
        change["value"] |= {"history": list(chunks)} if chunks else members
        return payload

    def receive_history(self, *payloads):
        """Post webhooks one by one and process them; return the last row of the journal."""
        for payload in payloads:
            self.assertEqual(self.post_webhook(payload).status_code, 200)
            self.drain()
        return self.env["wa.webhook.event"].search([], limit=1)

    def publish(self):
        self.env.flush_all()
        self.env["wa.channel"]._cron_publish_history()
        self.env.invalidate_all()

    def chat(self, customer=CUSTOMER):
        """Return what Discuss shows of the history of a customer, in its order."""
        history = self.env["wa.conversation"].search(
            [("contact_id.wa_id", "=", customer), ("is_history", "=", True)]
        )
        return self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", history.discuss_channel_id.id),
                ("message_type", "=", "whatsapp_message"),
            ],
            order="id",
        )

    def texts(self, customer=CUSTOMER):
        return [str(message.body.striptags()) for message in self.chat(customer)]

    # === TESTS === #

    def test_nothing_stirs(self):
        self.env.cr.precommit.run()
        before = self.env["bus.bus"].search_count([])
        event = self.receive_history(
            self.chunk(self.old(1), self.old(2, from_business=True), progress=100)
        )
        self.publish()
        self.assertEqual(event.state, "done", event.error)
        history = self.conversation()
        self.assertTrue(history.is_history)
        self.assertEqual(
            (history.state, history.unanswered_count, history.window_state),
            ("closed", 0, "closed"),
        )
        self.assertEqual(history.last_message_preview, "Old 2")
        self.assertFalse(history.partner_id, "a customer when they write")
        self.env.cr.precommit.run()
        self.assertEqual(self.env["bus.bus"].search_count([]), before)
        self.assertEqual(self.texts(), ["Old 1", "Old 2"])
        inbound, outbound = history.wa_message_ids.sorted("sent_at")
        self.assertEqual((inbound.direction, inbound.state), ("inbound", "received"))
        self.assertEqual((outbound.direction, outbound.state), ("outbound", "read"))
        self.assertEqual(outbound.mail_message_id.author_id, self.account.company_id.partner_id)
        self.assertEqual(self.shown(inbound)["wa_origin"], "history")

    def test_nothing_is_sent(self):
        pending = self.old(1, from_business=True, history_context={"status": "PENDING"})
        error = self.old(2, from_business=True, history_context={"status": "ERROR"})
        self.receive_history(self.chunk(pending, error, progress=100))
        self.publish()
        self.send()
        self.assertFalse(self.graph.sent())
        self.assertEqual(
            self.our_messages(self.conversation()).mapped("state"), ["sent", "cancelled"]
        )

    def test_any_order_of_chunks_gives_the_same_chat(self):
        chunks = [
            self.chunk(
                *[self.old(number, from_business=number % 3 == 0) for number in numbers],
                order=order,
                phase=phase,
                progress=progress,
            )
            for order, (numbers, phase, progress) in enumerate(
                [
                    (range(20, 25), 0, 20),
                    (range(10, 20), 1, 60),
                    (range(0, 10), 2, 100),
                    (range(5, 12), 2, 90),
                ]
            )
        ]
        chance = random.Random(2593109)  # noqa: S311 - repeatable, no secret
        for publishing in (False, True):
            for number in range(4):
                with self.subTest(number=number, publishing=publishing):
                    mixed = chunks + chance.sample(chunks, 2)
                    chance.shuffle(mixed)
                    with self.cr.savepoint() as savepoint:
                        for body in mixed:
                            self.receive_history(body)
                            if publishing:
                                self.publish()
                        self.publish()
                        self.assertEqual(self.texts(), [f"Old {place}" for place in range(25)])
                        self.assertEqual(self.number.history_progress, 100)
                        self.assertEqual(self.number.history_state, "done")
                        savepoint.rollback()
                    self.env.invalidate_all()

    def test_shown_when_nothing_more_comes(self):
        self.receive_history(self.chunk(self.old(1), progress=40))
        self.publish()
        self.assertFalse(self.chat(), "more is to come")
        self.assertEqual(
            (self.number.history_state, self.number.history_progress), ("importing", 40)
        )
        self.env.cr.execute(
            "UPDATE wa_channel "
            "SET history_received_at = history_received_at - interval '11 minutes'"
        )
        self.env.invalidate_all()
        self.publish()
        self.assertEqual(self.texts(), ["Old 1"])

    def test_files_come_later_or_earlier(self):
        place = self.old(1, type="media_placeholder", text=None)
        image = self.old(
            1,
            type="image",
            text=None,
            image={"id": "5001", "mime_type": "image/png", "caption": "Our sofa"},
        )
        self.graph.files["5001"] = PNG
        kept = self.chunk(place, self.old(2), progress=100)
        file = self.history(messages=[image])
        for case, bodies in {"later": (kept, file), "earlier": (file, kept)}.items():
            for fetching in ("before", "after"):
                with self.subTest(case, fetching=fetching), self.cr.savepoint() as savepoint:
                    self.receive_history(*bodies)
                    if fetching == "before":
                        self.fetch()
                    self.publish()
                    self.fetch()
                    self.assertEqual(self.texts(), ["Our sofa", "Old 2"])
                    self.assertEqual(self.chat()[0].attachment_ids.raw, PNG)
                    self.assertEqual(self.chat()[0].attachment_ids.res_model, "discuss.channel")
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_a_file_for_a_message_that_is_shown(self):
        self.graph.files["5001"] = PNG
        self.receive_history(
            self.chunk(self.old(1, type="media_placeholder", text=None), progress=100)
        )
        self.publish()
        image = {"id": "5001", "mime_type": "image/png", "caption": "Our sofa"}
        self.receive_history(
            self.history(messages=[self.old(1, type="image", text=None, image=image)])
        )
        self.fetch()
        self.assertEqual(self.texts(), ["Our sofa"])
        self.assertEqual(self.chat().attachment_ids.raw, PNG)
        self.receive_history(self.chunk(self.old(0), progress=100))
        self.publish()
        self.assertEqual(self.texts(), ["Old 0", "Our sofa"])
        self.assertEqual(self.chat()[1].attachment_ids.raw, PNG, "still there after moving down")

    def test_quotes_and_reactions(self):
        answer = self.old(5, from_business=True, context={"id": f"wamid.OLD{CUSTOMER}1"})
        reaction = self.old(
            6,
            type="reaction",
            text=None,
            reaction={"message_id": f"wamid.OLD{CUSTOMER}1", "emoji": "👍"},
        )
        late, early = self.chunk(answer, reaction, progress=100), self.chunk(self.old(1))
        event = self.receive_history(late)
        self.assertEqual(event.state, "new", "the reaction waits for its message")
        self.publish()
        self.receive_history(early)
        event.next_attempt_at = False
        self.drain()
        self.publish()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.texts(), ["Old 1", "Old 5"])
        first, second = self.chat()
        self.assertEqual(second.parent_id, first)
        self.assertEqual(first.reaction_ids.mapped("content"), ["👍"])

    def test_what_is_known_already_is_not_imported(self):
        self.receive(self.message("Hello", id=f"wamid.OLD{CUSTOMER}1"))
        live = self.conversation()
        self.receive_history(self.chunk(self.old(1), self.old(0), progress=100))
        self.publish()
        self.assertEqual(self.texts(), ["Old 0"])
        self.assertEqual(live.wa_message_ids.mapped("body"), ["Hello"])
        self.assertEqual(live.unanswered_count, 1)

    def test_a_new_message_starts_a_case_beside_the_history(self):
        self.receive_history(self.chunk(self.old(1), progress=100))
        self.publish()
        history = self.conversation()
        self.receive(self.message("I am back"), names={CUSTOMER: "Ana"})
        live = self.conversation()
        self.assertFalse(live.is_history)
        self.assertEqual(live.contact_id, history.contact_id)
        self.assertEqual(history.partner_id, live.partner_id)
        self.assertEqual(self.chat().author_id, live.partner_id)
        self.assertFalse(self.can_reopen(history))
        shown = Store().add(history).get_result()["wa.conversation"][0]
        self.assertTrue(shown["is_history"])

    def can_reopen(self, history):
        return self.call(self.agent, history, "action_reopen") is not None

    def test_poison_stands_alone(self):
        messages = [self.old(number) for number in range(40)]
        poison = self.old(17, id="wamid.POISON")
        self.env.cr.execute(
            "ALTER TABLE wa_message ADD CONSTRAINT test_poison "
            "CHECK (wamid IS DISTINCT FROM 'wamid.POISON')"
        )
        messages[17] = poison
        with mute_logger(_LOGGER, "odoo.sql_db"):
            event = self.receive_history(self.chunk(*messages, progress=100))
        self.publish()
        self.assertEqual(event.state, "failed")
        self.assertIn("messages[17]", event.error)
        self.assertEqual(len(self.texts()), 39)
        self.env.cr.execute("ALTER TABLE wa_message DROP CONSTRAINT test_poison")
        event.action_replay()
        self.drain()
        self.publish()
        self.assertEqual(event.state, "done")
        self.assertEqual(self.texts(), [f"Old {place}" for place in range(40)])

    def test_a_business_that_shares_nothing(self):
        errors = [
            {
                "code": 2593109,
                "title": "History sync is turned off by the business",
                "error_data": {"details": "History sharing is turned off"},
            }
        ]
        event = self.receive_history(self.history({"errors": errors}))
        self.assertEqual(event.state, "done")
        self.assertEqual(self.number.history_state, "declined")
        notice = self.env["wa.notice"].search([])
        self.assertEqual(notice.wa_channel_id, self.number)
        self.assertIn("were not shared", notice.title)

    def test_a_thousand_messages_cost_no_more_queries_per_message(self):
        customers = [f"2010000000{number:02}" for number in range(20)]

        def body(first, count):
            return self.history(
                *[
                    {
                        "metadata": {"phase": 1, "chunk_order": 1, "progress": 60},
                        "threads": [
                            {
                                "id": customer,
                                "messages": [
                                    self.old(number, customer)
                                    for number in range(first, first + count)
                                ],
                            }
                        ],
                    }
                    for customer in customers
                ]
            )

        self.receive_history(body(0, 1))
        self.receive_history(body(1, 1))
        for first, count, queries in ((10, 5, 24), (100, 50, 39)):
            self.post_webhook(body(first, count))
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(queries):
                self.drain()
        self.assertEqual(self.env["wa.message"].search_count([("origin", "=", "history")]), 20 * 57)
        self.number.history_progress = 100
        self.publish()
        self.assertEqual(len(self.texts(customers[3])), 57)

    def test_manager_asks_for_contacts_and_chats_of_the_phone_app(self):
        self.number.with_user(self.manager).action_request_history()
        asked = [body["sync_type"] for _, path, body in self.graph.calls if "smb_app" in path]
        self.assertEqual(asked, ["smb_app_state_sync", "history"])

    def test_refused_import_says_why(self):
        self.graph.fail_next(2593107, message="too late", path="smb_app_data")
        with self.assertRaisesRegex(UserError, "too late"):
            self.number.with_user(self.manager).action_request_history()
        self.assertFalse(
            self.can(lambda: self.number.with_user(self.agent).action_request_history())
        )
