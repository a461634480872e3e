import time

from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestCalls(WhatsappCase):
    """A call is a line in the chat; a missed one waits for an answer."""

    def call(self, event, **changes):
        return {
            "id": "wacid.1",
            "from": CUSTOMER,
            "to": "15550001111",
            "event": event,
            "direction": "USER_INITIATED",
            "timestamp": str(int(time.time())),
        } | changes

    def ring(self, *calls):
        body = self.webhook()
        change = body["entry"][0]["changes"][0]
        change["field"] = "calls"
        change["value"] |= {"calls": list(calls)}
        self.assertEqual(self.post_webhook(body).status_code, 200)
        self.drain()

    def line(self):
        return self.env["wa.message"].search([("wamid", "=", "wacid.1")])

    def test_missed_call_waits_for_an_answer_and_opens_the_window(self):
        self.ring(self.call("connect"))
        self.assertEqual(self.line().content["status"], "ringing")
        self.ring(self.call("terminate", status="FAILED"))
        self.assertEqual(self.line().content["status"], "missed")
        self.assertEqual(self.conversation().unanswered_count, 1)
        self.assertEqual(self.conversation().window_state, "open")

    def test_finished_call_says_how_long_it_was(self):
        now = int(time.time())
        end = self.call(
            "terminate",
            status="COMPLETED",
            start_time=str(now - 75),
            end_time=str(now),
            duration=75,
        )
        self.ring(end)
        self.ring(self.call("connect"))
        self.assertEqual(self.line().content["status"], "finished")
        self.assertEqual(self.line().content["seconds"], 75)
        self.assertFalse(self.conversation().unanswered_count)

    def test_same_news_twice_is_one_missed_call(self):
        end = self.call("terminate", status="FAILED")
        self.ring(end)
        self.ring(end, self.call("connect"))
        self.assertEqual(len(self.line()), 1)
        self.assertEqual(self.conversation().unanswered_count, 1)
