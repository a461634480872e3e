from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PNG, WhatsappCase


@tagged("post_install", "-at_install")
class TestAccessLog(WhatsappCase):
    """What is written down, and who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._new_user("lead", "group_supervisor")
        cls.support.user_ids += cls.lead
        branch = cls.env["res.company"].create({"name": "Branch"})
        cls.foreign_manager = cls._new_user("foreign_manager", "group_manager")
        cls.foreign_manager.write(
            {"company_id": branch.id, "company_ids": [Command.set(branch.ids)]}
        )

    def setUp(self):
        super().setUp()
        self.receive(self.message())
        self.case = self.conversation()
        self.model = self.env["wa.access.log"]

    def rows(self, action, **values):
        domain = [("action", "=", action)] + [(name, "=", v) for name, v in values.items()]
        return self.model.search(domain)

    # === WHO READS IT === #

    def test_readable_by_who_leads_the_conversation_or_the_team(self):
        self.case.with_user(self.agent).action_take()
        self.case.with_user(self.supervisor).action_take()
        self.sales.exclusive_reply = True
        of_case = self.rows("assigned")
        of_team = self.rows("settings_changed", team_id=self.sales.id)
        self.assertEqual((len(of_case), len(of_team)), (1, 1))
        readers = self.supervisor | self.manager
        others = self.agent | self.outsider | self.lead | self.employee | self.foreign_manager
        for user in readers | others:
            for rows in (of_case, of_team):
                with self.subTest(user.login, action=rows.action):
                    may = user in readers
                    self.assertEqual(self.found_by(user, rows), rows if may else rows.browse())
                    own = rows.with_user(user)
                    self.assertEqual(self.can(lambda r=own: r.read(["reason"])), may)
            with self.subTest(user.login):
                through_case = self.call(user, self.case, "read", ["access_log_ids"])
                self.assertEqual(bool(through_case), user in readers)

    def test_follows_the_conversation_to_its_new_team(self):
        self.case.with_user(self.supervisor)._hand_over(self.support, None, "Theirs")
        row = self.rows("transferred")
        self.assertEqual(self.found_by(self.lead, row), row)
        self.assertFalse(self.found_by(self.supervisor, row))

    def test_nobody_writes_or_deletes(self):
        self.sales.exclusive_reply = True
        row = self.rows("settings_changed", team_id=self.sales.id)
        values = {"action": "invited", "company_id": self.env.company.id}
        admin = self.env.ref("base.user_admin")
        for user in self.manager | self.supervisor | self.agent | admin:
            own = row.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(self.can(lambda r=own: r.write({"reason": "x"})))
                self.assertFalse(self.can(own.unlink))
                self.assertFalse(self.can(lambda r=own: r.create(values)))

    def test_page_of_the_form(self):
        for user, may in {self.manager: True, self.supervisor: True, self.agent: False}.items():
            self.assertEqual(self.case.with_user(user).may_manage, may)
            arch = self.env["wa.conversation"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual("access_log_ids" in arch, may)

    # === ROLES AND SETTINGS === #

    def test_who_gave_which_role_to_whom(self):
        members = self.env["wa.team.member"].with_user(self.manager)
        member = members.create(
            {"team_id": self.sales.id, "user_id": self.outsider.id, "role": "viewer"}
        )
        member.write({"role": "agent", "scope": "own"})
        member.write({"role": "agent"})
        member.unlink()
        rows = self.rows("role_changed", subject_user_id=self.outsider.id, team_id=self.sales.id)
        self.assertEqual(
            rows.sorted("id").mapped("detail"),
            [
                "no role → Viewer",
                "Viewer → Agent (Own and Unassigned)",
                "Agent (Own and Unassigned) → no role",
            ],
        )
        self.assertEqual(rows.user_id, self.manager)

    def test_who_became_manager(self):
        group = self.env.ref("whatsapp_helpdesk.group_manager")
        above = self.env["res.groups"].create({"name": "Head office"})
        above.user_ids = self.outsider
        self.employee.group_ids += group
        group.user_ids -= self.employee
        above.implied_ids = group
        self.lead.name = "Somebody else"
        rows = self.rows("role_changed", team_id=False).filtered(
            lambda row: row.subject_user_id in self.employee | self.outsider | self.lead
        )
        self.assertEqual(
            rows.sorted("id").mapped(lambda row: (row.subject_user_id.login, row.detail)),
            [
                ("employee", "no role → WhatsApp manager"),
                ("employee", "WhatsApp manager → no role"),
                ("outsider", "no role → WhatsApp manager"),
            ],
        )
        self.assertEqual(self.found_by(self.manager, rows), rows)
        self.assertFalse(self.found_by(self.supervisor, rows))

    def test_role_stays_whose_it_is(self):
        member = self.sales.member_ids.filtered(lambda m: m.user_id == self.agent)
        for values in ({"user_id": self.outsider.id}, {"team_id": self.support.id}):
            with self.assertRaises(UserError):
                member.with_user(self.manager).write(values)
        member.with_user(self.manager).write({"user_id": self.agent.id, "role": "viewer"})
        self.assertEqual(member.role, "viewer")

    def test_settings_of_a_team(self):
        team = self.sales.with_user(self.manager)
        team.write({"name": "Sales & Co", "color": 3})
        team.write({"exclusive_reply": True, "document_access": "none", "keep_reading": False})
        (row,) = self.rows("settings_changed", team_id=team.id)
        self.assertEqual(row.user_id, self.manager)
        self.assertIn("Only the Assignee Answers: no → yes", row.detail)
        self.assertIn("The Whole Conversation → Nothing", row.detail)
        self.assertNotIn("Keep Reading", row.detail)

    # === EXPORTS === #

    def exports(self):
        self.env.cr.precommit.run()
        return self.rows("exported")

    def allow_exports(self, *users):
        for user in users:
            self.env.ref("base.group_allow_export").user_ids += user

    def test_export_of_conversations(self):
        self.receive(self.message(sender="4915112345678"))
        both = self.case | self.conversation("4915112345678")
        self.allow_exports(self.agent)
        with self.assertRaises(UserError):
            self.case.with_user(self.colleague).export_data(["name"])
        self.assertFalse(self.exports())
        both.with_user(self.agent).export_data(["name", "wa_message_ids/body"])
        rows = self.exports()
        self.assertEqual(rows.conversation_id, both)
        self.assertEqual(rows.user_id, self.agent)
        of_case = rows.filtered(lambda row: row.conversation_id == self.case)
        self.assertEqual(
            set(of_case.mapped("detail")),
            {"WhatsApp Conversation: name, wa_message_ids/body", "WhatsApp Message: body"},
        )

    def test_export_of_what_belongs_to_a_conversation(self):
        self.graph.files["1010"] = PNG
        self.receive(self.message(type="image", image={"id": "1010", "mime_type": "image/png"}))
        self.allow_exports(self.agent)
        exports = [
            (self.case.wa_message_ids, "body"),
            (self.case.wa_message_ids.media_ids, "file_name"),
            (self.case.contact_id, "profile_name"),
            (self.case.partner_id, "wa_contact_ids/conversation_ids/name"),
        ]
        for number, (records, field) in enumerate(exports, 1):
            with self.subTest(records._name):
                records.with_user(self.agent).export_data([field])
                rows = self.exports()
                self.assertGreaterEqual(len(rows), number)
                self.assertEqual(rows.conversation_id, self.case)
                self.assertIn(field.split("/")[-1], rows[0].detail)

    def test_export_of_chat_messages(self):
        messages = self.case.discuss_channel_id.message_ids
        messages.with_user(self.env.ref("base.user_admin")).export_data(["body"])
        self.assertEqual(self.exports().conversation_id, self.case)

    def test_export_over_http(self):
        self.allow_exports(self.agent)
        self.call(self.agent, self.case, "export_data", ["name"])
        self.assertEqual(self.exports().conversation_id, self.case)
        self.call(self.outsider, self.case, "export_data", ["name"])
        self.assertEqual(self.exports().user_id, self.agent)

    def test_other_exports_leave_no_trace(self):
        note = self.case.partner_id.message_post(body="Not of a chat")
        (note | self.case.partner_id.message_ids).export_data(["body"])
        self.case.partner_id.export_data(["name"])
        self.assertFalse(self.exports())
