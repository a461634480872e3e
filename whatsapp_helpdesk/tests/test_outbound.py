from datetime import timedelta

from odoo import fields
from odoo.addons.whatsapp_helpdesk.cloud_api import limits
from odoo.exceptions import AccessError, UserError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import CUSTOMER, PNG, WEBP, WhatsappCase


@tagged("post_install", "-at_install")
class TestOutbound(WhatsappCase):
    """What agents post in a chat, and what of it goes into the outbox."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("Where is my sofa?"))
        self.chat = self.conversation()
        self.channel = self.chat.discuss_channel_id

    def assertNothingQueued(self):
        self.assertFalse(self.our_messages(self.chat))
        self.send()
        self.assertFalse(self.graph.calls)

    def assertRefused(self, error=UserError, naming="", **post):
        """Check that a post is refused with words and that nothing of it stays."""
        before = self.channel.message_ids
        with self.assertRaises(error) as caught, self.cr.savepoint():
            self.reply(self.chat, **post)
        self.assertIn(naming, str(caught.exception))
        self.assertEqual(self.channel.message_ids, before)
        self.assertNothingQueued()

    def post_over_http(self, user, **post_data):
        """Post as the composer does."""
        self.authenticate(user.login, user.login)
        post = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        return self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "discuss.channel",
                "thread_id": self.channel.id,
                "post_data": post | post_data,
            },
        )

    # === WHAT LEAVES === #

    def test_reply_reaches_the_customer(self):
        self.reply(self.chat, "<p>It <b>is</b>.</p>")
        message = self.our_messages(self.chat)
        self.assertEqual(message.state, "queued")
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(payload["to"], f"+{CUSTOMER}")
        self.assertEqual(payload["text"]["body"], "It *is*.")
        self.assertEqual(payload["biz_opaque_callback_data"], message.uuid)
        self.assertNotIn("context", payload)
        self.assertEqual((message.state, message.author_user_id), ("sent", self.agent))
        self.assertTrue(message.wamid)

    def test_composer_posts_over_http(self):
        answer = self.post_over_http(self.agent, body="<p>It &lt;is&gt; here</p>")
        message = self.our_messages(self.chat)
        self.assertEqual(message.body, "It <is> here")
        (shown,) = answer["store_data"]["mail.message"]
        self.assertEqual(shown["id"], message.mail_message_id.id)
        self.assertEqual(
            [shown[name] for name in ("wa_message_id", "wa_direction", "wa_state", "wa_type")],
            [message.id, "outbound", "queued", "text"],
        )
        self.assertEqual(message.mail_message_id.message_type, "whatsapp_message")

    def test_image_is_uploaded_and_sent_with_its_caption(self):
        attachment = self.attach()
        self.reply(self.chat, "This <i>one</i>", attachment_ids=attachment.ids)
        self.send()
        self.assertEqual(self.graph.count("/media"), 1)
        self.assertIn(PNG, next(data for _, path, data in self.graph.calls if "/media" in path))
        (payload,) = self.graph.sent()
        self.assertEqual(payload["type"], "image")
        self.assertEqual(payload["image"]["caption"], "This _one_")
        self.assertTrue(payload["image"]["id"].startswith("uploaded"))
        self.assertEqual(self.our_messages(self.chat).state, "sent")
        self.assertEqual((attachment.res_model, attachment.public), ("discuss.channel", False))

    def test_two_images_are_two_messages_the_first_with_the_caption(self):
        attachments = self.attach() | self.attach(PNG + b"\0", "chair.png")
        self.reply(self.chat, "Both", attachment_ids=attachments.ids)
        self.send()
        self.assertEqual(self.graph.count("/media"), 2)
        captions = [payload["image"].get("caption") for payload in self.graph.sent()]
        self.assertEqual(captions, ["Both", None])
        self.assertEqual(len(self.our_messages(self.chat).mail_message_id), 1)

    def test_quoted_message_travels_as_context(self):
        question = self.chat.wa_message_ids
        self.reply(self.chat, parent_id=question.mail_message_id.id)
        self.assertEqual(self.our_messages(self.chat).reply_to_id, question)
        self.send()
        self.assertEqual(self.graph.sent()[0]["context"], {"message_id": question.wamid})

    def test_message_of_another_customer_is_not_quoted(self):
        self.receive(self.message("secret", sender="4915112345678"))
        secret = self.conversation("4915112345678").wa_message_ids
        self.reply(self.chat, parent_id=secret.mail_message_id.id)
        self.send()
        self.assertNotIn("context", self.graph.sent()[0])

    def test_posting_as_whatsapp_message_goes_the_same_way(self):
        self.channel.with_user(self.agent).message_post(
            body="Hello", message_type="whatsapp_message", subtype_xmlid="mail.mt_note"
        )
        message = self.our_messages(self.chat)
        self.assertEqual((message.state, message.body), ("queued", "Hello"))
        self.assertFalse(message.mail_message_id.is_internal)
        self.assertEqual(message.mail_message_id.subtype_id, self.env.ref("mail.mt_comment"))

    # === WHAT STAYS === #

    def test_notes_and_notifications_never_leave(self):
        for post in (
            {"message_type": "comment", "subtype_xmlid": "mail.mt_note"},
            {"message_type": "comment", "subtype_id": self.env.ref("mail.mt_note").id},
            {"message_type": "comment"},
            {"message_type": "notification", "subtype_xmlid": "mail.mt_comment"},
            {},
        ):
            with self.subTest(post):
                note = self.channel.with_user(self.agent).message_post(body="secret", **post)
                self.assertNotEqual(note.message_type, "whatsapp_message")
                self.assertNothingQueued()
        self.assertFalse(self.chat.user_id)
        self.assertEqual(self.chat.unanswered_count, 1)

    def test_note_over_http_stays_inside(self):
        self.post_over_http(self.agent, subtype_xmlid="mail.mt_note")
        self.assertNothingQueued()

    def test_rolled_back_post_sends_nothing(self):
        class Oops(Exception):
            pass

        with self.assertRaises(Oops), self.cr.savepoint():
            self.reply(self.chat)
            raise Oops
        self.assertNothingQueued()

    def test_sent_message_cannot_be_changed(self):
        message = self.reply(self.chat)
        self.authenticate(self.agent.login, self.agent.login)
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request(
                "/mail/message/update_content",
                {"message_id": message.id, "update_data": {"body": "other"}},
            )
        self.assertIn("Good morning", message.body)

    # === WHAT IS REFUSED === #

    def test_those_who_cannot_read_the_chat_cannot_post(self):
        for user in (self.outsider, self.employee):
            for post in ({}, {"subtype_xmlid": "mail.mt_note"}):
                with self.subTest(user.login, **post), mute_logger("odoo.http"):
                    with self.assertRaises(JsonRpcException):
                        self.post_over_http(user, **post)
            with self.subTest(user.login):
                self.assertRefused(AccessError, user=user)

    def test_closed_window_refuses_with_the_reason(self):
        for closed_at in (fields.Datetime.now() - timedelta(seconds=1), False):
            with self.subTest(closed_at):
                self.chat.window_expires_at = closed_at
                self.assertRefused(naming="24-hour window")
        self.channel.with_user(self.agent).message_post(
            body="note", message_type="comment", subtype_xmlid="mail.mt_note"
        )

    def test_limits_of_whatsapp_are_named(self):
        too_long = "x" * (limits.TEXT_PARTS * limits.TEXT_BODY + 1)
        big_sticker = self.attach(WEBP + bytes(limits.STICKER_BYTES), "big.webp")
        stickers = {"context": {"whatsapp_sticker": True}}
        for case, (post, naming) in {
            "long text": ({"body": too_long}, "40960"),
            "long caption": ({"body": "x" * 1025, "attachment_ids": self.attach().ids}, "1024"),
            "big sticker": (stickers | {"attachment_ids": big_sticker.ids}, "0.10 MB"),
            "empty file": ({"attachment_ids": self.attach(b"", "a.png").ids}, "a.png is empty"),
            "one bad of two": (
                stickers | {"attachment_ids": (self.attach() | big_sticker).ids},
                "big.webp",
            ),
            "empty": ({"body": "<p> <br/></p>"}, "empty"),
        }.items():
            with self.subTest(case):
                self.assertRefused(naming=naming, **post)

    def test_file_beyond_every_limit_is_refused_with_both_sizes(self):
        size = limits.DOCUMENT_BYTES + limits.MEGABYTE
        film = self.attach(bytes(size), "film.mp4", mimetype="video/mp4")
        self.assertRefused(naming="film.mp4 has 101.0 MB", attachment_ids=film.ids)
        self.assertRefused(naming="takes 100.0 MB", attachment_ids=film.ids)

    def test_longest_text_is_taken(self):
        self.reply(self.chat, "😀" * (limits.TEXT_BODY // 2))
        self.send()
        self.assertEqual(self.our_messages(self.chat).state, "sent")

    def test_foreign_files_cannot_be_sent(self):
        foreign = self.attach(user=self.manager, name="salaries.png")
        with self.assertRaises(AccessError):
            self.channel.with_user(self.agent).message_post(
                body="mine?",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachment_ids=foreign.ids,
            )
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.post_over_http(self.agent, attachment_ids=foreign.ids)
        self.assertNothingQueued()

    # === WHAT IT MEANS FOR THE CONVERSATION === #

    def test_who_answers_first_has_the_conversation(self):
        self.reply(self.chat)
        self.assertEqual((self.chat.user_id, self.chat.state), (self.agent, "in_progress"))
        self.assertEqual(self.chat.unanswered_count, 0)
        self.assertEqual(self.chat.last_message_preview, "Good morning")
        self.reply(self.chat, user=self.colleague)
        self.assertEqual(self.chat.user_id, self.agent)

    def test_answer_reopens_a_closed_conversation(self):
        self.chat._move_to("closed")
        self.reply(self.chat)
        self.assertEqual((self.chat.user_id, self.chat.state), (self.agent, "in_progress"))
