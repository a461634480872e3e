from odoo import fields, models
from odoo.exceptions import UserError

from ..access import MANAGE


class WaContactMerging(models.AbstractModel):
    """Two identities that turn out to be one person, and the way back.

    The merged contact stays as an archived row that keeps its ids and points to the other one: what
    still comes under the old ids arrives in the right chat, and nothing is forgotten.
    """

    _name = "wa.contact.merging"
    _description = "WhatsApp Contact Merging"

    active = fields.Boolean(default=True, readonly=True)
    merged_into_id = fields.Many2one(
        "wa.contact",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The contact that this identity belongs to now.",
    )
    merged_at = fields.Datetime(readonly=True)
    merged_by_id = fields.Many2one("res.users", readonly=True, help="Empty: Meta said so.")
    merge_reason = fields.Char(readonly=True)
    former_ids = fields.One2many(
        "wa.contact",
        "merged_into_id",
        "Other Identities",
        readonly=True,
        context={"active_test": False},
        help="Former numbers and ids of this person, and contacts merged into this one.",
    )

    # === ACTION METHODS === #

    def action_merge(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge contacts"),
            "res_model": "wa.contact.merge",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contact_id": self.id},
        }

    def action_undo_merge(self):
        """Make merged contacts contacts of their own again, with the conversations they had.

        :raise AccessError: if the current user does not lead all their conversations
        """
        (self | self.merged_into_id)._check_leads_all()
        # sudo: wa.contact - checked above; nobody has a general right to write contacts
        for contact in self.sudo().filtered("merged_by_id"):
            contact._record_decision("separated", contact.merged_into_id)
            contact._separate()

    # === BUSINESS METHODS === #

    def _check_leads_all(self):
        """Raise unless the current user leads all conversations of these contacts.

        :raise AccessError: says why not
        """
        self.check_access("read")
        # sudo: wa.contact - also the conversations that the user does not see; the check is without
        self.sudo().with_context(active_test=False).conversation_ids._check_can(MANAGE)

    def _record_decision(self, action, target, reason=""):
        """Write into the access log of their conversations who made them one, or two again.

        :param str action: see `wa.access.log`
        :param target: `wa.contact` that this one is or was merged into
        """
        self.env["wa.access.log"]._record(
            action,
            conversations=(self | target).with_context(active_test=False).conversation_ids,
            reason=reason,
            detail=f"{self._known_name()}, {target._known_name()}",
        )

    def _current(self):
        """Return the contact that stands for this identity now."""
        self.ensure_one()
        contact = self
        while contact.merged_into_id:
            contact = contact.merged_into_id
        return contact

    def _merge_into(self, target, reason, user=None):
        """Make this identity part of ``target``, with all its conversations.

        :param target: another `wa.contact` of the same company and portfolio
        :param str reason: why, for whoever wonders later
        :param user: `res.users` who decided; without one it was Meta
        :raise UserError: if they cannot be one person here
        """
        self.ensure_one()
        self._check_can_merge(target)
        conversations = self.with_context(active_test=False).conversation_ids
        conversations._make_room(target)
        conversations._move_to_contact(target)
        target._adopt_preferences(self)
        for conversation in conversations:
            conversation._log_note(
                self.env._(
                    "%(former)s and %(contact)s are one customer now: %(reason)s",
                    former=self._known_name(),
                    contact=target._known_name(),
                    reason=reason,
                )
            )
        self.write(
            {
                "active": False,
                "merged_into_id": target.id,
                "merged_at": fields.Datetime.now(),
                "merged_by_id": user.id if user else False,
                "merge_reason": reason,
            }
        )

    def _check_can_merge(self, target):
        if self == target._current():
            raise UserError(self.env._("Choose two different contacts."))
        if (self.company_id, self.scope_uid) != (target.company_id, target.scope_uid):
            raise UserError(
                self.env._(
                    "These contacts belong to different business portfolios, where the same person "
                    "has different ids. Choose the same customer for both instead."
                )
            )

    def _separate(self):
        self.ensure_one()
        target = self.merged_into_id
        conversations = self.env["wa.conversation"].search([("former_contact_id", "=", self.id)])
        self.write(
            {
                "active": True,
                "merged_into_id": False,
                "merged_at": False,
                "merged_by_id": False,
                "merge_reason": False,
            }
        )
        conversations._move_to_contact(self)
        for conversation in conversations | target.conversation_ids[:1]:
            conversation._log_note(
                self.env._(
                    "%(former)s and %(contact)s are two customers again.",
                    former=self._known_name(),
                    contact=target._known_name(),
                )
            )
