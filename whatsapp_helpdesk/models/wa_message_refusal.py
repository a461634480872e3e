from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..cloud_api.templates import refusals, stored
from ..cloud_api.templates.slots import TEXT_KINDS, slots

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
    _description = "WhatsApp Message's Refusal"

    # === BEFORE SENDING === #

    def _fail_refused_templates(self):
        """Fail those of these that Meta would refuse because of their template; return the rest."""
        refused = self.browse()
        for message in self.filtered(lambda message: message.message_type == "template"):
            code = message._template_obstacle()
            if code:
                refused |= message
                message._fail(code, self.env._("Refused before it left."))
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
        refusal = self.state == "failed" and self._refusal()
        if refusal and refusal.reason in _UNCHANGED_FAILS_AGAIN:
            raise UserError("\n".join(self._explain_refusal()))

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

    def _refusal(self):
        """Return what Meta's error means for a message from a template.

        :rtype: cloud_api.templates.refusals.Refusal
        """
        self.ensure_one()
        template = self.template_id._to_template()
        values = stored.stored_values(template, self.template_values)
        return refusals.read_refusal(template, values, self.error_code, self.error_message or "")

    # === IN WORDS === #

    def _explain_refusal(self):
        """Return what was wrong with a message from a template, and what to do about it.

        :return: two sentences; None if the error is not about the template
        :rtype: tuple[str, str] | None
        """
        # sudo: wa.template - what the message that the user may read was made of
        message = self.sudo()
        refusal = message._refusal()
        names = message._meant_variables(refusal)
        return message._refusal_texts(names).get(refusal.reason)

    def _meant_variables(self, refusal):
        """Return how people know the variables that Meta means, '' if it does not say."""
        keys = [slot.key for slot in refusal.slots]
        if refusal.reason == "too_long" and not keys:
            keys = self._longest_value()
        rows = {variable.key: variable for variable in self.template_id.variable_ids}
        known = [rows[key]._describe() for key in keys if key in rows]
        return ", ".join(self.env._("“%(name)s”", name=name) for name in known)

    def _longest_value(self):
        """Return the key of the variable that made the text too long, as a list."""
        values = self.template_values or {}
        keys = [
            slot.key
            for slot in slots(self.template_id._to_template())
            if slot.kind in TEXT_KINDS and isinstance(values.get(slot.key), str)
        ]
        return [max(keys, key=lambda key: len(values[key]))] if keys else []

    def _refusal_texts(self, names):
        """Return (what happened, what to do) by the reason of a refusal.

        :param str names: of the variables that are meant
        """
        other_value = self.env._("Send the template again with another value.")
        other_template = self.env._("Choose another template.")
        texts = {
            "count": (
                self.env._("At WhatsApp the template has other variables than here."),
                self.env._("It is read again from WhatsApp. Then choose it again and send it."),
            ),
            "variables": (
                self.env._("WhatsApp did not accept a value of the template."),
                self.env._("Check the values of the template, and send it again with others."),
            ),
            "too_long": (
                self.env._("With its values the template is longer than WhatsApp takes."),
                self.env._("Send the template again with shorter values."),
            ),
            "gone": (
                self.env._("WhatsApp has no approved template of this name in this language."),
                self.env._("It is read again from WhatsApp. Choose another template meanwhile."),
            ),
            "paused": (
                self.env._("WhatsApp has paused this template, because customers disliked it."),
                self.env._("Choose another template, or wait until this one goes on."),
            ),
            "disabled": (
                self.env._("WhatsApp has disabled this template for good."),
                other_template,
            ),
            "policy": (
                self.env._("This template breaks a rule of WhatsApp."),
                self.env._("Choose another template. A manager has to change this one."),
            ),
            "misuse": (
                self.env._(
                    "WhatsApp limits this account, because templates were in a wrong category."
                ),
                self.env._("Wait until WhatsApp lifts it; a manager should check the categories."),
            ),
            "flow": (
                self.env._("WhatsApp has blocked or slowed down the form of this template."),
                other_template,
            ),
            "media": (
                self.env._("WhatsApp could not use the file above the text."),
                self.env._("Send the template again with another file."),
            ),
            "per_user_limit": (
                self.env._("Meta did not deliver it: this customer gets many marketing messages."),
                self._explain_pause(),
            ),
        }
        if names:
            texts |= {
                "count": (
                    self.env._(
                        "At WhatsApp the template has other variables than %(variables)s.",
                        variables=names,
                    ),
                    texts["count"][1],
                ),
                "variables": (
                    self.env._("WhatsApp did not accept %(variables)s.", variables=names),
                    other_value,
                ),
                "too_long": (
                    self.env._(
                        "With %(variables)s the template is longer than WhatsApp takes.",
                        variables=names,
                    ),
                    self.env._("Send the template again with a shorter value."),
                ),
            }
        return texts

    def _explain_pause(self):
        until = self.conversation_id.contact_id.marketing_paused_until
        if not until or until <= fields.Datetime.now():
            return self.env._("Do not repeat it within 24 hours.")
        return self.env._(
            "Marketing to this customer is refused until %(time)s. Templates about an order or a "
            "request can be sent.",
            time=format_datetime(self.env, until, dt_format="short"),
        )
