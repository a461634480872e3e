from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestTeamMatrix(WhatsappCase):
    """The page “Teams & Access”: what managers read and write there, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = mail_new_test_user(
            cls.env, login="system_user", groups="base.group_user,base.group_system"
        )
        cls.portal = mail_new_test_user(cls.env, login="portal_user", groups="base.group_portal")
        cls.denied = cls.agent | cls.supervisor | cls.employee | cls.system | cls.portal
        cls.teams = cls.env["wa.team"].with_user(cls.manager)

    def role(self, user, team):
        """Return role and scope of a user in a team, None without one."""
        member = team.member_ids.filtered(lambda m: m.user_id == user)
        return (member.role, member.scope) if member else None

    def row(self, user, **options):
        people = self.teams.get_matrix(**options)["people"]
        return next((person for person in people if person["id"] == user.id), None)

    # === RIGHTS === #

    def test_only_managers_read_and_write(self):
        calls = {
            "get_matrix": ([], []),
            "set_role": ([], [self.support.id, self.agent.id, "viewer", "team"]),
            "move_role": ([], [self.agent.id, self.sales.id, self.support.id]),
            "get_effect": (self.sales.ids, []),
        }
        for user in self.denied:
            for method, (ids, args) in calls.items():
                records = self.env["wa.team"].browse(ids)
                with self.subTest(user.login, method=method):
                    self.assertIsNone(self.rpc_team(user, records, method, args))
            with self.subTest(user.login, method="get_wa_effect"):
                self.assertIsNone(self.call(user, self.agent, "get_wa_effect"))
        self.assertEqual(self.role(self.agent, self.sales), ("agent", "team"))
        self.assertIsNone(self.role(self.agent, self.support))
        for method, (ids, args) in calls.items():
            records = self.env["wa.team"].browse(ids)
            with self.subTest("manager", method=method):
                self.assertTrue(self.rpc_team(self.manager, records, method, args))
        self.assertTrue(self.call(self.manager, self.agent, "get_wa_effect"))

    def rpc_team(self, user, records, method, args):
        args = [records.ids, *args] if records else args
        return self.rpc(
            user,
            f"/web/dataset/call_kw/wa.team/{method}",
            model="wa.team",
            method=method,
            args=args,
            kwargs={},
        )

    def test_team_of_another_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        team = self.env["wa.team"].create({"name": "Branch team", "company_id": branch.id})
        with self.assertRaises(AccessError):
            self.teams.set_role(team.id, self.agent.id, "agent", "team")
        self.manager.company_ids += branch
        both = self.teams.with_context(allowed_company_ids=self.manager.company_ids.ids)
        with self.assertRaises(ValidationError) as refused:
            both.set_role(team.id, self.agent.id, "agent", "team")
        self.assertIn("Branch", str(refused.exception))
        self.agent.company_ids += branch
        both.set_role(team.id, self.agent.id, "agent", "team")
        self.assertEqual(self.role(self.agent, team), ("agent", "team"))

    # === READING === #

    def test_matrix_shows_the_switched_companies(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        team = self.env["wa.team"].create({"name": "Branch team", "company_id": branch.id})
        self.manager.company_ids += branch
        one = self.teams.with_context(allowed_company_ids=self.env.company.ids).get_matrix()
        self.assertEqual({t["id"] for t in one["teams"]}, set((self.sales | self.support).ids))
        both = self.teams.with_context(allowed_company_ids=self.manager.company_ids.ids)
        self.assertIn(team.id, [t["id"] for t in both.get_matrix()["teams"]])
        (row,) = [p for p in both.get_matrix()["people"] if p["id"] == self.agent.id]
        self.assertEqual(row["closed_team_ids"], team.ids)

    def test_people(self):
        self.assertEqual(self.row(self.agent)["roles"], {self.sales.id: "agent_team"})
        self.assertTrue(self.row(self.manager)["is_manager"])
        self.assertIsNone(self.row(self.employee))
        self.assertTrue(self.row(self.employee, everybody=True))
        self.assertTrue(self.row(self.employee, user_ids=self.employee.ids))
        self.assertIsNone(self.row(self.portal, everybody=True))
        self.assertIsNone(self.row(self.agent, search="no such name"))
        self.assertTrue(self.row(self.agent, search=self.agent.login[:4]))

    # === WRITING === #

    def test_set_role(self):
        for role, scope, wanted in (
            ("viewer", "own", ("viewer", "team")),
            ("agent", "own", ("agent", "own")),
            ("agent", "team", ("agent", "team")),
            ("supervisor", "own", ("supervisor", "team")),
            (False, "team", None),
            ("agent", "own", ("agent", "own")),
        ):
            with self.subTest(role=role, scope=scope):
                self.teams.set_role(self.support.id, self.employee.id, role, scope)
                self.assertEqual(self.role(self.employee, self.support), wanted)

    def test_answer_is_the_new_row_and_its_effect(self):
        answer = self.teams.set_role(self.support.id, self.agent.id, "agent", "own")
        self.assertEqual(
            answer["person"]["roles"], {self.sales.id: "agent_team", self.support.id: "agent_own"}
        )
        changed = [s for s in answer["effect"]["sections"] if s["team_id"] == self.support.id]
        self.assertEqual(changed[0]["kind"], "agent_own")
        self.assertFalse(answer["notice"])

    def test_role_opens_the_chats_at_once(self):
        self.receive(self.message(), number=self.other_number)
        chat = self.conversation(number=self.other_number)
        self.assertFalse(self.found_by(self.agent, chat))
        self.teams.set_role(self.support.id, self.agent.id, "viewer", "team")
        self.assertTrue(self.found_by(self.agent, chat))
        self.teams.set_role(self.support.id, self.agent.id, False)
        self.assertFalse(self.found_by(self.agent, chat))

    def test_conversations_go_back_to_the_team(self):
        self.receive(self.message())
        chat = self.conversation()
        chat.with_user(self.agent).action_take()
        answer = self.teams.move_role(self.agent.id, self.sales.id, self.support.id)
        self.assertFalse(chat.user_id)
        self.assertIn("1 conversations", answer["notice"])

    def test_move(self):
        self.teams.set_role(self.sales.id, self.agent.id, "agent", "own")
        self.teams.move_role(self.agent.id, self.sales.id, self.support.id)
        self.assertIsNone(self.role(self.agent, self.sales))
        self.assertEqual(self.role(self.agent, self.support), ("agent", "own"))
        with self.assertRaises(UserError) as refused:
            self.teams.move_role(self.agent.id, self.sales.id, self.support.id)
        self.assertIn("not in Sales any more", str(refused.exception))

    def test_refusals_say_what_to_do(self):
        for user, words in (
            (self.portal, "cannot open"),
            (self.manager, "is a WhatsApp manager"),
        ):
            refused = self.assertRaisesRegex(UserError, words)
            with self.subTest(user.login), refused, self.cr.savepoint():
                self.teams.set_role(self.sales.id, user.id, "agent", "team")
            self.assertIsNone(self.role(user, self.sales))
        gone = self.env["wa.team"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        with self.assertRaisesRegex(UserError, "Reload"):
            self.teams.set_role(gone_id, self.agent.id, "agent", "team")

    # === WORDS === #

    def words(self, role, scope, **switches):
        self.sales.write(switches)
        return " ".join(self.sales._role_sentences(role, scope))

    def test_words_of_a_role(self):
        self.assertIn("Sees all", self.words("viewer", "team"))
        self.assertIn("Only reads", self.words("viewer", "team"))
        self.assertIn("not those of others", self.words("agent", "own"))
        self.assertIn("Gives own ones", self.words("agent", "team"))
        self.assertIn("Gives none", self.words("agent", "team", agents_transfer=False))
        self.assertIn("in all of them", self.words("agent", "team"))
        self.assertIn("only internal notes", self.words("agent", "team", exclusive_reply=True))
        self.assertIn("after giving a reason", self.words("supervisor", "team"))
        self.assertIn("also for others", self.words("supervisor", "team"))

    def test_words_say_what_the_decision_does(self):
        """Hold the cases that the sentences tell of against the decision on real conversations."""
        senders = {"own": "201001110001", "free": "201001110002", "others": "201001110003"}
        for sender in senders.values():
            self.receive(self.message(sender=sender))
        chats = {case: self.conversation(sender) for case, sender in senders.items()}
        chats["others"].with_user(self.supervisor).action_take()
        for exclusive in (False, True):
            for giving in (False, True):
                self.sales.write({"exclusive_reply": exclusive, "agents_transfer": giving})
                for role, scope in (
                    ("viewer", "team"),
                    ("agent", "own"),
                    ("agent", "team"),
                    ("supervisor", "team"),
                ):
                    self.teams.set_role(self.sales.id, self.agent.id, role, scope)
                    chats["own"]._assign(self.agent)
                    told = self.sales._granted_cases(role, scope)
                    for right, cases in told.items():
                        done = {
                            case
                            for case, chat in chats.items()
                            if chat._get_access(self.agent)[chat].allows(right)
                        }
                        with self.subTest(role, scope=scope, right=right, exclusive=exclusive):
                            self.assertEqual(cases, done)

    def test_effect_of_a_person(self):
        effect = self.agent.with_user(self.manager).get_wa_effect()
        self.assertEqual([s["title"] for s in effect["sections"]], ["Sales: Agent, whole team"])
        partner = self.env["res.partner"].create({"name": "Own", "user_id": self.employee.id})
        effect = self.employee.with_user(self.manager).get_wa_effect()
        self.assertFalse(effect["sections"])
        notes = " ".join(effect["notes"])
        self.assertIn("no role in a team", notes)
        self.assertIn("own customers (1 now) write to Sales and Support", notes)
        (self.sales | self.support).customer_readers = False
        notes = " ".join(self.employee.with_user(self.manager).get_wa_effect()["notes"])
        self.assertNotIn("own customers", notes)
        self.assertTrue(partner)
        self.assertIn("manager", str(self.manager.with_user(self.manager).get_wa_effect()))

    def test_effect_of_documents(self):
        for value, told, silent in (
            ("conversation", "conversations of Sales and Support that are linked", "stretches"),
            ("stretch", "stretches of conversations of Sales and Support", "None"),
            ("none", "invited", "linked to own"),
        ):
            (self.sales | self.support).document_access = value
            notes = " ".join(self.employee.with_user(self.manager).get_wa_effect()["notes"])
            with self.subTest(value):
                self.assertIn(told, notes)
                self.assertNotIn(silent, notes)

    def test_effect_of_a_person_without_the_right(self):
        group = self.env.ref("whatsapp_helpdesk.group_agent")
        group.user_ids = [Command.unlink(self.agent.id)]
        self.assertFalse(self.agent.has_group("whatsapp_helpdesk.group_agent"))
        notes = " ".join(self.agent.with_user(self.manager).get_wa_effect()["notes"])
        self.assertIn("without effect", notes)

    def test_effect_of_a_team(self):
        effect = self.sales.with_user(self.manager).get_effect()
        people = {section["kind"]: section["people"] for section in effect["sections"]}
        self.assertIn(self.agent.name, people["agent_team"])
        self.assertIn(self.supervisor.name, people["supervisor"])
        self.assertIn(self.manager.name, people["manager"])
        self.assertNotIn("viewer", people)
        empty = self.env["wa.team"].create({"name": "Empty"})
        notes = " ".join(empty.with_user(self.manager).get_effect()["notes"])
        self.assertIn("No number feeds this team", notes)
        self.assertIn("Nobody but managers can answer", notes)

    def test_effect_in_the_team_form(self):
        with Form(self.sales.with_user(self.manager)) as form:
            self.assertIn("in all of them", self.typed_effect(form))
            form.exclusive_reply = True
            self.assertIn("only internal notes", self.typed_effect(form))
            with form.member_ids.edit(0) as line:
                line.role = "viewer"
                self.assertEqual(line.scope, "team")
            self.assertIn("Only reads", self.typed_effect(form))
        self.assertTrue(self.sales.exclusive_reply)

    def typed_effect(self, form):
        """Return the effect of the first member's role as the form shows it."""
        return form.member_ids._records[0]["effect"]

    # === COMPANIES === #

    def test_a_team_stays_in_its_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        empty = self.env["wa.team"].create({"name": "Empty"})
        empty.company_id = branch
        with self.assertRaises(UserError), self.cr.savepoint():
            self.number.team_id = empty  # a number of another company
        with self.assertRaises(UserError), self.cr.savepoint():
            self.sales.company_id = branch  # has a number
        self.receive(self.message())
        self.number.team_id = False
        self.sales.member_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "conversations of another company"):
            self.sales.company_id = branch

    def test_an_account_moves_only_without_teams(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.account.company_id = branch
        (self.number | self.other_number).team_id = False
        self.account.company_id = branch
        self.assertEqual(self.number.company_id, branch)

    def test_a_conversation_gets_no_team_of_another_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        team = self.env["wa.team"].create({"name": "Branch team", "company_id": branch.id})
        self.receive(self.message())
        with self.assertRaises(UserError), self.cr.savepoint():
            self.conversation().team_id = team
