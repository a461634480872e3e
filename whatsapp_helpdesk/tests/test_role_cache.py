from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .common import WhatsappCase


class TestRoleCache(WhatsappCase):
    """Roles are cached; whoever loses one must lose it at once, whatever runs at the same time."""

    def roles(self):
        return {role.role for role in self.agent._wa_team_roles()}

    def test_roles_that_others_read_before_the_commit_are_forgotten_after_it(self):
        member = self.agent.wa_team_member_ids
        self.assertEqual(self.roles(), {"agent"})
        member.role = "viewer"
        member.flush_recordset()
        # What another request reads and keeps that does not see the uncommitted change yet
        self.env.registry.clear_cache()
        change = "UPDATE wa_team_member SET role = %s WHERE id = %s"
        self.env.cr.execute(SQL(change, "agent", member.id))
        member.invalidate_recordset()
        self.assertEqual(self.roles(), {"agent"})
        self.env.cr.execute(SQL(change, "viewer", member.id))
        member.invalidate_recordset()
        self.env.cr.postcommit.run()
        self.assertEqual(self.roles(), {"viewer"})

    def test_other_processes_forget_roles_after_the_commit(self):
        """Scheduled actions tell them before it, when they could only read what was."""
        self.agent.wa_team_member_ids.role = "viewer"
        self.env.flush_all()
        self.env.registry.signal_changes()
        told = self.env.registry.cache_sequences
        before = told["default"]
        self.env.cr.postcommit.run()
        self.assertEqual(told["default"], before + 1)

    def test_narrow_rules_see_what_was_just_written(self):
        self.receive(self.message("Hello"))
        chat = self.conversation()
        salesperson = chat.with_user(self.employee)
        self.assertFalse(salesperson.search([]))
        for user, found in ((self.employee, chat), (self.agent, chat.browse())):
            chat.partner_id.user_id = user
            self.assertEqual(salesperson.search([]).with_env(self.env), found)

    def openings(self):
        return set(self.env["wa.team"]._ids_with("customer_readers", True))

    def test_how_teams_open_is_known_at_once(self):
        before = self.openings()
        team = self.env["wa.team"].create([{"name": "Showroom"}])
        self.assertEqual(self.openings(), before | {team.id})
        team.active = False
        self.assertEqual(self.openings(), before | {team.id})
        team.customer_readers = False
        self.assertEqual(self.openings(), before)
        team.customer_readers = True
        self.assertEqual(self.openings(), before | {team.id})
        team.unlink()
        self.assertEqual(self.openings(), before)

    def test_sql_of_narrow_rules_is_written_once(self):
        conversations = self.env["wa.conversation"].with_user(self.agent)

        def narrow():
            return tuple(rule.domain for rule in conversations._access_rules() if rule.is_narrow)

        self.assertTrue(narrow())
        first, second = (conversations._cached_sql_of_any(narrow()) for _ in range(2))
        self.assertIs(first, second)

    def test_narrow_rules_with_lists_are_not_cached(self):
        self.receive(self.message("Hello"))
        chat = self.conversation()
        self.assertIn(chat, chat.search(chat._one_of((Domain("user_id", "in", [False]),))))
        self.assertFalse(chat.search(chat._one_of((Domain("user_id", "in", [self.agent.id]),))))

    def test_what_a_search_found_is_asked_again_after_a_change(self):
        self.receive(self.message("Hello"))
        chat = self.conversation()
        member = self.agent.wa_team_member_ids
        for lose, regain in (
            (lambda: chat.write({"team_id": self.support.id}), {"team_id": self.sales.id}),
            (member.unlink, {}),
        ):
            mine = chat.with_user(self.agent).search([("id", "=", chat.id)])
            with self.assertQueryCount(0):
                self.assertTrue(mine.is_readable)
            lose()
            self.assertFalse(mine.is_readable)
            with self.assertRaises(AccessError):
                mine.read(["name"])
            chat.write(regain)
