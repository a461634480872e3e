import base64
import json

from odoo import Command
from odoo.addons.whatsapp_helpdesk.cloud_api.templates import read
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PNG
from .template_case import TemplateCase
from .test_templates import TEMPLATES


@tagged("post_install", "-at_install")
class TestTemplateCompose(TemplateCase):
    """The dialog that sends a template, from a chat and from records."""

    def compose(self, record, user=None):
        """Return the form of the dialog, as a user opens it for a record."""
        user = user or self.agent
        action = record.with_user(user).env["wa.template"]._compose_action(record)
        wizards = self.env["wa.template.compose"].with_user(user)
        return Form(wizards.with_context(**action["context"]))

    def compose_in(self, chat, user=None, template=None):
        user = user or self.agent
        action = chat.with_user(user).action_compose_template(template and template.id)
        wizards = self.env["wa.template.compose"].with_user(user)
        return Form(wizards.with_context(**action["context"]))

    def write_note(self, form, text="Thanks"):
        with form.line_ids.edit(0) as line:
            line.text = text

    # === CHOOSING === #

    def test_the_chat_offers_one_entry_per_template_in_the_customers_language(self):
        chat = self.open_chat().with_user(self.agent)
        (entry,) = chat.get_usable_templates()
        self.assertEqual((entry["id"], entry["name"]), (self.english.id, "order_ready"))
        self.assertEqual(entry["why"], "English (United States), the customer's language")
        self.assertIn("is ready", entry["body"])
        self.assertTrue(entry["asks"])
        chat.sudo().partner_id.lang = "ar_001"
        (entry,) = chat.get_usable_templates()
        self.assertEqual((entry["id"], entry["language"]), (self.arabic.id, "ar"))
        self.assertEqual(entry["why"], "Arabic, the customer's language")
        self.arabic.status = "paused"
        (entry,) = chat.get_usable_templates()
        self.assertEqual(entry["id"], self.english.id)
        self.assertIn("no variant in the customer's language (Arabic", entry["why"])

    def test_the_search_looks_at_names_and_texts_of_all_languages(self):
        chat = self.open_chat().with_user(self.agent)
        for words, found in (("order ready", 1), ("جاهز", 1), ("is READY", 1), ("sofa", 0)):
            with self.subTest(words):
                self.assertEqual(len(chat.get_usable_templates(words)), found)

    def test_only_what_can_be_sent_is_offered(self):
        chat = self.open_chat().with_user(self.agent)
        offer = self.new_template("offer", model=None, category="marketing", body="Sofas for less")
        self.new_template("products", model=None, body="See these").write(
            {"button_ids": [Command.create({"kind": "mpm", "text": "View"})]}
        )
        draft = self.new_template("draft", model=None, body="Not yet seen by anybody")
        draft.status = "pending"
        edited = self.new_template("edited", model=None, body="Approved in other words")
        edited.has_local_edits = True
        names = {entry["name"] for entry in chat.get_usable_templates()}
        self.assertEqual(names, {"order_ready", "offer"})
        chat.sudo().contact_id.marketing_opt_out = True
        names = {entry["name"] for entry in chat.get_usable_templates()}
        self.assertEqual(names, {"order_ready"})
        self.assertNotIn(offer.name, names)

    def test_who_may_not_answer_is_offered_nothing(self):
        chat = self.open_chat()
        for user in (self.outsider, self.employee):
            for method in ("get_usable_templates", "action_compose_template"):
                with self.subTest(user.login, method=method), self.assertRaises(AccessError):
                    getattr(chat.with_user(user), method)()

    # === ONE RECORD === #

    def test_a_customer_who_never_wrote_gets_the_template_from_the_order(self):
        form = self.compose(self.order)
        self.assertEqual(form.partner_id, self.partner)
        self.assertEqual(form.wa_channel_id, self.number)
        form.template_id = self.english
        self.assertEqual(form.variant_id, self.english)
        self.assertIn("note", form.problems)
        self.write_note(form)
        self.assertFalse(form.problems)
        self.assertIn(f"order {self.order.name} is ready. Thanks", form.preview["body"])
        wizard = form.save()
        action = wizard.action_send()
        self.assertIn("Mona", action["params"]["message"])
        wizard.action_send()
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["template"]["name"], "order_ready")
        chat = self.conversation()
        self.assertEqual(self.our_messages(chat)._source(), self.order)
        self.assertEqual(chat.link_ids.sale_order_id, self.order)
        self.assertEqual(chat.user_id, self.agent)

    def test_the_language_is_the_customers_and_can_be_changed(self):
        self.partner.lang = "ar_001"
        form = self.compose(self.order)
        form.template_id = self.english
        self.assertEqual(form.variant_id, self.arabic)
        self.assertEqual(form.language_note, "Arabic, the customer's language")
        self.assertEqual(form.preview["direction"], "rtl")
        self.write_note(form, "شكرا")
        form.variant_id = self.english
        self.assertIn("Your choice", form.language_note)
        self.assertIn("Hello Mona", form.preview["body"])
        self.assertIn("شكرا", form.preview["body"])
        form.variant_id = self.arabic
        form.save().action_send()
        self.send()
        (sent,) = self.graph.sent()
        self.assertEqual(sent["template"]["language"], {"code": "ar"})

    def test_problems_are_named_before_anything_leaves(self):
        self.partner.phone = False
        form = self.compose(self.order)
        form.template_id = self.english
        self.write_note(form)
        self.assertIn("no phone number", form.problems)
        wizard = form.save()
        with self.assertRaisesRegex(UserError, "no phone number"):
            wizard.action_send()
        self.partner.phone = "+20 100 123 4567"
        self.english.status = "paused"
        with self.assertRaisesRegex(UserError, "not approved"):
            wizard.action_send()
        self.assertFalse(self.conversation())

    def test_who_has_no_number_to_write_from_cannot_send(self):
        for user in (self.agent, self.outsider):
            with self.subTest(user.login):
                self.order.user_id = user
                form = self.compose(self.order, user)
                number = self.number if user == self.agent else self.other_number
                self.assertEqual(form.wa_channel_id, number)
        self.support.member_ids.unlink()
        form = self.compose(self.order, self.outsider)
        self.assertFalse(form.wa_channel_id)
        self.assertIn("from any number", form.problems)
        with self.assertRaises(UserError):
            form.save().action_send()
        with self.assertRaises(AccessError):
            self.env["wa.template.compose"].with_user(self.employee).create([{}])

    def test_a_record_of_another_company_is_written_to_from_its_numbers(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        self.agent.company_ids += branch
        order = self.order.copy({"company_id": branch.id, "user_id": self.agent.id})
        both = {"allowed_company_ids": [self.env.company.id, branch.id]}
        for record, number in ((self.order, self.number), (order, self.number.browse())):
            action = self.env["wa.template"]._compose_action(record)
            wizards = self.env["wa.template.compose"].with_user(self.agent)
            form = Form(wizards.with_context(**action["context"], **both))
            with self.subTest(record.company_id.name):
                self.assertEqual(form.wa_channel_id, number)

    def test_the_chat_can_be_opened_instead(self):
        self.assertFalse(self.compose(self.order).has_chat)
        chat = self.open_chat()
        form = self.compose(self.order)
        self.assertTrue(form.has_chat)
        action = form.save().action_open_chat()
        self.assertEqual(action["params"]["chats"][0]["id"], chat.id)

    def test_a_record_that_the_user_may_not_read_tells_nothing(self):
        self.order.user_id = self.colleague
        form = self.compose(self.order)
        self.assertFalse(form.partner_id)
        self.assertFalse(form.preview)
        self.assertIn("no customer", form.problems)

    def test_who_writes_first_reopens_the_case_but_no_ticket(self):
        chat = self.open_chat()
        stages = self.env["helpdesk.ticket.stage"]
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Late",
                "description": "Late",
                "stage_id": stages.search([("closed", "=", True)])[0].id,
            }
        )
        chat._link(ticket)
        self.sales.reopens_ticket = True
        chat._move_to("closed")
        self.assertTrue(ticket.closed)
        form = self.compose(self.order)
        form.template_id = self.english
        self.write_note(form)
        form.save().action_send()
        self.assertEqual(self.our_messages(chat).template_id, self.english)
        self.assertNotEqual(chat.state, "closed")
        self.assertTrue(ticket.closed)
        self.assertNotIn("wrote again", str(ticket.message_ids.mapped("body")))

    # === FROM THE CHAT === #

    def test_the_chat_takes_the_values_from_what_it_is_about(self):
        chat = self.open_chat()
        self.close_window(chat)
        form = self.compose_in(chat, template=self.english)
        self.assertFalse(form.document)
        self.assertIn("Choose what it is about", form.problems)
        chat._link(self.order)
        form = self.compose_in(chat, template=self.english)
        self.assertEqual(form.document, f"sale.order,{self.order.id}")
        self.write_note(form)
        wizard = form.save()
        wizard.action_send()
        wizard.action_send()
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)

    def test_a_document_of_another_customer_stays_out_of_the_chat(self):
        chat = self.open_chat()
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        form = self.compose_in(chat, template=self.english)
        form.document = f"sale.order,{self.new_order(stranger).id}"
        self.write_note(form)
        self.assertIn("is not", form.problems)
        form.document = f"sale.order,{self.order.id}"
        self.assertFalse(form.problems)

    def test_templates_about_the_customer_need_no_document(self):
        greeting = self.new_template("greeting", "res.partner", body="Hello {{name}}, welcome!")
        greeting.variable_ids.write({"source": "field", "field_path": "name"})
        chat = self.open_chat()
        form = self.compose_in(chat, template=greeting)
        self.assertEqual(form.document, f"res.partner,{chat.partner_id.id}")
        self.assertFalse(form.problems)
        self.assertIn("Hello Mona", form.preview["body"])
        form.save().action_send()
        self.send()
        self.assertEqual(self.graph.sent()[0]["template"]["name"], "greeting")

    def test_a_place_is_asked_for(self):
        place = self.new_template("place", None, header_format="location", body="We are here!")
        form = self.compose_in(self.open_chat(), template=place)
        self.assertTrue(form.asks_place)
        self.assertEqual(form.problems, "“Place” is empty: fill it in.")
        form.position = "30.0444, 31.2357"
        self.assertIn("name and the address", form.problems)
        form.place_name, form.place_address = "Showroom", "12 Nile Street"
        self.assertFalse(form.problems)
        form.save().action_send()
        self.send()
        (sent,) = self.graph.sent()
        (header,) = sent["template"]["components"]
        self.assertEqual(header["parameters"][0]["location"]["name"], "Showroom")

    def test_the_end_of_an_offer_is_asked_for(self):
        data = json.loads((TEMPLATES / "spring_offer__limited_time.json").read_text())
        theirs = read.template(data)
        values = self.env["wa.template"]._content_values(theirs)
        offer = self.new_template("spring", None, **values)
        form = self.compose_in(self.open_chat(), template=offer)
        self.assertTrue(form.asks_end)
        form.offer_ends_at = "2020-01-01 00:00:00"
        self.assertIn("has passed", form.problems)
        form.offer_ends_at = "2040-01-01 00:00:00"
        self.assertNotIn("End of the offer", form.problems)
        self.assertEqual(form.preview["offer"]["ends_at"], 2208988800000)

    def test_what_is_missing_stands_in_the_preview(self):
        plain = self.new_template("plain", None, body="Hello {{1}}, until {{2}}!")
        plain.write({"parameter_format": "positional"})
        plain.variable_ids.sample = "Nobody"
        form = self.compose_in(self.open_chat(), template=plain)
        self.assertIn("Hello {{1}}, until {{2}}!", form.preview["body"])
        self.assertIn("“{{1}}” is empty", form.problems)
        self.write_note(form, "Mona")
        self.assertIn("Hello Mona, until {{2}}!", form.preview["body"])

    # === WHERE IT OPENS === #

    def test_the_dialog_opens_by_itself_where_only_templates_are_taken(self):
        order = self.order.with_user(self.agent)
        action = order.action_wa_open_chat()
        self.assertEqual(action["res_model"], "wa.template.compose")
        self.assertEqual(action["context"]["default_res_ids"], self.order.ids)
        chat = self.open_chat()
        self.assertEqual(order.action_wa_open_chat()["tag"], "whatsapp_helpdesk.open_chat")
        self.close_window(chat)
        for record in (order, self.partner.with_user(self.agent)):
            action = record.action_wa_open_chat()
            if record == order:
                self.assertEqual(action["res_model"], "wa.template.compose")
            else:
                # There is no template about customers.
                self.assertEqual(action["tag"], "whatsapp_helpdesk.open_chat")

    def test_who_may_only_read_opens_the_chat(self):
        chat = self.open_chat()
        self.close_window(chat)
        self.sales.member_ids.filtered(lambda m: m.user_id == self.agent).role = "viewer"
        action = self.order.with_user(self.agent).action_wa_open_chat()
        self.assertEqual(action["tag"], "whatsapp_helpdesk.open_chat")
        seller = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.employee.group_ids += seller
        action = self.order.with_user(self.employee).action_wa_open_chat()
        self.assertEqual(action["tag"], "display_notification")

    def test_a_chat_with_a_colleague_of_the_customer_goes_on(self):
        company = self.env["res.partner"].create({"name": "Hotel", "is_company": True})
        chat = self.open_chat()
        chat.partner_id.parent_id = company
        self.close_window(chat)
        order = self.new_order(company)
        chat._link(order)
        action = order.with_user(self.agent).action_wa_open_chat()
        self.assertEqual(action["context"]["default_conversation_id"], chat.id)
        wizards = self.env["wa.template.compose"].with_user(self.agent)
        form = Form(wizards.with_context(**action["context"]))
        form.template_id = self.english
        self.assertEqual(form.document, f"sale.order,{order.id}")

    # === THE FILE ABOVE THE TEXT === #

    def test_the_file_is_asked_for_and_leaves_by_id(self):
        picture = self.new_template("picture", None, header_format="image", body="Look at this!")
        form = self.compose_in(self.open_chat(), template=picture)
        self.assertTrue(form.asks_file)
        self.assertIn("Choose the file", form.problems)
        form.file = base64.b64encode(b"%PDF-1.4 a price list")
        self.assertIn("cannot stand above the text", form.problems)
        form.file = base64.b64encode(PNG)
        self.assertFalse(form.problems)
        wizard = form.save()
        wizard.file_name = "sofa.png"
        self.assertEqual(wizard.preview["header"]["filename"], "sofa.png")
        wizard.action_send()
        self.send()
        (sent,) = self.graph.sent()
        header = next(c for c in sent["template"]["components"] if c["type"] == "header")
        self.assertTrue(header["parameters"][0]["image"]["id"])
        file = self.our_messages(self.conversation()).attachment_id
        self.assertEqual((file.name, file.res_model), ("sofa.png", "discuss.channel"))

    def test_the_pdf_of_the_order_goes_along(self):
        offer = self.new_template("offer", header_format="document", body="Here is your offer.")
        offer.variable_ids.source = "report"
        form = self.compose(self.order)
        form.template_id = offer
        self.assertFalse(form.asks_file)
        self.assertIn(self.order.name, form.file_note)
        self.assertFalse(form.problems)
        wizard = form.save().with_context(force_report_rendering=True)
        wizard.action_send()
        file = self.our_messages(self.conversation()).attachment_id
        self.assertTrue(file.raw.startswith(b"%PDF"))
