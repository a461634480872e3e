import base64
import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from ..cloud_api.templates import read
from .common import PNG
from .template_case import TemplateCase

_SAMPLE = "whatsapp_helpdesk/tests/samples/templates/new_chairs__carousel.json"


@tagged("post_install", "-at_install")
class TestTemplateCarousel(TemplateCase):
    """Cards side by side: read from Meta, given their pictures here, and sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(_SAMPLE) as file:
            theirs = read.template(json.load(file))
        templates = cls.env["wa.template"]
        cls.chairs = templates.create(
            {
                "account_id": cls.account.id,
                "name": theirs.name,
                "language": theirs.language,
                "category": theirs.category,
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                **templates._content_values(theirs),
            }
        )
        cls.chairs.status = "approved"
        fixed = {
            "body.1": {"source": "field", "field_path": "name"},
            "card.0.body.1": {"source": "static", "static_value": "One"},
            "card.1.body.1": {"source": "static", "static_value": "Two"},
            "card.0.button.1.url_suffix": {"source": "static", "static_value": "p1"},
            "card.1.button.1.url_suffix": {
                "source": "static",
                "static_value": "https://shop.example.com/p/p2",
            },
        }
        for variable in cls.chairs.variable_ids:
            variable.write(fixed.get(variable.key, {}))

    def add_pictures(self):
        self.chairs.variable_ids.filtered("takes_file").write(
            {"file": base64.b64encode(PNG), "file_name": "chair.png"}
        )

    def compose(self):
        wizard = self.env["wa.template.compose"].with_user(self.agent)
        values = {"res_model": "res.partner", "res_ids": self.partner.ids}
        return wizard.create([values | {"template_id": self.chairs.id}])

    def usable(self):
        return self.env["wa.template"].with_user(self.agent)._usable(self.number)

    def test_cards_leave_with_their_pictures(self):
        self.add_pictures()
        self.compose().action_send()
        self.send()
        self.assertEqual(self.graph.count("/media"), 2)
        (sent,) = self.graph.sent()
        body, carousel = sent["template"]["components"]
        self.assertEqual(body["parameters"], [{"type": "text", "text": "Mona"}])
        pictures = set()
        for number, card in enumerate(carousel["cards"]):
            header, text, link = card["components"]
            self.assertEqual(card["card_index"], number)
            pictures.add(header["parameters"][0]["image"]["id"])
            self.assertEqual(text["parameters"][0]["text"], ("One", "Two")[number])
            self.assertEqual(link["parameters"][0]["text"], ("p1", "p2")[number])
        self.assertEqual(len(pictures), 2)
        self.assertTrue(all(uid.startswith("uploaded") for uid in pictures))
        message = self.env["wa.message"].search([("template_id", "=", self.chairs.id)])
        self.assertEqual(message.state, "sent")
        self.assertEqual([card["body"] for card in message.content["cards"]][0][:9], "Chair One")

    def test_the_chat_shows_the_pictures_that_were_sent(self):
        self.add_pictures()
        self.compose().action_send()
        message = self.env["wa.message"].search([("template_id", "=", self.chairs.id)])
        self.chairs.variable_ids.write({"file": False})
        shown = [card["attachment_id"] for card in message._content_data()["cards"]]
        files = self.env["ir.attachment"].browse(shown)
        self.assertEqual(len(files), 2)
        for file in files:
            self.assertEqual(file.with_user(self.agent).raw, PNG)
            with self.assertRaises(AccessError):
                file.with_user(self.outsider).check_access("read")

    def test_marketing_to_a_customer_who_never_wrote(self):
        self.add_pictures()
        known = [("partner_id", "=", self.partner.id)]
        self.assertFalse(self.env["wa.contact"].search(known))
        self.compose().action_send()
        self.assertTrue(self.env["wa.contact"].search(known))

    def test_without_pictures_nobody_is_offered_it(self):
        self.assertNotIn(self.chairs, self.usable())
        self.add_pictures()
        self.assertIn(self.chairs, self.usable())
        self.chairs.variable_ids.filtered("takes_file")[:1].file = False
        self.assertNotIn(self.chairs, self.usable())

    def test_a_refused_picture_fails_the_message_and_sends_nothing(self):
        self.add_pictures()
        self.graph.fail_next(100, message="Invalid parameter", path="media")
        self.compose().action_send()
        self.send()
        self.assertFalse(self.graph.sent())
        message = self.env["wa.message"].search([("template_id", "=", self.chairs.id)])
        self.assertEqual(message.state, "failed")

    def test_a_picture_that_was_taken_away_meanwhile_is_named(self):
        self.add_pictures()
        self.compose().action_send()
        self.chairs.variable_ids.filtered("takes_file").file = False
        self.send()
        self.assertFalse(self.graph.sent())
        message = self.env["wa.message"].search([("template_id", "=", self.chairs.id)])
        self.assertEqual(message.state, "failed")

    def test_what_is_no_picture_is_refused_at_once(self):
        with self.assertRaises(ValidationError):
            self.chairs.variable_ids.filtered("takes_file")[:1].write(
                {"file": base64.b64encode(b"just words"), "file_name": "words.png"}
            )
