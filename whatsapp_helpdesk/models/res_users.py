from odoo import Command, api, fields, models
from odoo.tools import ormcache

from ..access import TeamRole


class ResUsers(models.Model):
    _inherit = "res.users"

    wa_team_member_ids = fields.One2many("wa.team.member", "user_id", string="WhatsApp Teams")

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Override to record who becomes a WhatsApp manager."""
        with self.env["wa.access.log"]._recording_managers():
            return super().create(vals_list)

    def write(self, vals):
        """Override to record who becomes a WhatsApp manager or is none any more."""
        if "group_ids" not in vals:
            return super().write(vals)
        with self.env["wa.access.log"]._recording_managers():
            return super().write(vals)

    # === BUSINESS METHODS === #

    def _wa_team_roles(self):
        """Return what this user is in which WhatsApp teams, in all companies open to the user.

        :rtype: list[TeamRole]
        """
        self.ensure_one()
        companies = self._get_company_ids()
        return [role for role in self._wa_all_team_roles() if role.company_id in companies]

    @ormcache("self.id")
    def _wa_all_team_roles(self):
        # sudo: wa.team.member - everybody may know the own roles
        members = self.sudo().wa_team_member_ids.filtered("team_id.active")
        return tuple(
            TeamRole(
                team_id=member.team_id.id,
                company_id=member.team_id.company_id.id,
                role=member.role,
                scope=member.scope,
                may_transfer=member.team_id.agents_transfer,
            )
            for member in members
        )

    @api.model
    def _wa_forget_roles(self):
        """Forget what is cached of roles and teams, now and once more after the commit.

        Until then other requests still read what was before, and would keep it for good.
        """
        self.env.registry.clear_cache()
        pending = self.env.cr.postcommit.data
        if not pending.get("whatsapp_helpdesk.roles"):
            pending["whatsapp_helpdesk.roles"] = True
            self.env.cr.postcommit.add(self._wa_forget_committed_roles)

    @api.model
    def _wa_forget_committed_roles(self):
        self.env.registry.clear_cache()
        # Requests tell the other processes after their commit; scheduled actions do it before, when
        # what changed cannot be seen there yet.
        if self.env.registry.ready:
            self.env.registry.signal_changes()

    def _init_store_data(self, store):
        """Override of `mail`: who has canned replies only from WhatsApp teams has some too."""
        result = super()._init_store_data(store)
        if self.env.user and self.env.user.has_group("whatsapp_helpdesk.group_agent"):
            replies = self.env["mail.canned.response"]
            if replies.search_count(replies._wa_my_teams_domain(), limit=1):
                store.add_global_values(hasCannedResponses=True)
        return result

    def get_wa_effect(self):
        """Tell in words what this person may do in the teams of the switched companies.

        :rtype: dict
        :raise AccessError: for others than managers
        """
        self.ensure_one()
        teams = self.env["wa.team"]
        teams.check_access("write")
        return teams._person_effect(self)

    def _wa_companies(self):
        # sudo: res.users - who may edit a team may know which companies its people open
        return self.sudo().company_ids

    def _wa_usual_role(self):
        """Return the role that somebody gets who is added to a team without one."""
        self.ensure_one()
        is_supervisor = self.has_group("whatsapp_helpdesk.group_supervisor")
        return "supervisor" if is_supervisor else "agent"

    def _wa_follow_roles(self):
        """Give these users the groups that their roles need, which open menus and models.

        Nobody loses a group here: without a role it opens nothing.
        """
        for role, group in (
            ("supervisor", "whatsapp_helpdesk.group_supervisor"),
            (False, "whatsapp_helpdesk.group_agent"),
        ):
            # sudo: wa.team.member - who edits a team decides; roles in other companies count too
            members = self.sudo().wa_team_member_ids.filtered(
                lambda member, role=role: not role or member.role == role
            )
            lacking = self.filtered(
                lambda user, members=members, group=group: (
                    user in members.user_id and not user.has_group(group)
                )
            )
            if lacking:
                # sudo: res.groups - as above
                self.env.ref(group).sudo().write(
                    {"user_ids": [Command.link(user.id) for user in lacking]}
                )
