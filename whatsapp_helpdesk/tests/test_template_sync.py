from datetime import timedelta

from odoo import fields
from odoo.addons.whatsapp_helpdesk.work import template_sync
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .template_life_case import LIST, ORDER, TemplateLifeCase

OTHER = "Hello {{name}}, the order {{order}} waits for you in our shop."


@tagged("post_install", "-at_install")
class TestTemplateSync(TemplateLifeCase):
    """What Meta has is read and shown; nothing that people wrote here is overwritten."""

    def test_all_languages_of_all_pages_are_added(self):
        self.answer_list(self.theirs(), self.theirs("12", language="ar"), after="MORE")
        message = self.sync(self.theirs("13", name="survey", body="How was it?"))
        self.assertEqual(message, "3 added")
        found = self.templates.search([("account_id", "=", self.account.id)])
        self.assertEqual(
            found.mapped("display_name"),
            ["order_ready (ar)", "order_ready (en_US)", "survey (en_US)"],
        )
        self.assertEqual(set(found.mapped("status")), {"approved"})
        english = self.variant()
        self.assertEqual((english.uid, english.body, english.footer), ("11", ORDER, "Your shop"))
        self.assertEqual(english.variable_ids.mapped("sample"), ["Mona", "S00042"])
        self.assertTrue(english._is_sendable())
        self.assertEqual(english._variant_for("ar_001"), (self.variant(language="ar"), "exact"))
        self.assertTrue(self.account.templates_synced_at)

    def test_a_second_time_nothing_changes_and_nobody_is_told(self):
        rows = [self.theirs(), self.theirs("12", language="ar")]
        self.sync(*rows)
        messages = self.env["mail.message"].search_count([("model", "=", "wa.template")])
        self.assertEqual(self.sync(*rows), "2 unchanged")
        self.assertEqual(
            self.env["mail.message"].search_count([("model", "=", "wa.template")]), messages
        )
        self.assertEqual(self.sync(), "2 removed")
        self.assertEqual(self.sync(), "Meta has no templates.")

    def test_what_was_changed_at_meta_is_taken_over_and_logged(self):
        template = self.synced()
        template.variable_ids[0].write({"source": "field", "field_path": "name"})
        message = self.sync(self.theirs(body=OTHER), self.theirs("12", language="ar"))
        self.assertEqual(message, "1 added, 1 changed")
        self.assertEqual(template.body, OTHER)
        self.assertEqual(template.variable_ids[0].field_path, "name")
        self.assertFalse(template.has_local_edits or template.has_conflict)
        self.assertIn(f"{ORDER} → {OTHER}", self.log_of(template))

    def test_a_new_one_leaves_the_buttons_of_the_others_alone(self):
        row = self.theirs()
        buttons = [{"type": "QUICK_REPLY", "text": "Confirm"}]
        row["components"].append({"type": "BUTTONS", "buttons": buttons})
        self.sync(row)
        template = self.variant()
        button = template.button_ids
        self.assertEqual(self.sync(row, self.theirs("12", language="ar")), "1 added, 1 unchanged")
        self.assertEqual(template.button_ids, button)
        self.assertEqual(button.exists().text, "Confirm")
        self.assertTrue(template._is_sendable())

    def test_removed_ones_are_shown_as_such_and_come_back(self):
        template = self.synced()
        self.assertEqual(self.sync(self.theirs("12", language="ar")), "1 added, 1 removed")
        self.assertEqual((template.status, template.active), ("deleted", False))
        self.assertFalse(template._is_sendable())
        self.assertEqual(self.sync(self.theirs()), "1 changed, 1 removed")
        self.assertEqual((template.status, template.active), ("approved", True))

    def test_made_anew_at_meta(self):
        template = self.synced()
        self.assertEqual(self.sync(self.theirs("99", body=OTHER)), "1 changed")
        self.assertEqual((template.uid, template.body), ("99", OTHER))
        self.sync()
        self.assertEqual(self.sync(self.theirs("100")), "1 added")
        self.assertEqual(self.variant().uid, "100")
        self.assertEqual(template.status, "deleted")

    def test_drafts_and_what_is_being_deleted_are_not_listed_and_stay(self):
        draft = self.draft(name="idea")
        template = self.synced()
        template._mark_status("pending_deletion")
        self.assertEqual(self.sync(), "Meta has no templates.")
        self.assertEqual((draft.status, template.status), ("draft", "pending_deletion"))
        self.answer_list()
        self.assertEqual(draft.action_sync()["params"]["message"], "1 not at Meta")
        # The news that it is gone was lost
        template.sudo().news_at = fields.Datetime.now() - timedelta(days=32)
        self.assertEqual(self.sync(), "1 removed")
        self.assertEqual(template.status, "deleted")

    # === WHAT WAS EDITED HERE === #

    def test_edits_stay_as_long_as_meta_changes_nothing(self):
        template = self.synced()
        template.body = "Hello {{name}}!"
        self.assertTrue(template.has_local_edits)
        self.assertFalse(template._is_sendable())
        self.assertEqual(self.sync(self.theirs()), "1 unchanged")
        self.assertEqual(template.body, "Hello {{name}}!")
        template.body = ORDER
        template.variable_ids.filtered(lambda v: v.key == "body.order").sample = "S00042"
        self.assertFalse(template.has_local_edits)

    def conflict(self):
        template = self.synced()
        template.body = "Hello {{name}}!"
        self.assertEqual(self.sync(self.theirs(body=OTHER)), "1 changed here and at Meta")
        return template

    def test_changed_on_both_sides_is_shown_and_decided_for_meta(self):
        template = self.conflict()
        self.assertTrue(template.has_conflict)
        self.assertEqual(template.body, "Hello {{name}}!")
        self.assertFalse(template._is_sendable())
        dialog = self.env["wa.template.compare"].with_user(self.manager)
        dialog = dialog.browse(template.action_compare()["res_id"])
        self.assertIn("Hello {{name}}!", dialog.differences_html)
        self.assertIn(OTHER, dialog.differences_html)
        # Every day again until somebody decides, without a further word in the chatter
        before = len(template.message_ids)
        self.assertEqual(self.sync(self.theirs(body=OTHER)), "1 changed here and at Meta")
        self.assertEqual(len(template.message_ids), before)
        dialog.action_take_meta()
        self.assertEqual(template.body, OTHER)
        self.assertTrue(template._is_sendable())
        self.assertEqual(template.variable_ids.mapped("sample"), ["Mona", "S00042"])

    def test_changed_on_both_sides_is_decided_for_ours(self):
        template = self.conflict()
        template.action_keep_ours()
        self.assertEqual(self.sync(self.theirs(body=OTHER)), "1 unchanged")
        self.assertEqual(template.body, "Hello {{name}}!")
        self.assertTrue(template.has_local_edits)
        self.assertFalse(template.has_conflict)

    def test_the_same_edit_on_both_sides_is_no_conflict(self):
        template = self.synced()
        template.footer = "Your other shop"
        row = self.theirs()
        row["components"][1]["text"] = "Your other shop"
        self.assertEqual(self.sync(row), "1 changed")
        self.assertFalse(template.has_local_edits or template.has_conflict)

    def test_edits_can_be_given_up(self):
        template = self.synced()
        template.write({"body": "Hello {{name}}!", "footer": False})
        template.action_take_meta()
        self.assertEqual((template.body, template.footer), (ORDER, "Your shop"))
        self.assertFalse(template.has_local_edits)
        with self.assertRaises(UserError):
            self.draft(name="idea").action_take_meta()

    def test_a_draft_that_exists_at_meta(self):
        same, other = self.draft(), self.draft(name="survey", body="How was it?")
        message = self.sync(self.theirs(), self.theirs("12", name="survey", body="How are you?"))
        self.assertEqual(message, "1 changed, 1 changed here and at Meta")
        self.assertTrue(same._is_sendable())
        self.assertEqual((other.body, other.status), ("How was it?", "approved"))
        self.assertFalse(other._is_sendable())

    def test_a_category_that_was_edited_here_stays_until_meta_changes_it(self):
        template = self.synced(status="REJECTED")
        template.category = "marketing"
        self.sync(self.theirs(status="REJECTED"))
        self.assertEqual(template.category, "marketing")
        self.sync(self.theirs(status="REJECTED", category="AUTHENTICATION"))
        self.assertEqual(template.category, "authentication")

    def test_addresses_of_example_files_are_no_change(self):
        header = {"type": "HEADER", "format": "IMAGE"}
        row = self.theirs()
        parts = row["components"]
        for address in ("https://cdn.example/1", "https://cdn.example/2"):
            example = {"example": {"header_handle": [address]}}
            row = self.theirs(components=[header | example, *parts])
            message = self.sync(row)
        self.assertEqual(message, "1 unchanged")
        self.assertIn("https://cdn.example/2", str(self.variant().components))

    # === ONE TEMPLATE, AND IN THE BACKGROUND === #

    def test_one_template_is_read_by_its_id_or_its_name(self):
        template = self.synced()
        self.graph.answer_next(200, self.theirs(status="PAUSED"), path="/11")
        message = template.action_sync()["params"]["message"]
        self.assertEqual((message, template.status), ("1 changed", "paused"))
        self.graph.fail_next(100, path="/11")
        self.graph._scripted[-1][2]["error"]["error_subcode"] = 33
        self.answer_list(self.theirs("12"))
        template.action_sync()
        self.assertEqual((template.uid, template.status), ("12", "approved"))
        self.assertEqual(self.graph.count(LIST), 2)

    def test_the_cron_reads_accounts_that_are_due(self):
        self.account.templates_synced_at = False
        self.answer_list(self.theirs())
        self._run(template_sync)
        self.assertEqual(self.variant().status, "approved")
        self._run(template_sync)
        self.assertEqual(self.graph.count(LIST), 1)

    def test_trouble_is_written_down_and_removes_nothing(self):
        template = self.synced()
        self.account.templates_synced_at = False
        self.graph.fail_next(190, status=401, path=LIST)
        self._run(template_sync)
        self.assertIn("access token", self.account.templates_problem)
        self.assertEqual(template.status, "approved")
        self.sync(self.theirs())
        self.assertFalse(self.account.templates_problem)

    def test_the_first_synchronisation_comes_with_the_number(self):
        self.account.templates_synced_at = "2026-01-01 00:00:00"
        connect = self.env["wa.connect"].with_user(self.env.ref("base.user_admin"))
        form = connect.create({"account_id": self.account.id})
        form.action_finish()
        self.answer_list(self.theirs())
        self._run(template_sync)
        self.assertTrue(self.variant())

    # === RIGHTS === #

    def test_agents_do_not_synchronise(self):
        template = self.synced()
        for user in self.agent | self.supervisor | self.employee:
            with self.subTest(user.login):
                for action in ("action_sync", "action_take_meta", "action_keep_ours"):
                    with self.assertRaises(AccessError):
                        getattr(template.with_user(user), action)()
                with self.assertRaises(AccessError):
                    self.account.with_user(user).action_sync_templates()

    def test_templates_of_other_companies_stay_theirs(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._new_user("stranger", "group_manager")
        stranger.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        account = self.env["wa.account"].create(
            {
                "name": "Elsewhere",
                "waba_uid": "1000000009",
                "access_token": "EAAother",
                "api_url": self.graph.url,
                "company_id": elsewhere.id,
            }
        )
        ours = self.synced()
        with self.assertRaises(AccessError):
            self.account.with_user(stranger).action_sync_templates()
        self.answer_list(self.theirs("11", body=OTHER))
        account.with_user(stranger).action_sync_templates()
        self.assertEqual(self.graph.calls[-1][1], "/v26.0/1000000009/message_templates")
        self.assertEqual(ours.body, ORDER)
        theirs = self.env["wa.template"].search([("account_id", "=", account.id)])
        self.assertEqual((theirs.body, theirs.company_id), (OTHER, elsewhere))
        self.assertFalse(self.found_by(stranger, ours))
        self.assertFalse(self.found_by(self.manager, theirs))
