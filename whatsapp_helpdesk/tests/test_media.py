from datetime import timedelta

from odoo import fields
from odoo.addons.whatsapp_helpdesk.work.calls import Fetched
from odoo.tests import tagged

from .common import PNG, WhatsappCase

MEDIA_UID = "1010"


@tagged("post_install", "-at_install")
class TestMedia(WhatsappCase):
    """A customer's file: the message is there at once, the file follows."""

    def setUp(self):
        super().setUp()
        self.started_at = fields.Datetime.now()
        image = {"id": MEDIA_UID, "mime_type": "image/png", "caption": "My *sofa*"}
        self.receive(self.message(type="image", image=image, text=None))
        self.media = self.env["wa.media"].search([])
        self.chat_message = self.media.message_id.mail_message_id

    def shown_state(self):
        return self.shown(self.media.message_id)["wa_media_state"]

    def make_due(self):
        self.assertGreater(self.media.next_attempt_at, self.started_at)
        self.media.next_attempt_at = False

    def test_message_is_there_before_its_file_and_without_asking_meta(self):
        self.assertFalse(self.graph.calls)
        self.assertEqual(self.media.state, "pending")
        self.assertIn("<strong>sofa</strong>", self.chat_message.body)
        self.assertEqual(self.shown(self.media.message_id)["wa_type"], "image")
        self.assertEqual(self.shown_state(), "pending")

    def test_file_becomes_a_private_attachment_of_the_chat_message(self):
        self.graph.files[MEDIA_UID] = PNG
        self.fetch()
        self.assertEqual(self.media.state, "done")
        attachment = self.chat_message.attachment_ids
        self.assertEqual(attachment, self.media.attachment_id)
        self.assertEqual((attachment.raw, attachment.mimetype), (PNG, "image/png"))
        self.assertFalse(attachment.public)
        self.assertFalse(attachment.access_token)
        self.assertEqual(attachment.res_model, "discuss.channel")
        self.assertEqual(
            attachment.res_id, self.media.message_id.conversation_id.discuss_channel_id.id
        )
        self.assertEqual(self.shown_state(), "done")
        self.assertEqual(self.shown(self.media.message_id)["attachment_ids"], attachment.ids)

    def test_file_is_fetched_once(self):
        self.graph.files[MEDIA_UID] = PNG
        self.fetch()
        self.fetch()
        self.assertEqual(self.graph.count(f"/files/{MEDIA_UID}"), 1)
        self.assertEqual(len(self.chat_message.attachment_ids), 1)

    def test_claimed_file_belongs_to_its_worker(self):
        (wanted,) = self.env["wa.media"]._claim(10)
        self.env.flush_all()
        self.assertFalse(self.env["wa.media"]._claim(10))
        self.assertEqual(self.media.state, "fetching")
        self.assertNotIn("EAAtesttoken", repr(wanted))

    def test_lost_worker_is_replaced_and_a_late_one_changes_nothing(self):
        self.graph.files[MEDIA_UID] = PNG
        self.env["wa.media"]._claim(10)
        self.make_due()
        self.fetch()
        attachment = self.media.attachment_id
        self.env["wa.media"]._store_result(Fetched(self.media.id, PNG, "image/png"))
        self.assertEqual(self.chat_message.attachment_ids, attachment)

    def test_trouble_at_meta_is_tried_again_later(self):
        self.graph.files[MEDIA_UID] = PNG
        self.graph.answer_next(500, path=f"/{MEDIA_UID}")
        self.fetch()
        self.assertEqual((self.media.state, self.media.attempts), ("pending", 1))
        self.make_due()
        self.graph.answer_next(0, path=f"/files/{MEDIA_UID}")
        self.fetch()
        self.assertEqual((self.media.state, self.media.attempts), ("pending", 2))
        self.make_due()
        self.fetch()
        self.assertEqual((self.media.state, self.media.error), ("done", False))

    def test_file_is_not_fetched_before_its_time(self):
        self.media.next_attempt_at = fields.Datetime.now() + timedelta(hours=1)
        self.fetch()
        self.assertFalse(self.graph.calls)

    def test_expired_address_is_asked_for_again(self):
        self.fetch()
        self.assertEqual(self.media.state, "pending")
        self.make_due()
        self.graph.files[MEDIA_UID] = PNG
        self.fetch()
        self.assertEqual(self.media.state, "done")

    def test_file_that_is_gone_fails_visibly_and_can_be_tried_again(self):
        self.graph.fail_next(100, path=f"/{MEDIA_UID}")
        self.fetch()
        self.assertEqual(self.media.state, "failed")
        self.assertTrue(self.media.error)
        self.assertEqual(self.shown_state(), "failed")
        self.graph.files[MEDIA_UID] = PNG
        self.media.with_user(self.agent).action_retry()
        self.fetch()
        self.assertEqual(self.media.state, "done")

    def test_trouble_that_lasts_a_week_is_given_up(self):
        self.env.cr.execute(
            "UPDATE wa_media SET create_date = create_date - interval '8 days' WHERE id = %s",
            [self.media.id],
        )
        self.graph.answer_next(500, path=f"/{MEDIA_UID}")
        self.fetch()
        self.assertEqual(self.media.state, "failed")

    def test_file_on_a_strangers_server_is_not_fetched(self):
        for url in (
            "http://127.0.0.1:9/internal",
            "https://facebook.com.example.org/x",
            "file:///etc/passwd",
        ):
            with self.subTest(url):
                self.media.write({"state": "pending", "next_attempt_at": False})
                self.graph.answer_next(200, {"id": MEDIA_UID, "url": url}, path=f"/{MEDIA_UID}")
                self.fetch()
                self.assertEqual(self.media.state, "failed")
                self.assertFalse(self.chat_message.attachment_ids)
