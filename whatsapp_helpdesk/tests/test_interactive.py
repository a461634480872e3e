from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_links import OTHER_CUSTOMER, LinkCase


@tagged("post_install", "-at_install")
class TestInteractive(LinkCase):
    """Agents send buttons, lists, links, requests and products inside the window."""

    def dialog(self, kind="buttons", user=None, **values):
        """Return the dialog, opened as the chat does it."""
        chat = self.chat.with_user(user or self.agent)
        action = chat.action_compose_interactive()
        model = self.env[action["res_model"]].with_user(user or self.agent)
        return model.with_context(**action["context"]).create([{"kind": kind} | values])

    def options(self, *titles, **values):
        """Return the commands of the choices of a dialog."""
        return [Command.clear(), *(Command.create({"title": t} | values) for t in titles)]

    def sent(self, dialog):
        """Send what a dialog holds; return Meta's JSON of it and our message."""
        dialog.action_send()
        self.send()
        message = self.our_messages(self.chat)[-1]
        self.assertEqual((message.state, message.message_type), ("sent", "interactive"))
        (payload,) = self.graph.sent()[-1:]
        self.assertEqual(payload["type"], "interactive")
        return payload["interactive"], message

    # === KINDS === #

    def test_buttons_leave_and_their_tap_comes_back(self):
        dialog = self.dialog(
            body="When shall we *deliver*?",
            header="Your sofa",
            footer="Shop",
            option_ids=self.options("Morning", "Evening"),
        )
        payload, message = self.sent(dialog)
        self.assertEqual(payload["type"], "button")
        self.assertEqual(payload["body"], {"text": "When shall we *deliver*?"})
        self.assertEqual(payload["header"], {"type": "text", "text": "Your sofa"})
        replies = [button["reply"] for button in payload["action"]["buttons"]]
        self.assertEqual([reply["title"] for reply in replies], ["Morning", "Evening"])
        self.assertEqual(message.content["kind"], "buttons")
        self.assertIn("<strong>deliver</strong>", self.shown(message)["wa_content"]["html"])
        tap = self.message(
            type="interactive",
            context={"id": message.wamid},
            interactive={"type": "button_reply", "button_reply": replies[1]},
        )
        self.receive(tap)
        self.follow_answers()
        answer = self.chat.wa_message_ids.sorted("id")[-1]
        self.assertEqual((answer.reply_to_id, answer.answer_state), (message, "done"))
        self.assertEqual(answer.content["title"], "Evening")
        self.assertEqual(answer.mail_message_id.parent_id, message.mail_message_id)

    def test_a_list_has_sections(self):
        rows = [
            {"title": "Sofa", "section": "Living room", "description": "Three seats"},
            {"title": "Bed", "section": "Bedroom"},
            {"title": "Armchair", "section": "Living room"},
        ]
        dialog = self.dialog(
            "list",
            body="What is it about?",
            list_button="Choose",
            option_ids=[Command.clear(), *(Command.create(row) for row in rows)],
        )
        payload, message = self.sent(dialog)
        living, bedroom = payload["action"]["sections"]
        self.assertEqual((living["title"], bedroom["title"]), ("Living room", "Bedroom"))
        self.assertEqual([row["title"] for row in living["rows"]], ["Sofa", "Armchair"])
        self.assertEqual(living["rows"][0]["description"], "Three seats")
        tap = {"id": bedroom["rows"][0]["id"], "title": "Bed"}
        self.receive(
            self.message(
                type="interactive",
                context={"id": message.wamid},
                interactive={"type": "list_reply", "list_reply": tap},
            )
        )
        self.follow_answers()
        self.assertEqual(self.chat.wa_message_ids.sorted("id")[-1].reply_to_id, message)

    def test_a_link_and_a_request(self):
        dialog = self.dialog(
            "cta_url", body="Find us", label="Open the map", url="https://shop.example/map"
        )
        payload, _message = self.sent(dialog)
        self.assertEqual(
            payload["action"]["parameters"],
            {"display_text": "Open the map", "url": "https://shop.example/map"},
        )
        payload, _message = self.sent(self.dialog("location_request", body="Where to deliver?"))
        self.assertEqual(payload["action"], {"name": "send_location"})

    def test_products_need_a_catalogue(self):
        sofa, bed = self.env["product.product"].create(
            [
                {"name": "Sofa", "default_code": "INTERACTIVE-SOFA"},
                {"name": "Bed", "default_code": "INTERACTIVE-BED"},
            ]
        )
        dialog = self.dialog("product", product_ids=sofa.ids)
        self.assertFalse(dialog.has_catalog)
        with self.assertRaisesRegex(UserError, "Catalogue"):
            dialog.action_send()
        self.number.catalog_uid = "777"
        payload, message = self.sent(self.dialog("product", product_ids=sofa.ids))
        self.assertEqual(
            payload["action"],
            {"catalog_id": "777", "product_retailer_id": "INTERACTIVE-SOFA"},
        )
        self.assertEqual(message.content["product_name"], "Sofa")
        self.assertIn("Sofa", message.mail_message_id.body)
        dialog = self.dialog(
            "product", product_ids=(sofa | bed).ids, header="For you", body="New this week"
        )
        payload, message = self.sent(dialog)
        self.assertEqual(payload["type"], "product_list")
        (section,) = payload["action"]["sections"]
        self.assertEqual(len(section["product_items"]), 2)
        (shown,) = message.content["sections"]
        self.assertEqual(shown["product_names"]["INTERACTIVE-BED"], "Bed")

    # === LIMITS === #

    def test_limits_are_said_in_words_while_it_is_written(self):
        long_title = "Tomorrow in the morning at eight"
        for values, expected in (
            ({}, "Text: nothing is there yet."),
            (
                {"body": "x", "option_ids": self.options(long_title)},
                "Button 1: 32 characters, WhatsApp takes 20.",
            ),
            (
                {"body": "x", "option_ids": self.options("Yes", "Yes")},
                "Button 2: the same words are there already.",
            ),
            (
                {"body": "x", "option_ids": self.options("1", "2", "3", "4")},
                "Buttons: 4, WhatsApp takes 3.",
            ),
            (
                {"body": "x", "option_ids": self.options()},
                "Buttons: nothing is there yet.",
            ),
            (
                {"kind": "list", "body": "x", "option_ids": self.options(*map(str, range(11)))},
                "Choices: 11, WhatsApp takes 10.",
            ),
            (
                {
                    "kind": "list",
                    "body": "x",
                    "option_ids": self.options("a", description="d" * 73),
                },
                "Description of choice 1: 73 characters, WhatsApp takes 72.",
            ),
            (
                {"kind": "cta_url", "body": "x", "label": "Go", "url": "javascript:alert(1)"},
                "Address: links begin with https:// or http://.",
            ),
            (
                {"body": "😀" * 513, "option_ids": self.options("Yes")},
                "Text: 1026 characters, WhatsApp takes 1024.",
            ),
            (
                {"body": "x", "header": "h" * 61, "option_ids": self.options("Yes")},
                "Heading: 61 characters, WhatsApp takes 60.",
            ),
        ):
            with self.subTest(expected):
                dialog = self.dialog(**values)
                self.assertIn(expected, dialog.problems)
                with self.assertRaises(UserError):
                    dialog.action_send()
        self.assertFalse(self.our_messages(self.chat))

    def test_an_empty_list_is_said_once(self):
        dialog = self.dialog("list", body="x", option_ids=self.options())
        self.assertEqual(dialog.problems, "Choices: nothing is there yet.")

    def test_the_form_follows_what_is_typed(self):
        action = self.chat.with_user(self.agent).action_compose_interactive()
        model = self.env[action["res_model"]].with_user(self.agent)
        with Form(model.with_context(**action["context"])) as form:
            form.body = "Yes or *no*?"
            with form.option_ids.edit(0) as option:
                option.title = "Yes"
            self.assertFalse(form.problems)
            self.assertIn("<strong>no</strong>", form.preview["html"])
            self.assertEqual(form.preview["buttons"][0]["title"], "Yes")
            with form.option_ids.edit(1) as option:
                option.title = "No, thank you very much indeed"
            self.assertIn("Button 2", form.problems)

    def test_what_browsers_put_into_the_context_is_checked_too(self):
        for content in (
            {"kind": "buttons", "body": "x", "buttons": []},
            {"kind": "buttons"},
            {"kind": "list", "body": "x", "sections": "nonsense"},
            {"kind": "cta_url", "body": "x", "label": "Go", "url": "file:///etc/passwd"},
        ):
            with self.subTest(content), self.assertRaises(UserError):
                self.reply(self.chat, context={"whatsapp_content": content})
        self.assertFalse(self.our_messages(self.chat))

    # === WINDOW, RIGHTS, DOCUMENTS === #

    def test_only_inside_the_window(self):
        dialog = self.dialog(body="Yes?", option_ids=self.options("Yes"))
        self.chat.window_expires_at = fields.Datetime.now() - timedelta(seconds=1)
        with self.assertRaisesRegex(UserError, "24-hour window"):
            dialog.action_send()
        with self.assertRaisesRegex(UserError, "24-hour window"):
            self.chat.with_user(self.agent).action_compose_interactive()

    def test_who_may_not_answer_gets_no_dialog(self):
        for user in self.outsider | self.employee:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dialog(user=user)
        self.assertTrue(self.dialog(user=self.colleague))

    def test_dialogs_made_past_the_chat_send_nothing_either(self):
        values = {
            "conversation_id": self.chat.id,
            "body": "Yes?",
            "option_ids": self.options("Yes"),
        }
        for user in self.outsider | self.employee:
            with self.subTest(user.login):
                model = self.env["wa.conversation.interactive"].with_user(user)
                self.assertFalse(self.can(lambda m=model: m.create([values]).action_send()))
        self.assertFalse(self.our_messages(self.chat))

    def test_the_answer_is_noted_on_the_chosen_document(self):
        self.chat._link(self.ticket)
        dialog = self.dialog(
            body="Is it solved?",
            option_ids=self.options("Yes", "No"),
            link_id=self.chat.link_ids.id,
        )
        _payload, message = self.sent(dialog)
        self.assertEqual(message._source(), self.ticket)
        reply = {"type": "button_reply", "button_reply": {"id": "button-1", "title": "Yes"}}
        self.receive(
            self.message(type="interactive", context={"id": message.wamid}, interactive=reply)
        )
        self.follow_answers()
        self.assertIn("answered “Yes” by WhatsApp", self.notes(self.ticket))

    def test_a_place_that_was_asked_for_is_noted_too(self):
        self.chat._link(self.order)
        dialog = self.dialog(
            "location_request", body="Where to deliver?", link_id=self.chat.link_ids.id
        )
        _payload, message = self.sent(dialog)
        place = {"latitude": 30.04, "longitude": 31.23, "name": "Garden City"}
        self.receive(self.message(type="location", context={"id": message.wamid}, location=place))
        self.follow_answers()
        self.assertIn("Garden City", self.notes(self.order))

    def test_documents_of_other_chats_cannot_be_chosen(self):
        self.receive(self.message(sender=OTHER_CUSTOMER))
        other = self.conversation(OTHER_CUSTOMER)
        other._link(self.ticket)
        dialog = self.dialog(body="?", option_ids=self.options("Yes"), link_id=other.link_ids.id)
        with self.assertRaisesRegex(UserError, "linked to this chat"):
            dialog.action_send()

    def test_a_failed_one_is_sent_again_as_it_was(self):
        self.dialog(body="Yes?", option_ids=self.options("Yes")).action_send()
        self.graph.fail_next(131026)
        self.send()
        message = self.our_messages(self.chat)
        self.assertEqual(message.state, "failed")
        message.with_user(self.agent).action_retry()
        self.send()
        first, second = self.graph.sent()
        self.assertEqual(first["interactive"], second["interactive"])
