from odoo import api, fields, models

from .. import access
from ..models.wa_checks import Check


class WaCheckAccess(models.TransientModel):
    """Tell a manager what a person may do with a conversation, and which rule says so."""

    _name = "wa.check.access"
    _description = "Check Access to a Conversation"

    conversation_id = fields.Many2one("wa.conversation", required=True, readonly=True)
    company_id = fields.Many2one(related="conversation_id.company_id", related_sudo=False)
    team_id = fields.Many2one(related="conversation_id.team_id", related_sudo=False)
    assignee_id = fields.Many2one(
        related="conversation_id.user_id", string="Assigned to", related_sudo=False
    )
    user_id = fields.Many2one("res.users", "Person")
    summary = fields.Char(compute="_compute_answer")
    level = fields.Char(compute="_compute_answer")
    answer = fields.Html(compute="_compute_answer", sanitize=False)

    @api.depends("conversation_id", "user_id")
    def _compute_answer(self):
        for wizard in self:
            if not wizard.user_id:
                wizard.summary = wizard.level = wizard.answer = False
                continue
            wizard.conversation_id._check_can(access.MANAGE)
            checks = wizard._checks()
            allowed = sum(check.level == "ok" for check in checks)
            wizard.level = {0: "none", len(checks): "all"}.get(allowed, "some")
            wizard.summary = wizard._summary()
            wizard.answer = self.env["ir.qweb"]._render(
                "whatsapp_helpdesk.wa_access_checks", {"checks": checks}
            )

    def _checks(self):
        """Return one result per right.

        :rtype: list[Check]
        """
        titles = {
            access.READ: self.env._("Read"),
            access.NOTE: self.env._("Write internal notes"),
            access.REPLY: self.env._("Answer the customer"),
            access.HANDLE: self.env._("Take, put aside, close, reopen"),
            access.ASSIGN: self.env._("Give it to somebody else"),
            access.MANAGE: self.env._("Manage: block, merge, see the log"),
        }
        checks = []
        for right in access.RIGHTS:
            allowed, sentence = self.conversation_id._explain(right, self.user_id)
            checks.append(Check("ok" if allowed else "danger", titles[right], sentence))
        return checks

    def _summary(self):
        name = self.user_id.name
        if self.level == "all":
            return self.env._("%(user)s may do everything here.", user=name)
        if self.level == "none":
            return self.env._("%(user)s cannot see this conversation.", user=name)
        return self.env._("%(user)s may do some of it.", user=name)
