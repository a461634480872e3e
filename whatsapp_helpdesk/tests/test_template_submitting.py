from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PNG
from .template_life_case import LIST, ORDER, TemplateLifeCase

DONE = {"success": True}
PENDING = {"id": "11", "status": "PENDING", "category": "UTILITY"}


@tagged("post_install", "-at_install")
class TestTemplateSubmitting(TemplateLifeCase):
    """Templates are given to Meta, edited within its limits, deleted, and their pauses end."""

    def submit(self, template, answer=None, **options):
        self.graph.answer_next(200, answer or PENDING, path=LIST)
        return template.action_submit(**options)

    def fail(self, subcode=0, *, code=100, said="", status=400, path=LIST):
        error = {"code": code, "error_subcode": subcode, "message": "Invalid parameter"}
        if said:
            error["error_user_msg"] = said
        self.graph.answer_next(status, {"error": error}, path=path)

    def posted(self, path=LIST):
        """Return what was posted there, in order."""
        return [
            payload
            for method, called, payload in self.graph.calls
            if method == "POST" and called.endswith(path)
        ]

    def approved(self):
        template = self.draft()
        self.submit(template)
        template._mark_status("approved")
        return template

    # === CREATE === #

    def test_a_new_template_is_created_and_in_review(self):
        template = self.draft()
        action = self.submit(template)
        (payload,) = self.posted()
        self.assertEqual(
            (payload["name"], payload["language"], payload["category"]),
            ("order_ready", "en_US", "UTILITY"),
        )
        self.assertEqual(payload["parameter_format"], "NAMED")
        self.assertEqual([part["type"] for part in payload["components"]], ["BODY", "FOOTER"])
        self.assertEqual((template.status, template.uid), ("pending", "11"))
        self.assertEqual(template.submitted_by_id, self.manager)
        self.assertFalse(template.has_local_edits)
        self.assertIn("you will be told", action["params"]["message"])
        # What Meta lists then is what was submitted
        self.assertEqual(self.sync(self.theirs(status="PENDING")), "1 unchanged")
        with self.assertRaisesRegex(UserError, "is reviewing"):
            template.action_submit()
        self.tell_status("APPROVED")
        self.assertTrue(template._is_sendable())

    def test_approved_at_once_in_another_category(self):
        template = self.draft()
        answer = {"id": "11", "status": "APPROVED", "category": "MARKETING"}
        action = self.submit(template, answer)
        self.assertEqual((template.status, template.category), ("approved", "marketing"))
        self.assertIn("“Marketing”", action["params"]["message"])
        self.assertTrue(template.was_approved)

    def test_errors_of_our_own_stop_it(self):
        template = self.draft(body="{{name}}")
        with self.assertRaises(UserError):
            template.action_submit(submit_anyway=True)
        self.assertFalse(self.graph.calls)

    def test_warnings_are_said_and_can_be_overruled(self):
        template = self.draft(body=f"{ORDER} Buy now, 50 % off, only today!")
        levels = {found["level"] for found in template._findings()}
        self.assertEqual(levels, {"warning"})
        action = template.action_submit()
        self.assertFalse(self.graph.calls)
        dialog = self.env["wa.template.submit"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(dialog.doubtful_ids, template)
        self.assertIn("order_ready", dialog.result_html)
        self.graph.answer_next(200, PENDING, path=LIST)
        dialog.action_submit_anyway()
        self.assertEqual(template.status, "pending")

    def test_the_example_file_is_uploaded_first(self):
        sample = self.attach(user=self.manager, res_model="wa.template")
        template = self.draft(header_format="image")
        with self.assertRaises(UserError):
            template.action_submit()
        template.header_sample_id = sample
        self.graph.answer_next(200, {"id": "upload:1"}, path="/uploads")
        self.graph.answer_next(200, {"h": "4::handle"}, path="/upload%3A1")
        self.submit(template)
        self.assertEqual(self.posted("/upload%3A1"), [PNG])
        header = self.posted()[0]["components"][0]
        self.assertEqual(header["example"], {"header_handle": ["4::handle"]})
        template._mark_status("rejected")
        template.header_format = "document"
        with self.assertRaisesRegex(UserError, "does not fit"):
            template._submit_one()

    def test_refusals_are_sentences(self):
        template = self.draft()
        for subcode, words in (
            (2388019, "as many templates"),
            (2388023, "less than 30 days ago"),
            (2388039, "name of the template"),
            (2388040, "too long"),
            (2388043, "needs an example"),
            (2388047, "header"),
            (2388072, "text is not"),
            (2388073, "footer"),
            (2388293, "too many variables"),
            (2388299, "starts or ends with a variable"),
            (0, "does not take"),
        ):
            with self.subTest(subcode):
                self.fail(subcode, said="Meta's own words.")
                with self.assertRaisesRegex(UserError, f"{words}.*Meta's own words."):
                    template.action_submit()
        self.assertEqual((template.status, template.uid), ("draft", False))
        self.fail(code=80008)
        with self.assertRaisesRegex(UserError, "100 new templates"):
            template.action_submit()
        self.fail(code=190, status=401)
        with self.assertRaisesRegex(UserError, "access token"):
            template.action_submit()

    # === UNKNOWN OUTCOME === #

    def test_after_a_lost_answer_meta_is_asked_before_it_is_tried_again(self):
        template = self.draft()
        self.graph.answer_next(0, path=LIST)
        self.answer_list(self.theirs(status="PENDING"))
        template.action_submit()
        self.assertEqual((template.status, template.uid), ("pending", "11"))
        self.assertEqual(len(self.posted()), 1)

    def test_a_lost_answer_to_what_meta_never_got(self):
        template = self.draft()
        self.graph.answer_next(0, path=LIST)
        self.answer_list(self.theirs("12", language="ar"))
        with self.assertRaisesRegex(UserError, "nobody knows"):
            template.action_submit()
        self.assertEqual((template.status, template.uid), ("draft", False))
        # Half a minute later Meta lists it after all; trying again finds it
        self.fail(2388024)
        self.answer_list(self.theirs(status="PENDING"))
        template.action_submit()
        self.assertEqual((template.status, template.uid), ("pending", "11"))

    def test_another_template_of_this_name_is_not_overwritten(self):
        template = self.draft()
        self.fail(2388024)
        self.answer_list(self.theirs(body="Hello {{name}}!"))
        action = template.action_submit()
        dialog = self.env["wa.template.submit"].with_user(self.manager).browse(action["res_id"])
        self.assertIn("compare both versions", dialog.result_html)
        self.assertFalse(dialog.doubtful_ids)
        self.assertTrue(template.has_conflict)
        self.assertEqual((template.uid, template.body), ("11", ORDER))
        with self.assertRaisesRegex(UserError, "choose a version"):
            template.action_submit()

    # === EDIT === #

    def edit(self, template, body):
        template.body = body
        self.graph.answer_next(200, DONE, path="/11")
        return template.action_submit(submit_anyway=True)

    def test_an_approved_template_is_edited_once_a_day(self):
        template = self.approved()
        with self.assertRaisesRegex(UserError, "exactly so"):
            template.action_submit()
        self.edit(template, f"{ORDER} Come in!")
        (payload,) = self.posted("/11")
        self.assertEqual(payload["components"][0]["text"], f"{ORDER} Come in!")
        self.assertNotIn("category", payload)
        self.assertEqual(template.status, "pending")
        self.assertEqual(len(template.edited_at), 1)
        template._mark_status("approved")
        template.body = f"{ORDER} See you!"
        with self.assertRaisesRegex(UserError, "in 24 hours"):
            template.action_submit()
        self.assertEqual(len(self.posted("/11")), 1)

    def test_ten_edits_in_thirty_days(self):
        template = self.approved()
        now = fields.Datetime.now()
        template.sudo().edited_at = [
            fields.Datetime.to_string(now - timedelta(days=days)) for days in range(2, 12)
        ]
        template.body = f"{ORDER} See you!"
        with self.assertRaisesRegex(UserError, "in 30 days"):
            template.action_submit()
        template.sudo().edited_at = template.edited_at[:-1]
        self.edit(template, f"{ORDER} See you soon!")
        self.assertEqual(template.status, "pending")

    def test_a_rejected_template_is_edited_without_limits_and_in_its_category(self):
        template = self.approved()
        template._mark_status("rejected", "It advertises.", code="INCORRECT_CATEGORY")
        for _time in range(3):
            template.category = "marketing"
            self.edit(template, template.body)
            template._mark_status("rejected")
        self.assertEqual(self.posted("/11")[0]["category"], "MARKETING")
        self.assertFalse(template.edited_at)

    def test_the_category_of_an_approved_template_stays(self):
        template = self.approved()
        template.write({"category": "marketing", "body": f"{ORDER} See you!"})
        with self.assertRaisesRegex(UserError, "category of an approved template"):
            template.action_submit(submit_anyway=True)

    def test_a_lost_answer_to_an_edit(self):
        template = self.approved()
        template.body = f"{ORDER} See you!"
        for found, status in ((ORDER, "approved"), (f"{ORDER} See you!", "pending")):
            self.graph.answer_next(0, path="/11")
            self.graph.answer_next(200, self.theirs(body=found), path="/11")
            if status == "approved":
                with self.assertRaisesRegex(UserError, "nobody knows"):
                    template.action_submit()
            else:
                template.action_submit()
            self.assertEqual(template.status, status)

    def test_a_template_that_is_gone_meanwhile(self):
        template = self.approved()
        template.body = f"{ORDER} See you!"
        self.fail(33, path="/11")
        with self.assertRaisesRegex(UserError, "any more"):
            template.action_submit()

    # === SEVERAL === #

    def test_several_in_one_go_each_with_its_result(self):
        good, bad, doubtful = (
            self.draft(),
            self.draft(name="survey", body="{{1}}"),
            self.draft(name="offer", body="Buy now, 50 % off, only today!"),
        )
        last = self.draft(name="thanks")
        self.graph.answer_next(200, PENDING, path=LIST)
        self.fail(2388019)
        action = (good | bad | doubtful | last).action_submit()
        dialog = self.env["wa.template.submit"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(good.status, "pending")
        self.assertEqual((bad | doubtful | last).mapped("status"), ["draft"] * 3)
        self.assertEqual(dialog.doubtful_ids, doubtful)
        for words in ("order_ready", "survey", "offer", "thanks", "as many templates"):
            self.assertIn(words, dialog.result_html)

    def test_without_access_the_others_are_not_even_tried(self):
        drafts = self.draft() | self.draft(name="thanks")
        self.fail(code=190, status=401)
        drafts.action_submit()
        self.assertEqual(len(self.posted()), 1)

    # === DELETE AND UNPAUSE === #

    def dialog(self, template):
        action = template.action_delete_at_meta()
        return self.env["wa.template.delete"].with_user(self.manager).browse(action["res_id"])

    def test_one_language_is_deleted_after_a_warning(self):
        self.sync(self.theirs(), self.theirs("12", language="ar"))
        template, arabic = self.variant(), self.variant(language="ar")
        dialog = self.dialog(template)
        self.assertEqual(dialog.variant_ids, template)
        self.assertTrue(dialog.free_on)
        self.graph.answer_next(200, DONE, path=LIST)
        dialog.action_delete()
        self.assertEqual(self.graph.calls[-1][0], "DELETE")
        self.assertEqual((template.status, arabic.status), ("pending_deletion", "approved"))
        self.assertIn(self.manager.name, template.status_reason)
        self.assertNotIn("Meta says", template._words_of_status()[1])
        self.assertEqual(self.sync(self.theirs("12", language="ar")), "1 unchanged")
        self.tell_status("DELETED")
        self.assertFalse(template.active)

    def test_all_languages(self):
        self.sync(self.theirs(), self.theirs("12", language="ar"))
        template, arabic = self.variant(), self.variant(language="ar")
        dialog = self.dialog(template)
        dialog.all_languages = "yes"
        self.assertEqual(dialog.variant_ids, template | arabic)
        self.graph.answer_next(200, DONE, path=LIST)
        dialog.action_delete()
        self.assertEqual((template | arabic).mapped("status"), ["pending_deletion"] * 2)
        self.assertEqual(self.graph.count(LIST), 2)

    def test_what_uses_it_is_said_and_what_meta_says_too(self):
        template = self.synced()
        self.env["wa.document.notice"].search([], limit=1).template_id = False
        dialog = self.dialog(template)
        self.fail(said="Disabled templates cannot be deleted.")
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            dialog.action_delete()
        self.assertEqual(template.status, "approved")
        template._mark_status("disabled")
        with self.assertRaisesRegex(UserError, "does not delete"):
            template.action_delete_at_meta()
        with self.assertRaisesRegex(UserError, "never submitted"):
            self.draft(name="idea").action_delete_at_meta()

    def test_what_meta_has_is_not_only_deleted_here(self):
        template = self.synced()
        with self.assertRaisesRegex(UserError, "delete it at Meta"):
            template.unlink()
        template._mark_status("deleted")
        (template | self.draft(name="idea")).unlink()
        self.assertFalse(template.exists())

    def test_a_deleted_template_is_submitted_anew(self):
        template = self.synced()
        template._mark_status("deleted")
        self.fail(2388023)
        with self.assertRaisesRegex(UserError, "another name"):
            template.action_submit()
        self.submit(template, PENDING | {"id": "22"})
        self.assertEqual((template.uid, template.status, template.active), ("22", "pending", True))

    def test_a_pause_is_taken_back(self):
        template = self.synced(status="PAUSED")
        self.graph.answer_next(200, DONE, path="/11/unpause")
        template.action_unpause()
        self.assertEqual(template.status, "approved")
        with self.assertRaisesRegex(UserError, "not paused"):
            template.action_unpause()

    # === RIGHTS === #

    def test_agents_submit_and_delete_nothing(self):
        template = self.draft()
        gone = self.synced("12", name="survey", body="How was it?", status="PAUSED")
        for user in self.agent | self.supervisor | self.employee:
            for record, action in (
                (template, "action_submit"),
                (gone, "action_delete_at_meta"),
                (gone, "action_unpause"),
            ):
                with self.subTest(user.login, action=action), self.assertRaises(AccessError):
                    getattr(record.with_user(user), action)()
            self.assertIsNone(self.call(user, template, "action_submit"))
        self.assertFalse(self.posted())

    def test_nobody_approves_by_hand(self):
        template = self.draft()
        with self.assertRaises(AccessError):
            template.status = "approved"
        with self.assertRaises(AccessError):
            self.draft(name="survey", status="approved")
        self.assertEqual(template.copy({"name": "again"}).status, "draft")

    def test_managers_of_other_companies_submit_nothing(self):
        template = self.draft()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._new_user("stranger", "group_manager")
        stranger.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        with self.assertRaises(AccessError):
            template.with_user(stranger).action_submit()
        with self.assertRaises(AccessError):
            self.templates.with_user(stranger).create(
                {"account_id": self.account.id, "name": "x", "language": "en", "body": "x"}
            )
        self.assertFalse(self.posted())

    def test_buttons_and_headers_travel(self):
        template = self.draft(
            header_format="text",
            header_text="Order ready",
            button_ids=[Command.create({"kind": "quick_reply", "text": "Thanks"})],
        )
        self.submit(template)
        kinds = [part["type"] for part in self.posted()[0]["components"]]
        self.assertEqual(kinds, ["HEADER", "BODY", "FOOTER", "BUTTONS"])
