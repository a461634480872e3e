from odoo import fields, models
from odoo.tools import format_datetime

from ..cloud_api.templates import refusals, stored
from ..cloud_api.templates.slots import TEXT_KINDS, slots
from ..cloud_api.templates.values import find_problems


class WaMessageRefusalWords(models.AbstractModel):
    """What was wrong with a message from a template, in the words of whoever reads it."""

    _name = "wa.message.refusal.words"
    _description = "WhatsApp Message's Refusal in Words"

    def _refusal(self):
        """Return what Meta's error means for a message from a template.

        :rtype: cloud_api.templates.refusals.Refusal
        """
        self.ensure_one()
        template = self.template_id._to_template()
        values = stored.stored_values(template, self.template_values)
        return refusals.read_refusal(template, values, self.error_code, self.error_message or "")

    def _explain_refusal(self):
        """Return what was wrong with a message from a template, and what to do about it.

        :return: two sentences; None if the error is not about the template
        :rtype: tuple[str, str] | None
        """
        # sudo: wa.template - what the message that the user may read was made of
        message = self.sudo()
        if not self.error_code:
            return message._explain_values()
        refusal = message._refusal()
        names = message._meant_variables(refusal)
        return message._refusal_texts(names).get(refusal.reason)

    def _explain_values(self):
        """Return what our own check found; None if the values fit the template."""
        template = self.template_id
        content = template._to_template()
        values = stored.stored_values(content, self.template_values)
        rows = {variable.key: variable for variable in template.variable_ids}
        sentences = [
            template._describe_problem(problem, rows)
            for problem in find_problems(content, values, uploaded=False)
            if problem.slot
        ]
        hint = self.env._("Choose the template again, and send it with other values.")
        return (" ".join(sentences), hint) if sentences else None

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
