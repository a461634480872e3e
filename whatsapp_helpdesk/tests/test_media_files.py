import io
from datetime import datetime

from PIL import Image, WebPImagePlugin

from odoo.addons.whatsapp_helpdesk.cloud_api import sniff
from odoo.tests import tagged

from .recordings import tone
from .test_media import MEDIA_UID, MediaCase

HTML = b"<html><script>parent.alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(file_format, size=(2400, 1200), **options):
    """Return a picture as a phone would make it."""
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, file_format, **options)
    return written.getvalue()


def animation():
    """Return a sticker that moves."""
    first, second = (Image.new("RGBA", (512, 512), color) for color in ("red", "blue"))
    written = io.BytesIO()
    first.save(written, "WEBP", save_all=True, append_images=[second], duration=200)
    return written.getvalue()


# Odoo takes few formats into Pillow, this one not.
assert WebPImagePlugin.WebPImageFile.format in Image.SAVE


@tagged("post_install", "-at_install")
class TestMediaFiles(MediaCase):
    """What customers' files are stored as, and who gets them."""

    def fetch_file(self, content, kind="document", **told):
        """Let a customer send this file, and return the attachment."""
        self.graph.files[MEDIA_UID] = content
        media = self.receive_media(kind, **told)
        self.fetch()
        self.assertEqual(media.state, "done", media.error)
        return media.attachment_id

    def download(self, user, attachment, route="/web/content/{id}"):
        """Ask for a file over HTTP, as a user or as a visitor."""
        self.authenticate(user and user.login, user and user.login)
        return self.url_open(route.format(id=attachment.id), allow_redirects=False)

    def test_type_is_what_the_bytes_are(self):
        for content, announced, expected in (
            (picture("JPEG", (8, 8)), "image/png", "image/jpeg"),
            (b"%PDF-1.7", "image/jpeg", "application/pdf"),
            (tone("ogg", "libopus"), "audio/ogg; codecs=opus", "audio/ogg"),
            (b"a;b\n1;2\n", "text/csv", "text/csv"),
        ):
            with self.subTest(announced):
                attachment = self.fetch_file(content, mime_type=announced)
                self.assertEqual(attachment.mimetype, expected)

    def test_active_content_is_never_run_by_the_browser(self):
        for content, announced, name in (
            (HTML, "text/html", "offer.html"),
            (HTML, "image/jpeg", "sofa.jpg"),
            (SVG, "image/svg+xml", "logo.svg"),
            (b"<?xml version='1.0'?><x/>", "application/xhtml+xml", "x.xhtml"),
            (b"alert(1)", "application/javascript", "x.js"),
        ):
            with self.subTest(announced):
                attachment = self.fetch_file(content, mime_type=announced, filename=name)
                answer = self.download(self.agent, attachment)
                self.assertEqual(answer.content, content)
                self.assertEqual(answer.headers["Content-Type"].partition(";")[0], "text/plain")
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_only_who_may_read_the_chat_gets_the_file(self):
        attachment = self.fetch_file(picture("JPEG"), kind="image")
        routes = ("/web/content/{id}", "/web/image/{id}", "/web/image/{id}/128x128")
        for route in routes:
            for user in (self.agent, self.colleague, self.manager):
                answer = self.download(user, attachment, route)
                self.assertEqual(answer.headers["Content-Type"], "image/jpeg", user.login)
            for user in (self.outsider, self.employee, None):
                with self.subTest(route, user=user and user.login):
                    answer = self.download(user, attachment, route)
                    self.assertNotEqual(answer.content, attachment.raw)
                    self.assertNotEqual(answer.headers.get("Content-Type"), "image/jpeg")

    def test_pictures_and_stickers_have_small_versions_and_stay_as_they_came(self):
        for kind, content, mime_type in (
            ("image", picture("JPEG"), "image/jpeg"),
            ("image", picture("PNG"), "image/png"),
            ("sticker", picture("WEBP", (512, 512)), "image/webp"),
            ("sticker", animation(), "image/webp"),
        ):
            with self.subTest(kind, mime_type=mime_type, size=len(content)):
                attachment = self.fetch_file(content, kind=kind, mime_type=mime_type)
                self.assertEqual(attachment.raw, content)
                answer = self.download(self.agent, attachment, "/web/image/{id}/128x128")
                small = Image.open(io.BytesIO(answer.content))
                self.assertEqual(answer.headers["Content-Type"], mime_type)
                self.assertLessEqual(max(small.size), 512)
                self.assertEqual(
                    sniff.is_animated_webp(answer.content), sniff.is_animated_webp(content)
                )

    def test_voice_notes_get_the_player(self):
        recording = tone("ogg", "libopus")
        note = self.fetch_file(recording, "audio", mime_type="audio/ogg; codecs=opus", voice=True)
        self.assertTrue(note.voice_ids)
        song = self.fetch_file(recording, "audio", mime_type="audio/ogg")
        self.assertFalse(song.voice_ids)

    def test_names(self):
        self.env.company.partner_id.tz = "Africa/Cairo"
        for kind, told, expected in (
            ("document", {"filename": "فاتورة.pdf"}, "فاتورة.pdf"),
            ("document", {"filename": "../../../etc/passwd"}, "passwd.pdf"),
            ("document", {"filename": "sofa\u202egpj.exe"}, "sofagpj.exe"),
            ("audio", {"voice": True}, "voice note 2026-01-05 12.31.pdf"),
            ("video", {}, "video 2026-01-05 12.31.pdf"),
        ):
            with self.subTest(kind, **told):
                media = self.receive_media(kind, **told)
                media.message_id.sent_at = datetime(2026, 1, 5, 10, 31)
                self.graph.files[MEDIA_UID] = b"%PDF-1.7"
                self.fetch()
                self.assertEqual(media.attachment_id.name, expected)
