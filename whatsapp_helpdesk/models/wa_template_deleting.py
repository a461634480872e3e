from odoo import api, models
from odoo.exceptions import UserError

from ..cloud_api import errors


class WaTemplateDeleting(models.AbstractModel):
    """Deleting templates at Meta, and taking back its pauses.

    Source: Meta Cloud API: message_templates.
    """

    _name = "wa.template.deleting"
    _description = "WhatsApp Template Deleting"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_at_meta(self):
        """What Meta has would come back with the next synchronisation, without its variables."""
        for template in self:
            if template.uid and template.status != "deleted":
                raise UserError(
                    self.env._(
                        "Meta has “%s”: delete it at Meta, or archive it here.",
                        template.display_name,
                    )
                )

    # === ACTION METHODS === #

    def action_unpause(self):
        """Take back the pause of templates that customers reported."""
        self.check_access("write")
        for template in self:
            if template.status != "paused":
                raise UserError(self.env._("“%s” is not paused.", template.display_name))
            template._check_lock()
            template._ask_for_template(lambda client, t=template: client.unpause_template(t.uid))
            template._mark_status("approved", tell=False)

    def action_delete_at_meta(self):
        """Open the dialog that deletes templates at Meta."""
        self.check_access("unlink")
        return self.env["wa.template.delete"]._open(self)

    # === BUSINESS METHODS === #

    def _delete_at_meta(self, all_languages):
        """Delete this variant at Meta, or the template in all languages.

        :param bool all_languages: with all variants, also those that are only at Meta
        :raise UserError: with Meta's reason
        """
        self.ensure_one()
        uid = "" if all_languages else self.uid
        gone = self | self._variants().filtered("uid") if all_languages else self
        gone._check_lock()
        waba_uid = self.account_id.waba_uid
        self._ask_for_template(lambda client: client.delete_template(waba_uid, self.name, uid))
        for template in gone:
            template._mark_status(
                "pending_deletion" if template.was_approved else "deleted",
                self.env._("Deleted by %s.", self.env.user.name),
                tell=False,
            )

    def _ask_for_template(self, question):
        """Call Meta for a user who may write templates.

        :raise UserError: with what Meta objects to
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: wa.account - credentials; checked above
        with self.account_id.sudo()._connected() as client:
            try:
                return question(client)
            except errors.CloudApiError as error:
                raise UserError(self._explain_refusal(error)) from error
