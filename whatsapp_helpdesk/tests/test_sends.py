import json

from odoo.addons.whatsapp_helpdesk.work import receipts
from odoo.tests import tagged

from .common import MOVING_WEBP, SAMPLES, WEBP, WhatsappCase
from .recordings import tone

SENDS = SAMPLES.parent / "sends"
BSUID = "EG.20000000000000000002"
PLACE = {
    "kind": "location",
    "latitude": 30.0444,
    "longitude": 31.2357,
    "name": "Showroom",
    "address": "12 Nile Street",
    "url": "",
}
CARD = {
    "name": "Mona Said",
    "phones": [{"number": "+20 100 123 4567", "wa_id": "201001234567", "type": "WORK"}],
    "emails": ["mona@example.com"],
    "organisation": "Ideal Wood",
    "title": "Sales",
    "urls": [],
    "addresses": [],
    "birthday": "",
}


@tagged("post_install", "-at_install")
class TestSends(WhatsappCase):
    """Every call that says something to a customer, as `samples/sends` has it."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        self.receive(self.message("Where is my sofa?", id="wamid.QUESTION"))
        self.chat = self.conversation()
        self.question = self.chat.wa_message_ids

    def assertSent(self, sample):
        """Send what is queued and compare the only call with its sample."""
        self.graph.calls.clear()
        self.send()
        self._run(receipts)
        (payload,) = self.graph.sent()
        if "biz_opaque_callback_data" in payload:
            message = self.chat.wa_message_ids.sorted("id")[-1]
            self.assertEqual(payload["biz_opaque_callback_data"], message.uuid)
            payload["biz_opaque_callback_data"] = "<our id>"
        content = payload.get(payload.get("type"))
        if isinstance(content, dict) and "id" in content:
            self.assertTrue(content["id"].startswith("uploaded"))
            content["id"] = "<media id>"
        self.assertEqual(payload, json.loads((SENDS / f"{sample}.json").read_text()))

    def post(self, body="", **options):
        self.reply(self.chat, body, **options)

    def post_file(self, name, mime_type, content=b"content", body="", **options):
        file = self.attach(content, name, mimetype=mime_type)
        self.post(body, attachment_ids=file.ids, **options)
        return file

    def test_texts(self):
        self.post("<p>It is <b>on the way</b>:</p><p>https://example.com/track</p>")
        self.assertSent("text__plain")
        self.post("Tomorrow", parent_id=self.question.mail_message_id.id)
        self.assertSent("text__quoting")
        self.post("طلبك رقم <b>S00042</b> في الطريق")
        self.assertSent("text__arabic")

    def test_files(self):
        self.post_file("sofa.png", "image/png", body="The blue one")
        self.assertSent("image__with_caption")
        self.post_file("sofa.jpg", "image/jpeg")
        self.assertSent("image__without_caption")
        self.post_file("tour.mp4", "video/mp4", body="Our showroom")
        self.assertSent("video__with_caption")
        self.post_file("jingle.mp3", "audio/mpeg")
        self.assertSent("audio__file")
        self.post_file("عرض سعر.pdf", "application/pdf", body="Our offer")
        self.assertSent("document__with_caption")

    def test_voice_note(self):
        file = self.attach(tone("mp3", "libmp3lame"), "Voice.mp3", mimetype="audio/mpeg")
        file.sudo()._set_voice_metadata()
        self.post(attachment_ids=file.ids)
        self.assertSent("audio__voice")

    def test_stickers(self):
        for name, content in (("still", WEBP), ("animated", MOVING_WEBP)):
            context = {"whatsapp_sticker": True}
            self.post_file("a.webp", "image/webp", content, context=context)
            self.assertSent(f"sticker__{name}")

    def test_place_and_cards(self):
        self.post(context={"whatsapp_content": PLACE})
        self.assertSent("location__place")
        nameless = PLACE | {"name": "", "address": ""}
        self.post(context={"whatsapp_content": nameless})
        self.assertSent("location__position")
        cards = {"kind": "contacts", "requested": False, "cards": [CARD]}
        self.post(context={"whatsapp_content": cards})
        self.assertSent("contacts__card")

    def test_reactions(self):
        chat = self.chat.with_user(self.agent)
        chat._react(self.question, "👍")
        self.assertSent("reaction__added")
        chat._react(self.question, "")
        self.assertSent("reaction__removed")

    def test_receipts(self):
        self.chat.with_user(self.agent).action_mark_read()
        self.assertSent("receipt__read")
        self.chat.with_user(self.agent).action_typing()
        self.assertSent("receipt__typing")

    def test_customer_without_a_phone_number(self):
        contact = self.chat.contact_id
        contact.write({"wa_id": False, "bsuid": BSUID})
        self.post("أهلاً")
        self.assertSent("text__bsuid_only")

    def test_every_sample_is_compared(self):
        source = (SENDS.parents[1] / "test_sends.py").read_text()
        for path in SENDS.glob("*.json"):
            kind, variant = path.stem.split("__")
            self.assertTrue(path.stem in source or f"{kind}__{{name}}" in source, variant)
