import json
from pathlib import Path

from odoo.addons.whatsapp_helpdesk.cloud_api.templates import read, write
from odoo.tests import tagged

from .common import WhatsappCase

TEMPLATES = Path(__file__).parent / "samples" / "templates"


@tagged("post_install", "-at_install")
class TestTemplates(WhatsappCase):
    def new_template(self, **values):
        return self.env["wa.template"].create(
            {
                "account_id": self.account.id,
                "name": "order_ready",
                "language": "en_US",
                "body": "Hello {{first_name}}, order {{number}} is ready.",
            }
            | values
        )

    def test_rows_of_variables_follow_the_text_and_keep_what_is_known(self):
        template = self.new_template()
        self.assertEqual(template.variable_ids.mapped("key"), ["body.first_name", "body.number"])
        template.variable_ids[0].sample = "Mona"
        template.body = "Hello {{first_name}}!"
        self.assertEqual(template.variable_ids.mapped("key"), ["body.first_name"])
        self.assertEqual(template.variable_ids.sample, "Mona")

    def test_a_new_variant_fills_its_variables_like_the_others(self):
        self.new_template().variable_ids[1].write({"source": "field", "field_path": "name"})
        arabic = self.new_template(language="ar", body="الطلب {{number}} جاهز.")
        self.assertEqual(arabic.variable_ids.source, "field")
        self.assertEqual(arabic.variable_ids.field_path, "name")

    def test_customers_get_the_variant_of_their_language(self):
        english, arabic = self.new_template(), self.new_template(language="ar")
        (english | arabic).status = "approved"
        for language, expected, why in (
            ("ar_001", arabic, "exact"),
            ("en_US", english, "exact"),
            ("en_GB", english, "base"),
            ("fr_FR", english, "any"),
        ):
            with self.subTest(language):
                self.assertEqual(english._variant_for(language), (expected, why))
        arabic.status = "paused"
        self.assertEqual(english._variant_for("ar_001"), (english, "any"))

    def test_what_meta_has_goes_through_the_columns_unchanged(self):
        for path in sorted(TEMPLATES.glob("*.json")):
            data = json.loads(path.read_text())
            for row in data.get("data", [data] if "components" in data else []):
                with self.subTest(path.stem, name=row.get("name")):
                    theirs = read.template(row)
                    values = self.env["wa.template"]._content_values(theirs)
                    ours = self.new_template(
                        name=theirs.name or "x",
                        language=theirs.language or "en",
                        category=theirs.category,
                        **values,
                    )
                    self.assertEqual(
                        write.components_json(ours._to_template()),
                        write.components_json(theirs),
                    )
                    ours.unlink()
