import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PNG, WhatsappCase

PROFILE = {
    "about": "Furniture",
    "description": "Tables",
    "websites": ["https://garden.example"],
    "vertical": "RETAIL",
    "profile_picture_url": "https://pps.example/picture",
}
OK = {"success": True}


@tagged("post_install", "-at_install")
class TestProfile(WhatsappCase):
    """What customers see of a number, edited by a manager."""

    def setUp(self):
        super().setUp()
        self.own_number = self.number.with_user(self.manager)

    def open(self, **changes):
        answer = {"data": [PROFILE | changes]}
        self.graph.answer_next(200, answer, path="/whatsapp_business_profile")
        action = self.own_number.action_open_profile()
        return self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])

    def test_profile_is_read_changed_and_saved(self):
        form = self.open()
        self.assertEqual((form.about, form.website), ("Furniture", "https://garden.example"))
        self.assertEqual(
            (form.vertical, form.picture_url), ("RETAIL", "https://pps.example/picture")
        )
        form.write({"about": "Furniture and more", "second_website": "https://b.example"})
        self.graph.answer_next(200, OK, path="/whatsapp_business_profile")
        form.action_save()
        method, path, payload = self.graph.calls[-1]
        self.assertEqual((method, path), ("POST", "/v26.0/2000000001/whatsapp_business_profile"))
        self.assertEqual(payload["about"], "Furniture and more")
        self.assertEqual(payload["websites"], ["https://garden.example", "https://b.example"])
        self.assertNotIn("profile_picture_handle", payload)

    def test_a_new_picture_is_uploaded_first(self):
        form = self.open()
        form.picture = base64.b64encode(PNG)
        self.graph.answer_next(200, {"id": "upload:1"}, path="/uploads")
        self.graph.answer_next(200, {"h": "4::x"}, path="/upload%3A1")
        self.graph.answer_next(200, OK, path="/whatsapp_business_profile")
        form.action_save()
        self.assertEqual(self.graph.calls[-1][2]["profile_picture_handle"], "4::x")

    def test_limits_are_named_and_nothing_is_sent(self):
        form = self.open()
        form.picture = base64.b64encode(PNG)
        for values, words in (
            ({"about": "\N{GRINNING FACE}" * 70}, "139"),
            ({"about": "", "email": "\N{GRINNING FACE}" * 65}, "128"),
        ):
            with self.subTest(words):
                self.graph.calls.clear()
                form.write(values)
                with self.assertRaisesRegex(UserError, words):
                    form.action_save()
                self.assertFalse(self.graph.calls)

    def test_refusal_of_meta_in_words(self):
        form = self.open()
        self.graph.fail_next(100, details="Website is not valid", path="/whatsapp_business_profile")
        with self.assertRaisesRegex(UserError, "Website is not valid"):
            form.action_save()

    def test_hours_go_into_the_description(self):
        form = self.open()
        form.opening_hours = "Sunday to Thursday 9-18"
        form.action_write_hours()
        self.assertEqual(form.description, "Tables\nSunday to Thursday 9-18")
        self.assertFalse(form.opening_hours)

    def test_kind_of_business_that_we_do_not_know(self):
        self.assertFalse(self.open(vertical="SPACE_TRAVEL").vertical)

    def test_only_managers(self):
        form = self.open()
        self.graph.calls.clear()
        for user in self.agent | self.supervisor:
            with self.subTest(user.login):
                self.assertFalse(self.can(self.number.with_user(user).action_open_profile))
                with self.assertRaises(AccessError):
                    form.with_user(user).action_save()
        self.assertFalse(self.graph.calls)
