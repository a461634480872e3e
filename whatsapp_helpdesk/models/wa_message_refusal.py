from odoo import fields, models
from odoo.exceptions import UserError

from ..cloud_api.templates import refusals

_WINDOW_IS_CLOSED = 131047
_MARKETING_LIMIT = 131049
_MARKETING_STOPPED = 131050
_NO_SUCH_TEMPLATE = 132001

# What Meta would answer, had the message left
_CODE_OF_STATUS = {"paused": 132015, "disabled": 132016}
_UNCHANGED_FAILS_AGAIN = ("too_long", "variables")


class WaMessageRefusal(models.AbstractModel):
    """What follows when Meta refuses a message: for its template, its customer and what waits.

    Source: Meta Cloud API: error codes.
    """

    _name = "wa.message.refusal"
    _inherit = ["wa.message.refusal.words"]
    _description = "WhatsApp Message's Refusal"

    # === BEFORE SENDING === #

    def _fail_refused_templates(self):
        """Fail those of these that Meta would refuse because of their template; return the rest."""
        refused = self.browse()
        for message in self.filtered(lambda message: message.message_type == "template"):
            code = message._template_obstacle()
            if code:
                refused |= message
                reason = message.template_id.status_reason
                message._fail(code, reason or self.env._("Refused before it left."))
        return self - refused

    def _template_obstacle(self):
        """Return the code with which Meta would refuse this template now, 0 if it would not."""
        self.ensure_one()
        template, contact = self.template_id, self.conversation_id.contact_id
        if template.status != "approved":
            return _CODE_OF_STATUS.get(template.status, _NO_SUCH_TEMPLATE)
        if template.category == "marketing":
            if contact.marketing_opt_out:
                return _MARKETING_STOPPED
            if contact._is_spared_marketing():
                return _MARKETING_LIMIT
        return 0

    def _check_can_repeat(self):
        """Raise unless WhatsApp would take this message if it were sent again now.

        :raise AccessError: if the user may not answer
        :raise UserError: says what is in the way
        """
        self.ensure_one()
        if self.message_type != "template":
            self.conversation_id._check_window_open()
            return
        if not self.template_id:
            raise UserError(self.env._("The template of this message is gone: choose another."))
        # sudo: wa.conversation - taken away: the question is what the user may
        self.conversation_id.sudo(False)._check_can_send_template(self.template_id)
        if self.state == "failed" and self._would_fail_again():
            raise UserError("\n".join(self._explain_refusal()))

    def _would_fail_again(self):
        """Tell whether it was refused for its values, which a repetition takes along."""
        if not self.error_code:
            return bool(self._explain_values())
        return self._refusal().reason in _UNCHANGED_FAILS_AGAIN

    # === AFTER META'S ANSWER === #

    def _follow_refusals(self):
        """Do what Meta's refusal of these failed messages means for whatever comes next."""
        for message in self.filtered(lambda message: message.state == "failed"):
            refused_at = message._refused_at()
            contact = message.conversation_id.contact_id
            if message.error_code == _WINDOW_IS_CLOSED:
                message.conversation_id._close_window(refused_at)
            elif message.error_code == _MARKETING_LIMIT:
                contact._spare_marketing(refused_at + refusals.PER_USER_PAUSE)
            elif message.error_code == _MARKETING_STOPPED:
                contact._set_marketing_opt_out(True, refused_at)
            if message.template_id:
                message._follow_template_refusal()

    def _refused_at(self):
        """Return when Meta refused: what it took first, it refused soon after that."""
        return self.sent_at if self.wamid else fields.Datetime.now()

    def _follow_template_refusal(self):
        refusal, template = self._refusal(), self.template_id
        if refusal.reason in _CODE_OF_STATUS:
            template._mark_status(
                refusal.reason,
                reason=self.error_message or "",
                at=self._refused_at() if self.wamid else None,
            )
        elif refusal.needs_sync and template.status == "approved":
            template._want_sync()
