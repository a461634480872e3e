import time

from lxml import html

from odoo.tests import tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestPaging(WhatsappCase):
    """A chat is read page by page in the order of WhatsApp's time, whenever messages arrived."""

    def setUp(self):
        super().setUp()
        now = int(time.time())
        # nine seconds in disorder; two messages share each of them
        for second in (3, 8, 1, 6, 0, 7, 2, 5, 4):
            at = str(now - 3600 + second)
            self.receive(self.message(f"{second}a", timestamp=at))
            self.receive(self.message(f"{second}b", timestamp=at))
        self.chat = self.conversation().discuss_channel_id
        self.expected = [f"{second}{letter}" for second in range(9) for letter in "ab"]

    def page(self, **fetch_params):
        """Return the texts of a page, oldest first, and the ids of its first and last message."""
        answer = self.rpc(
            self.agent,
            "/discuss/channel/messages",
            channel_id=self.chat.id,
            fetch_params=fetch_params,
        )
        messages = self.env["mail.message"].browse(answer["messages"][::-1])
        texts = [html.fromstring(str(message.body)).text_content() for message in messages]
        return texts, messages.ids[:1], messages.ids[-1:]

    def test_back_through_the_time(self):
        seen, oldest = [], [None]
        while oldest:
            texts, oldest, _newest = self.page(limit=5, before=oldest[0])
            seen = texts + seen
        self.assertEqual(seen, self.expected)

    def test_forward_through_the_time(self):
        start = self.page(limit=30)[1][0]
        seen, newest = [], [start]
        while newest:
            texts, _oldest, newest = self.page(limit=5, after=newest[0])
            seen += texts
        self.assertEqual(seen, self.expected[1:])

    def test_around_a_message(self):
        middle = self.env["mail.message"].search(
            [("res_id", "=", self.chat.id), ("body", "ilike", "4b")], limit=1
        )
        texts, _oldest, _newest = self.page(limit=6, around=middle.id)
        self.assertEqual(texts, ["3b", "4a", "4b", "5a", "5b", "6a"])

    def test_search_still_finds(self):
        texts, _oldest, _newest = self.page(limit=30, search_term="7")
        self.assertCountEqual(texts, ["7a", "7b"])

    def test_what_does_not_exist_any_more_is_no_error(self):
        gone = self.env["mail.message"].create({"body": "x"})
        gone_id = gone.id
        gone.unlink()
        self.assertEqual(self.page(limit=30, around=gone_id)[0][-1], "8b")

    def test_a_history_that_arrived_unread_stays_above_what_was_read(self):
        last_id = self.chat._wa_last_message_id()
        # the id after the last one belongs to no message of this chat
        self.env["mail.message"].create({"body": "elsewhere"})
        self.receive(self.message("old", timestamp=str(int(time.time()) - 7200)))
        self.receive(self.message("new"))
        texts, _oldest, _newest = self.page(limit=60, around=last_id + 1)
        self.assertEqual(texts, ["old", *self.expected, "new"])
        texts, _oldest, _newest = self.page(limit=4, around=last_id + 1)
        self.assertEqual(texts, ["8a", "8b", "new"])

    def test_nothing_was_read_yet(self):
        self.assertEqual(self.page(limit=4, around=0)[0], ["0a", "0b"])
