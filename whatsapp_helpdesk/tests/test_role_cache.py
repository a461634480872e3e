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
