import base64
import hashlib
import io
import json
from datetime import timedelta

from odoo import fields
from odoo.addons.whatsapp_helpdesk.cloud_api import limits
from odoo.addons.whatsapp_helpdesk.cloud_api.contents import ApiNotice, Media
from odoo.addons.whatsapp_helpdesk.cloud_api.events import InboundMessage
from odoo.addons.whatsapp_helpdesk.work.calls import Fetched
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PNG, WhatsappCase

MEDIA_UID = "1010"
INFO, FILE = f"/v26.0/{MEDIA_UID}", f"/files/{MEDIA_UID}"
FETCH_LOGGER = "odoo.addons.whatsapp_helpdesk.work.fetch"


class MediaCase(WhatsappCase):
    """Customers' messages with files."""

    def setUp(self):
        super().setUp()
        self.graph.files.clear()

    def receive_media(self, kind="image", media_uid=MEDIA_UID, **told):
        """Let a customer send a file, and return its work item."""
        told = {"id": media_uid, "mime_type": "image/png"} | told
        self.receive(self.message(type=kind, text=None, **{kind: told}))
        return self.env["wa.media"].search([], limit=1)

    def shown_media(self, media):
        shown = self.shown(media.message_id)
        return shown["wa_media_state"], shown["wa_media_error"]

    def make_due(self, media):
        self.assertGreater(media.next_attempt_at, fields.Datetime.now() - timedelta(minutes=5))
        media.next_attempt_at = False


@tagged("post_install", "-at_install")
class TestMedia(MediaCase):
    """A customer's file: the message is there at once, the file follows."""

    def setUp(self):
        super().setUp()
        self.media = self.receive_media(caption="My *sofa*")
        self.chat_message = self.media.message_id.mail_message_id

    def shown_state(self):
        return self.shown_media(self.media)[0]

    def test_message_is_there_before_its_file_and_without_asking_meta(self):
        self.assertFalse(self.graph.calls)
        self.assertEqual(self.media.state, "pending")
        self.assertIn("<strong>sofa</strong>", self.chat_message.body)
        self.assertEqual(self.shown(self.media.message_id)["wa_type"], "image")
        self.assertEqual(self.shown_media(self.media), ("pending", ""))

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
        self.assertEqual(self.shown_media(self.media), ("done", ""))
        self.assertEqual(self.shown(self.media.message_id)["attachment_ids"], attachment.ids)

    def test_browsers_hear_what_the_file_is(self):
        self.env.cr.precommit.run()
        last = self.env["bus.bus"]._bus_last_id()
        self.graph.files[MEDIA_UID] = PNG
        self.fetch()
        self.env.cr.precommit.run()
        heard = [("id", ">", last), ("message", "like", "ir.attachment")]
        (row,) = self.env["bus.bus"].search(heard)
        (file,) = json.loads(row.message)["payload"]["ir.attachment"]
        self.assertEqual(file["id"], self.chat_message.attachment_ids.id)
        self.assertEqual(file["name"], self.chat_message.attachment_ids.name)
        self.assertEqual(file["mimetype"], "image/png")
        self.assertNotIn("ownership_token", file)

    def test_file_is_fetched_once_whoever_asks(self):
        self.graph.files[MEDIA_UID] = PNG
        for agent in (self.agent, self.colleague):
            self.media.with_user(agent).action_retry()
            self.fetch()
        self.assertEqual(self.graph.count(FILE), 1)
        self.assertEqual(len(self.chat_message.attachment_ids), 1)

    def test_two_agents_who_press_the_button_cause_one_more_download(self):
        self.graph.fail_next(100, path=INFO)
        self.fetch()
        self.graph.files[MEDIA_UID] = PNG
        for agent in (self.agent, self.colleague):
            self.media.with_user(agent).action_retry()
        self.fetch()
        self.fetch()
        self.assertEqual(self.graph.count(FILE), 1)

    def test_claimed_file_belongs_to_its_worker(self):
        (wanted,) = self.env["wa.media"]._claim(10)
        self.env.flush_all()
        self.assertFalse(self.env["wa.media"]._claim(10))
        self.assertEqual(self.media.state, "fetching")
        self.assertNotIn("EAAtesttoken", repr(wanted))

    def test_slow_download_outlives_its_lease_in_its_own_worker(self):
        self.env["wa.media"]._claim(10)
        self.make_due(self.media)
        self.env.flush_all()
        self.assertFalse(self.env["wa.media"]._claim(10, self.media.ids))
        self.assertTrue(self.env["wa.media"]._claim(10))

    def test_lost_worker_is_replaced_and_a_late_one_changes_nothing(self):
        self.graph.files[MEDIA_UID] = PNG
        self.env["wa.media"]._claim(10)
        self.make_due(self.media)
        self.fetch()
        attachment = self.media.attachment_id
        self.env["wa.media"]._store_result(Fetched(self.media.id, io.BytesIO(PNG), "image/png"))
        self.assertEqual(self.chat_message.attachment_ids, attachment)

    def test_trouble_at_meta_is_tried_again_later(self):
        self.graph.files[MEDIA_UID] = PNG
        self.graph.answer_next(500, path=INFO)
        self.fetch()
        self.assertEqual((self.media.state, self.media.attempts), ("pending", 1))
        self.make_due(self.media)
        self.graph.answer_next(0, path=FILE)
        self.fetch()
        self.assertEqual((self.media.state, self.media.attempts), ("pending", 2))
        self.make_due(self.media)
        self.fetch()
        self.assertEqual((self.media.state, self.media.error), ("done", False))

    def test_refused_token_waits_for_an_administrator(self):
        self.graph.fail_next(190, status=401, path=INFO)
        self.fetch()
        state, reason = self.shown_media(self.media)
        self.assertEqual(state, "pending")
        self.assertIn("administrator", reason)

    def test_file_is_not_fetched_before_its_time(self):
        self.media.next_attempt_at = fields.Datetime.now() + timedelta(hours=1)
        self.fetch()
        self.assertFalse(self.graph.calls)

    def test_expired_address_is_asked_for_again(self):
        self.fetch()
        self.assertEqual(self.media.state, "pending")
        self.make_due(self.media)
        self.graph.files[MEDIA_UID] = PNG
        self.fetch()
        self.assertEqual(self.media.state, "done")

    def test_file_that_is_gone_fails_visibly_and_can_be_tried_again(self):
        self.graph.fail_next(100, path=INFO)
        self.fetch()
        state, reason = self.shown_media(self.media)
        self.assertEqual(state, "failed")
        self.assertIn("no longer has the file", reason)
        self.graph.files[MEDIA_UID] = PNG
        self.media.with_user(self.agent).action_retry()
        self.fetch()
        self.assertEqual(self.shown_media(self.media), ("done", ""))

    def test_trouble_that_lasts_a_week_is_given_up(self):
        self.env.cr.execute(
            "UPDATE wa_media SET create_date = create_date - interval '8 days' WHERE id = %s",
            [self.media.id],
        )
        self.graph.answer_next(500, path=INFO)
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
                self.graph.answer_next(200, {"id": MEDIA_UID, "url": url}, path=INFO)
                self.fetch()
                self.assertEqual(self.media.state, "failed")
                self.assertIn("For safety", self.shown_media(self.media)[1])
                self.assertFalse(self.chat_message.attachment_ids)

    def test_size_is_checked_before_the_download(self):
        for size in (limits.INBOUND_MEDIA_BYTES + 1, str(limits.INBOUND_MEDIA_BYTES + 1)):
            with self.subTest(size):
                self.media.write({"state": "pending", "next_attempt_at": False})
                told = {"url": f"{self.graph.url}{FILE}", "file_size": size}
                self.graph.answer_next(200, told, path=INFO)
                self.fetch()
                self.assertEqual(self.shown_state(), "failed")
                self.assertIn("larger", self.shown_media(self.media)[1])
        self.assertEqual(self.graph.count(FILE), 0)

    def test_damaged_file_is_fetched_once_more_then_given_up(self):
        self.graph.files[MEDIA_UID] = PNG
        told = {
            "url": f"{self.graph.url}{FILE}",
            "sha256": hashlib.sha256(b"another file").hexdigest(),
        }
        self.graph.answer_next(200, told, path=INFO)
        self.fetch()
        self.assertEqual(self.media.state, "done")
        self.assertEqual(self.graph.count(FILE), 2)

        self.media.write({"state": "pending", "next_attempt_at": False})
        for _time in range(2):
            self.graph.answer_next(200, told, path=INFO)
        self.fetch()
        self.assertEqual(self.shown_state(), "failed")
        self.assertIn("damaged", self.shown_media(self.media)[1])
        self.assertEqual(self.graph.count(FILE), 4)

    def test_file_that_cannot_be_stored_does_not_hold_up_the_next_one(self):
        self.graph.files |= {MEDIA_UID: PNG, "1011": PNG}
        other = self.receive_media(media_uid="1011")
        self.env.cr.execute(
            "ALTER TABLE ir_attachment ADD CONSTRAINT wa_test CHECK (name NOT LIKE %s) NOT VALID",
            ["broken%"],
        )
        self.media.file_name = "broken.png"
        with mute_logger(FETCH_LOGGER, "odoo.sql_db"):
            self.fetch()
        self.assertEqual(other.state, "done")
        self.assertEqual(self.media.state, "pending")
        self.assertIn("could not be stored", self.shown_media(self.media)[1])


@tagged("post_install", "-at_install")
class TestMediaAddress(MediaCase):
    """Webhooks may bring the address of a file along."""

    def setUp(self):
        super().setUp()
        self.graph.files[MEDIA_UID] = PNG
        self.url = f"{self.graph.url}{FILE}"

    def age(self, media):
        self.env.cr.execute(
            "UPDATE wa_media SET create_date = create_date - interval '5 minutes' WHERE id = %s",
            [media.id],
        )
        media.invalidate_recordset()

    def test_fresh_address_is_used_without_asking(self):
        digest = base64.b64encode(hashlib.sha256(PNG).digest()).decode()
        media = self.receive_media(url=self.url, sha256=digest)
        self.fetch()
        self.assertEqual(media.state, "done")
        self.assertEqual([path for _method, path, _body in self.graph.calls], [FILE])

    def test_old_expired_or_foreign_address_is_asked_for_anew(self):
        old = self.receive_media(url=self.url)
        self.age(old)
        self.receive_media(media_uid="1010", url=f"{self.graph.url}/files/expired")
        self.receive_media(media_uid="1010", url="https://example.org/1010")
        self.fetch()
        self.assertEqual(set(self.env["wa.media"].search([]).mapped("state")), {"done"})
        self.assertEqual(self.graph.count(INFO), 3)

    def test_file_with_nothing_but_an_address_is_fetched(self):
        media = self.receive_media(media_uid="", url=self.url)
        self.age(media)
        self.fetch()
        self.assertEqual(media.state, "done")

    def test_file_whose_only_address_expired_is_lost(self):
        media = self.receive_media(media_uid="", url=f"{self.graph.url}/files/expired")
        self.fetch()
        state, reason = self.shown_media(media)
        self.assertEqual(state, "failed")
        self.assertIn("send it again", reason)

    def test_file_that_whatsapp_withholds_says_so_and_is_not_waited_for(self):
        message = self.receive_media().message_id
        for notices, expected in (((ApiNotice(131052),), "larger"), ((), "did not hand over")):
            with self.subTest(expected):
                event = InboundMessage(wamid="wamid.X", content=Media("video"), notices=notices)
                self.env["wa.media"]._order_files(message, [event])
                withheld = self.env["wa.media"].search([], limit=1)
                with self.assertRaises(UserError):
                    withheld.with_user(self.agent).action_retry()
                self.assertEqual(withheld.state, "failed")
                self.assertIn(expected, withheld._describe_error())
