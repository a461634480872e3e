from pathlib import Path

from odoo.addons.whatsapp_helpdesk.cloud_api import limits
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MOVING_WEBP, PNG, WEBP, WhatsappCase
from .recordings import tone

BSUID = "EG.20000000000000000002"
PLACE = {
    "kind": "location",
    "latitude": 30.0444,
    "longitude": 31.2357,
    "name": "Showroom",
    "address": "12 Nile Street",
    "url": "",
}


@tagged("post_install", "-at_install")
class TestOutboundKinds(WhatsappCase):
    """Every kind of message that agents send, as Meta gets it."""

    def setUp(self):
        super().setUp()
        self.receive(self.message("Where is my sofa?"))
        self.chat = self.conversation()

    def sent(self, body="", *, user=None, context=None, **post):
        """Post, send, and return the payloads that Meta got."""
        self.graph.calls.clear()
        self.reply(self.chat, body, user=user, context=context, **post)
        self.send()
        return self.graph.sent()

    def file(self, name, mime_type, content=b"content", **values):
        return self.attach(content, name, mimetype=mime_type, **values)

    def voice(self, recording):
        """Return what the composer's recorder leaves behind."""
        file = self.file("Voice.mp3", "audio/mpeg", recording)
        file.sudo()._set_voice_metadata()
        return file

    def heard(self):
        """Return the words that were shown to the agent in the corner of the screen."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        return rows.mapped("message")

    # === FILES === #

    def test_each_type_of_file_is_the_kind_that_phones_show_best(self):
        for name, mime_type, kind in (
            ("a.png", "image/png", "image"),
            ("a.jpg", "image/jpeg", "image"),
            ("a.mp4", "video/mp4", "video"),
            ("a.mp3", "audio/mpeg", "audio"),
            ("a.m4a", "audio/x-m4a", "audio"),
            ("عرض.pdf", "application/pdf", "document"),
            ("a.webp", "image/webp", "document"),
            ("a.gif", "image/gif", "document"),
            ("a.wav", "audio/wav", "document"),
            ("a.zip", "application/zip", "document"),
        ):
            with self.subTest(name):
                (payload,) = self.sent(attachment_ids=self.file(name, mime_type).ids)
                self.assertEqual(payload["type"], kind)
                expected = {"id": payload[kind]["id"]}
                if kind == "document":
                    expected["filename"] = name
                self.assertEqual(payload[kind], expected)
                self.assertTrue(payload[kind]["id"].startswith("uploaded"))
                message = self.our_messages(self.chat)[-1]
                self.assertEqual((message.message_type, message.state), (kind, "sent"))

    def test_caption_goes_with_the_first_file_that_shows_one(self):
        song, film = self.file("a.mp3", "audio/mpeg"), self.file("a.mp4", "video/mp4")
        audio, video = self.sent("Look", attachment_ids=(song | film).ids)
        self.assertEqual((audio["type"], video["video"]["caption"]), ("audio", "Look"))

    def test_text_goes_ahead_of_files_that_show_none(self):
        song = self.file("a.mp3", "audio/mpeg")
        text, audio = self.sent("<b>Listen</b>", attachment_ids=song.ids)
        self.assertEqual((text["text"]["body"], audio["type"]), ("*Listen*", "audio"))
        messages = self.our_messages(self.chat)
        self.assertEqual(len(messages.mail_message_id), 1)
        self.assertIn("<strong>Listen</strong>", messages.mail_message_id.body)

    def test_large_picture_goes_as_a_document_and_the_agent_is_told(self):
        photo = self.attach(PNG + bytes(limits.IMAGE_BYTES), "photo.png")
        (payload,) = self.sent("See", attachment_ids=photo.ids)
        self.assertEqual(payload["document"]["filename"], "photo.png")
        self.assertEqual(payload["document"]["caption"], "See")
        self.assertIn("photo.png", "".join(self.heard()))

    def test_sticker_only_if_somebody_says_so(self):
        for content, is_animated in ((WEBP, False), (MOVING_WEBP, True)):
            sticker = self.file("a.webp", "image/webp", content)
            (payload,) = self.sent(attachment_ids=sticker.ids, context={"whatsapp_sticker": True})
            self.assertEqual(payload["sticker"].keys(), {"id"})
            message = self.our_messages(self.chat)[-1]
            self.assertEqual(message.content, {"kind": "sticker", "animated": is_animated})

    def test_recording_of_the_composer_becomes_a_voice_note(self):
        recording = self.voice(tone("mp3", "libmp3lame"))
        (payload,) = self.sent(attachment_ids=recording.ids)
        self.assertIs(payload["audio"]["voice"], True)
        (upload,) = [body for _, path, body in self.graph.calls if path.endswith("/media")]
        self.assertIn(b'filename="Voice.ogg"', upload)
        self.assertIn(b"Content-Type: audio/ogg; codecs=opus", upload)
        self.assertIn(b"OpusHead", upload)
        message = self.our_messages(self.chat)
        self.assertEqual(message.content, {"kind": "audio", "voice": True})

    @mute_logger("odoo.addons.whatsapp_helpdesk.work.voice")
    def test_recording_that_cannot_be_converted_goes_as_a_sound(self):
        (payload,) = self.sent(attachment_ids=self.voice(b"ID3 no real sound").ids)
        self.assertEqual(payload["audio"].keys(), {"id"})
        message = self.our_messages(self.chat)
        self.assertEqual(message.content, {"kind": "audio", "voice": False})

    def test_file_that_is_gone_fails_without_a_call(self):
        file = self.file("a.pdf", "application/pdf", b"soon gone")
        self.reply(self.chat, "", attachment_ids=file.ids)
        Path(file._full_path(file.sudo().store_fname)).unlink()
        self.send()
        message = self.our_messages(self.chat)
        self.assertEqual(message.state, "failed")
        self.assertIn("file store", message.error_message)
        self.assertFalse(self.graph.sent())

    def test_one_of_three_files_is_refused_and_only_that_is_sent_again(self):
        files = [self.file(f"{number}.pdf", "application/pdf") for number in range(3)]
        self.reply(self.chat, "Offers", attachment_ids=[file.id for file in files])
        first, second, third = self.our_messages(self.chat)
        self.graph.answer_next(200, {"messages": [{"id": "wamid.FIRST"}]})
        self.graph.fail_next(131053, details="Cannot read the file")
        self.send()
        self.assertEqual([m.state for m in (first, second, third)], ["sent", "failed", "sent"])
        shown = self.shown(second)
        self.assertEqual((shown["wa_state"], shown["wa_message_id"]), ("failed", second.id))
        self.assertEqual(
            [(part["id"], part["state"]) for part in shown["wa_parts"]],
            [(first.id, "sent"), (second.id, "failed"), (third.id, "sent")],
        )
        self.assertIn("could not use the file", shown["wa_parts"][1]["error"]["message"])
        self.graph.calls.clear()
        second.with_user(self.agent).action_retry()
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(payload["document"]["filename"], "1.pdf")
        self.assertEqual(self.graph.count("/media"), 1)
        self.assertEqual(self.shown(first)["wa_state"], "sent")

    # === LONG TEXTS === #

    def test_long_text_becomes_messages_in_order(self):
        paragraphs = [f"<p>{letter * 3000}</p>" for letter in "abc"]
        payloads = self.sent("<p><br></p>".join(paragraphs))
        self.assertEqual([p["text"]["body"] for p in payloads], [x * 3000 for x in "abc"])
        messages = self.our_messages(self.chat)
        self.assertEqual(messages.mapped("state"), ["sent"] * 3)
        self.assertEqual(len(messages.mail_message_id), 1)
        self.assertEqual(self.chat.unanswered_count, 0)

    def test_only_the_first_of_several_quotes(self):
        question = self.chat.wa_message_ids
        payloads = self.sent("ab " * 2000, parent_id=question.mail_message_id.id)
        self.assertEqual(
            [p.get("context") for p in payloads], [{"message_id": question.wamid}, None]
        )

    # === PLACES AND CARDS === #

    def wizard(self, kind, user=None):
        chat = self.chat.with_user(user or self.agent)
        action = getattr(chat, f"action_send_{kind}")()
        return (
            self.env[action["res_model"]].with_user(chat.env.user).with_context(**action["context"])
        )

    def test_place_from_the_dialog(self):
        with Form(self.wizard("location")) as form:
            form.name, form.address = "Showroom", "12 Nile Street"
            form.latitude, form.longitude = 30.0444, 31.2357
        form.record.action_send()
        self.send()
        (payload,) = self.graph.sent()
        self.assertEqual(
            payload["location"],
            {
                "latitude": "30.0444",
                "longitude": "31.2357",
                "name": "Showroom",
                "address": "12 Nile Street",
            },
        )
        message = self.our_messages(self.chat)
        self.assertEqual((message.message_type, message.content), ("location", PLACE))
        self.assertEqual(self.shown(message)["wa_content"], PLACE)
        self.assertIn("maps.google.com", message.body)
        self.assertIn("Showroom", message.mail_message_id.body)
        self.assertEqual(self.chat.user_id, self.agent)

    def test_place_from_a_link_or_from_an_address_book(self):
        with Form(self.wizard("location")) as form:
            form.position = "https://www.google.com/maps/@30.0444,31.2357,17z"
            self.assertEqual((form.latitude, form.longitude), (30.0444, 31.2357))
            form.partner_id = self.env["res.partner"].create(
                {
                    "name": "Branch Giza",
                    "street": "1 Pyramid Road",
                    "city": "Giza",
                    "partner_latitude": 29.9773,
                    "partner_longitude": 31.1325,
                }
            )
            self.assertEqual((form.latitude, form.longitude), (29.9773, 31.1325))
            self.assertEqual(form.name, "Branch Giza")
            self.assertEqual(form.address, "1 Pyramid Road, Giza")

    def test_place_without_a_position_is_not_sent(self):
        with Form(self.wizard("location")) as form:
            form.name = "Showroom"
            form.position = "the old town"
        with self.assertRaisesRegex(UserError, "position"):
            form.record.action_send()

    def test_place_that_is_not_on_earth(self):
        with Form(self.wizard("location")) as form:
            form.latitude, form.longitude = 91, 0
        with self.assertRaisesRegex(UserError, "latitudes"):
            form.record.action_send()

    def test_cards_from_the_dialog_without_what_is_private(self):
        company = self.env["res.partner"].create({"name": "Ideal Wood", "is_company": True})
        mona, branch = self.env["res.partner"].create(
            [
                {
                    "name": "Mona Said",
                    "parent_id": company.id,
                    "function": "Sales",
                    "phone": "+20 100 123 4567",
                    "email": "mona@example.com",
                },
                {"name": "Branch Giza", "is_company": True, "phone": "+20 2 3333 4444"},
            ]
        )
        with Form(self.wizard("contact")) as form:
            form.partner_ids.add(mona)
            form.partner_ids.add(branch)
        email = form.record.line_ids.filtered(lambda line: line.kind == "email")
        email.unlink()
        form.record.action_send()
        self.send()
        (payload,) = self.graph.sent()
        by_name = {card["name"]["formatted_name"]: card for card in payload["contacts"]}
        self.assertEqual(
            by_name["Mona Said"],
            {
                "name": {
                    "formatted_name": "Mona Said",
                    "first_name": "Mona",
                    "last_name": "Said",
                },
                "phones": [{"phone": "+20 100 123 4567", "type": "WORK", "wa_id": "201001234567"}],
                "org": {"company": "Ideal Wood", "title": "Sales"},
            },
        )
        self.assertEqual(by_name["Branch Giza"]["phones"][0]["phone"], "+20 2 3333 4444")
        self.assertNotIn("wa_id", by_name["Branch Giza"]["phones"][0])
        message = self.our_messages(self.chat)
        self.assertEqual(message.content["kind"], "contacts")
        self.assertIn("Mona Said", message.mail_message_id.body)

    def test_content_that_is_none(self):
        for content in ({"kind": "hologram"}, {"kind": "location"}, {"kind": "contacts"}, "x"):
            with self.subTest(str(content)), self.assertRaises(UserError):
                self.sent(context={"whatsapp_content": content})

    def test_place_sent_again_is_the_same(self):
        self.reply(self.chat, "", context={"whatsapp_content": PLACE})
        self.graph.fail_next(131026)
        self.send()
        self.our_messages(self.chat).with_user(self.agent).action_retry()
        self.send()
        first, second = self.graph.sent()
        self.assertEqual(first["location"], second["location"])

    # === WHO AND TO WHOM === #

    def test_nothing_leaves_while_another_responder_has_the_thread(self):
        self.chat.handled_by = "ai_agent"
        for act in (
            lambda: self.sent("Hello"),
            lambda: self.wizard("location"),
            lambda: self.chat.with_user(self.agent)._react(self.chat.wa_message_ids, "👍"),
        ):
            with self.assertRaisesRegex(UserError, "handed back"):
                act()
        self.assertFalse(self.our_messages(self.chat))

    def test_dialogs_are_for_those_who_may_answer(self):
        for user in (self.outsider, self.employee):
            for kind in ("location", "contact"):
                with self.subTest(user.login, kind=kind), self.assertRaises(AccessError):
                    self.wizard(kind, user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.place(user)
        self.sales.member_ids.filtered(lambda m: m.user_id == self.colleague).role = "viewer"
        with self.assertRaises(AccessError):
            self.place(self.colleague).action_send()
        self.assertFalse(self.our_messages(self.chat))

    def place(self, user):
        """Return the dialog that sends a place, made without opening it from the chat."""
        return (
            self.env["wa.conversation.send.location"]
            .with_user(user)
            .create({"conversation_id": self.chat.id, "latitude": 1, "longitude": 1})
        )

    def test_customer_without_a_phone_number_gets_everything(self):
        self.receive(
            {
                "from_user_id": BSUID,
                "id": "wamid.HIDDEN",
                "timestamp": self.message()["timestamp"],
                "type": "text",
                "text": {"body": "مرحبا"},
            }
        )
        contact = self.env["wa.contact"].search([("bsuid", "=", BSUID)])
        self.assertFalse(contact.phone)
        self.chat = contact.conversation_ids
        payloads = [
            *self.sent("أهلا"),
            *self.sent(attachment_ids=self.attach().ids),
            *self.sent(context={"whatsapp_content": PLACE}),
        ]
        self.assertEqual([p["type"] for p in payloads], ["text", "image", "location"])
        for payload in payloads:
            self.assertEqual(payload["recipient"], BSUID)
            self.assertNotIn("to", payload)
