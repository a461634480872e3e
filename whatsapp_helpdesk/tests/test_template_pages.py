import base64

from odoo.tests import Form, tagged

from .common import PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestTemplatePages(WhatsappCase):
    """What administrators see while they write a template."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["wa.template"].create(
            {
                "account_id": cls.account.id,
                "name": "order_ready",
                "language": "en",
                "body": "Hello {{first_name}}, your order *{{number}}* is ready.",
                "model_id": cls.env.ref("base.model_res_partner").id,
            }
        )
        first_name, number = cls.template.variable_ids
        first_name.write({"sample": "Mona", "source": "field", "field_path": "name"})
        number.sample = "S00042"

    def texts(self, template):
        return [finding["text"] for finding in template.findings or []]

    def with_record(self, record):
        """The template in the form of a manager who chose a record for the preview."""
        template = self.template.with_user(self.manager)
        self.env.invalidate_all()
        return template.new({"preview_id": record.id}, origin=template)

    # === FINDINGS === #

    def test_good_template_has_no_finding(self):
        self.assertFalse(self.template.findings)

    def test_finding_says_where_what_why_and_what_to_do(self):
        self.template.body = "{{number}} is ready for you, thank you."
        (finding,) = self.template._findings()
        self.assertEqual(finding["level"], "error")
        self.assertEqual(finding["part"], "Text")
        self.assertEqual(finding["text"], "The text starts with the variable number.")
        self.assertIn("Meta refuses", finding["why"])
        self.assertIn("greeting", finding["advice"])

    def test_parts_and_kinds_are_named_for_people(self):
        self.template.button_ids = [
            (0, 0, {"kind": "quick_reply", "text": "Yes"}),
            (0, 0, {"kind": "phone_number", "text": "*Call*", "phone_number": "+201001234567"}),
            (0, 0, {"kind": "phone_number", "text": "Ring", "phone_number": "+201001234567"}),
        ]
        texts = self.texts(self.template)
        self.assertIn("There are 2 buttons of the kind Call a Number.", texts)
        self.assertIn("There is formatting (*) in “Button 2”.", texts)
        self.assertEqual(self.template._part_name("cards.0.body"), "Card 1: Text")

    def test_example_file_counts_before_it_is_uploaded(self):
        self.template.header_format = "image"
        self.assertIn("The header (Image) has no example file.", self.texts(self.template))
        self.template.header_sample_id = self.env["ir.attachment"].create(
            {"name": "shop.png", "raw": PNG}
        )
        self.assertFalse(self.template.findings)

    def test_an_empty_form_has_findings_and_no_fault(self):
        findings = self.env["wa.template"].new({})._findings()
        self.assertIn("The template has no name.", [finding["text"] for finding in findings])

    # === PREVIEW === #

    def test_examples_stand_in_for_values(self):
        preview = self.template._preview()
        self.assertEqual(preview["direction"], "ltr")
        self.assertEqual(
            preview["body"], "Hello Mona, your order <strong>S00042</strong> is ready."
        )
        self.assertFalse(preview["header"])
        given = self.template._preview({"body.number": "S7"})
        self.assertIn("<strong>S7</strong>", given["body"])

    def test_values_are_never_markup_of_the_page(self):
        preview = self.template._preview({"body.first_name": "<img src=x onerror=alert(1)>"})
        self.assertNotIn("<img", preview["body"])

    def test_arabic_is_shown_from_the_right(self):
        self.template.language = "ar_EG"
        self.assertEqual(self.template._preview()["direction"], "rtl")
        self.assertEqual(self.template._preview()["language"], "ar-EG")

    def test_header_shows_the_example_file_and_buttons_their_targets(self):
        file = self.env["ir.attachment"].create({"name": "shop.png", "raw": PNG})
        self.template.write(
            {
                "header_format": "image",
                "header_sample_id": file.id,
                "button_ids": [
                    (0, 0, {"kind": "copy_code", "sample": "SAVE"}),
                    (0, 0, {"kind": "url", "text": "Shop", "url": "https://shop.example"}),
                ],
            }
        )
        preview = self.template._preview()
        self.assertEqual(preview["header"]["url"], f"/web/image/{file.id}")
        self.assertEqual(preview["header"]["filename"], "shop.png")
        self.assertEqual(
            [(button["text"], button["target"]) for button in preview["buttons"]],
            [("Copy code", "SAVE"), ("Shop", "https://shop.example")],
        )

    def test_any_record_fills_in_the_preview(self):
        partner = self.env["res.partner"].create({"name": "Hoda"})
        draft = self.with_record(partner)
        self.assertIn("Hello Hoda", draft.preview["body"])
        with self.open_form() as form:
            form.preview_id = partner.id
            self.assertIn("Hello Hoda", form.preview["body"])
        self.assertEqual(draft.preview_problems, "")
        self.template.variable_ids[0].field_path = "email"
        draft = self.with_record(partner)
        self.assertIn("Hello Mona", draft.preview["body"])
        self.assertEqual(draft.preview_problems, "“first_name” is empty: fill it in.")

    def test_preview_shows_nothing_that_the_user_may_not_read(self):
        secret = self.env["res.partner"].create({"name": "Secret"})
        self.env["ir.rule"].create(
            {
                "name": "all but one",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {secret.id})]",
            }
        )
        draft = self.with_record(secret)
        self.assertIn("Hello Mona", draft.preview["body"])
        self.assertNotIn("Secret", draft.preview_problems)
        self.assertTrue(draft.preview_problems)

    # === FORM === #

    def open_form(self, template=None):
        """Open the form as the weakest user who writes templates."""
        return Form((template or self.template).with_user(self.manager))

    def test_variables_appear_while_the_text_is_written(self):
        with self.open_form() as form:
            form.body = (
                "Hello {{first_name}}, your order {{number}} over {{amount}} is ready for you."
            )
            self.assertEqual(len(form.variable_ids), 3)
            self.assertIn("The variable amount has no example.", self.texts(form))
            with form.variable_ids.edit(2) as row:
                self.assertEqual(row.title, "{{amount}}")
                row.sample = "100 EGP"
            self.assertFalse(form.findings)
            self.assertIn("100 EGP", form.preview["body"])
        self.assertEqual(
            self.template.variable_ids.mapped(lambda row: (row.key, row.sample)),
            [("body.first_name", "Mona"), ("body.number", "S00042"), ("body.amount", "100 EGP")],
        )

    def test_a_variable_taken_out_and_put_back_keeps_its_source(self):
        with self.open_form() as form:
            form.body = "Hello, your order *{{number}}* is ready."
            self.assertEqual(len(form.variable_ids), 1)
            form.body = "Hello {{first_name}}, your order *{{number}}* is ready."
        first_name = self.template.variable_ids[0]
        self.assertEqual(
            (first_name.source, first_name.field_path, first_name.sample),
            ("field", "name", "Mona"),
        )

    def test_a_new_template_is_written_without_technical_words(self):
        with Form(self.env["wa.template"].with_user(self.manager)) as form:
            form.account_id = self.account
            form.name = "delivery"
            form.language = "ar"
            form.applies_to = "sale.order"
            form.body = "مرحبًا، طلبك {{order}} في الطريق إليك."
            self.assertEqual(form.preview["direction"], "rtl")
            with form.variable_ids.edit(0) as row:
                row.source = "field"
                self.assertEqual(row.path_model, "sale.order")
                row.field_path = "name"
                row.sample = "S00042"
        template = form.record
        self.assertEqual(template.model, "sale.order")
        self.assertEqual(template.language_name, "Arabic")
        self.assertFalse(template.findings)

    def test_example_file_is_kept_with_the_template(self):
        self.template.with_user(self.manager).write(
            {
                "header_format": "image",
                "header_sample": base64.b64encode(PNG),
                "header_sample_name": "shop.png",
            }
        )
        self.assertFalse(self.template.findings)
        file = self.template.header_sample_id
        self.assertEqual((file.name, file.raw), ("shop.png", PNG))
        self.assertEqual((file.res_model, file.res_id), ("wa.template", self.template.id))
        self.assertTrue(file.with_user(self.manager).has_access("read"))

    def test_languages_have_names_and_those_of_the_database_come_first(self):
        found = self.env["wa.template"].with_user(self.manager).get_languages()
        installed = len(self.env["res.lang"].get_installed())
        self.assertIn(["en_US", "English (United States)"], found[:installed])
        self.assertIn(["ar_EG", "Arabic (Egypt)"], found[installed:])
        self.assertEqual(len(found), len({code for code, _name in found}))

    def test_supervisors_read_what_they_cannot_change(self):
        self.sales.member_ids.filtered(lambda m: m.user_id == self.supervisor).role = "supervisor"
        form = Form(self.template.with_user(self.supervisor))
        self.assertIn("Hello", form.preview["body"])

    def test_what_happened_to_it_stands_on_the_form_with_advice(self):
        template = self.template.with_user(self.manager)
        self.assertTrue(template.may_submit)
        template._mark_status("rejected", code="INVALID_FORMAT")
        form = self.open_form()
        self.assertIn("rejected", form.status_what)
        self.assertIn("examples", form.status_advice)
        self.assertTrue(form.may_submit)
        template._mark_status("pending")
        form = self.open_form()
        self.assertTrue(form.is_locked)
        self.assertFalse(form.may_submit)

    def test_what_meta_approved_is_not_found_fault_with_until_it_is_changed(self):
        self.template.write({"uid": "11", "kept_digest": self.template._content_digest()})
        self.template._mark_status("approved", tell=False)
        with self.open_form() as form:
            self.assertFalse(form.may_submit)
            form.body = "{{number}} is ready for you, thank you."
            self.assertTrue(form.may_submit)
            self.assertTrue(form.findings)
