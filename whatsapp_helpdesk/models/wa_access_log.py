from contextlib import contextmanager

from odoo import api, fields, models
from odoo.fields import Domain

from ..access import MANAGE


class WaAccessLog(models.Model):
    """Who gave access to conversations, and who used a right that has to be answered for.

    Rows are written by `_record` and by nothing else; nobody changes or deletes them.
    """

    _name = "wa.access.log"
    _description = "WhatsApp Access Log"
    _order = "id desc"
    _rec_name = "action"

    action = fields.Selection(
        [
            ("invited", "Invited"),
            ("uninvited", "Invitation Ended"),
            ("assigned", "Assigned"),
            ("transferred", "Handed to Another Team"),
            ("overrode", "Answers in Place of the Assignee"),
            ("exported", "Exported"),
            ("blocked", "Customer Blocked"),
            ("unblocked", "Customer Unblocked"),
            ("merged", "Contacts Merged"),
            ("separated", "Contacts Separated"),
            ("linked", "Linked to a Document"),
            ("unlinked", "Link to a Document Removed"),
            ("role_changed", "Role Changed"),
            ("settings_changed", "Team Settings Changed"),
        ],
        required=True,
        readonly=True,
    )
    conversation_id = fields.Many2one(
        "wa.conversation", readonly=True, ondelete="set null", index="btree_not_null"
    )
    team_id = fields.Many2one("wa.team", readonly=True, ondelete="set null", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "By", readonly=True, ondelete="restrict", help="Empty: nobody in particular."
    )
    subject_user_id = fields.Many2one(
        "res.users", "Concerns", readonly=True, ondelete="set null", help="Whose access changed."
    )
    reason = fields.Char(readonly=True)
    detail = fields.Char(readonly=True, help="What changed, or which fields were exported.")
    create_date = fields.Datetime("Time", readonly=True)
    is_readable = fields.Boolean(
        compute="_compute_is_readable",
        search="_search_is_readable",
        export_string_translation=False,
        help="Whether the current user may read it.",
    )

    # === COMPUTE METHODS === #

    @api.depends("company_id", "conversation_id.is_readable", "team_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_readable(self):
        managed = self.conversation_id._filter_access(MANAGE)
        of_teams = self.filtered_domain(self._team_rows_domain())
        for row in self:
            row.is_readable = row.conversation_id in managed or row in of_teams

    def _search_is_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        managed = self.env["wa.conversation"]._access_domain(MANAGE)
        return Domain("conversation_id", "any!", managed) | self._team_rows_domain()

    @api.model
    def _team_rows_domain(self):
        """Return the rows about whole teams that are for the current user.

        Those of a conversation follow the conversation, see `is_readable`.
        """
        user = self.env.user
        # sudo: wa.access.log - taken away: then Odoo checks that the companies are the user's
        companies = self.sudo(False).env.companies
        without_conversation = Domain("conversation_id", "=", False) & Domain(
            "company_id", "in", companies.ids
        )
        if user._is_internal() and user.has_group("whatsapp_helpdesk.group_manager"):
            return without_conversation
        led = [role.team_id for role in user._wa_team_roles() if role.role == "supervisor"]
        return without_conversation & Domain("team_id", "in", led)

    # === BUSINESS METHODS === #

    @api.model
    def _record(self, action, *, conversations=None, subject=None, team=None, reason="", detail=""):
        """Write down what the current user did.

        :param str action: one of the actions above
        :param conversations: `wa.conversation`, each gets a row; without any the row is the team's
        :param subject: `res.users` whose access changed, each gets a row
        :param team: `wa.team`; without one it is that of the conversation
        :param str reason: as the user gave it
        :param str detail: what changed, in words
        """
        base = {"action": action, "user_id": self.env.uid, "reason": reason, "detail": detail}
        # sudo: wa.team - only the ids of what the caller handles
        team = (team or self.env["wa.team"]).sudo()
        # sudo: wa.conversation - as above
        conversations = conversations.sudo() if conversations else [self.env["wa.conversation"]]
        # sudo: wa.access.log - nobody may write it by hand
        self.sudo().create(
            [
                base
                | {
                    "conversation_id": conversation.id,
                    "team_id": (team or conversation.team_id).id,
                    "company_id": (
                        conversation.company_id or team.company_id or self.env.company
                    ).id,
                    "subject_user_id": user.id,
                }
                for conversation in conversations
                for user in subject or [self.env["res.users"]]
            ]
        )

    @api.model
    @contextmanager
    def _recording_managers(self):
        """Record who becomes a WhatsApp manager meanwhile, or stops being one.

        Managers need no role in a team: the group alone opens all conversations of a company.
        """
        # sudo: res.groups - who is in it, for the log
        group = self.env.ref("whatsapp_helpdesk.group_manager", raise_if_not_found=False)
        group = group.sudo() if group else self.env["res.groups"]
        before = group.all_user_ids
        yield
        after = group.all_user_ids
        word, nothing = self.env._("WhatsApp manager"), self.env._("no role")
        for users, detail in (
            (after - before, f"{nothing} → {word}"),
            (before - after, f"{word} → {nothing}"),
        ):
            if users:
                self._record("role_changed", subject=users, detail=detail)
