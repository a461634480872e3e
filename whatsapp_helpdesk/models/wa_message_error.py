from odoo import api, fields, models

from ..cloud_api import errors

# Codes that say the same to a person
_SAME_AS = {
    3: 10,
    102: 190,
    104: 190,
    131005: 10,
    131044: 131042,
    131016: 131000,
    1: 131000,
    2: 131000,
    131051: 131009,
    131008: 131009,
    100: 131009,
    130429: 80007,
    4: 80007,
    131045: 133010,
    133006: 133010,
    33: 133010,
    131031: 368,
}

# Locked, blocked for its content, or without a way to pay
_ACCOUNT_IS_BLOCKED = (368, 131031, 131042)


class WaMessageError(models.AbstractModel):
    """Why a message did not arrive and what to do, in the words of whoever reads it.

    Source: Meta Cloud API: error codes.
    """

    _name = "wa.message.error"
    _description = "WhatsApp Message Errors"

    error_code = fields.Integer(readonly=True, aggregator=False)
    error_message = fields.Char(readonly=True, help="Meta's words, or those of our own check.")
    error_reason = fields.Char("What Happened", compute="_compute_error_text")
    error_hint = fields.Char("What to Do", compute="_compute_error_text")

    @api.depends("error_code", "error_message", "template_id")
    @api.depends_context("lang")
    def _compute_error_text(self):
        for message in self:
            reason, hint = message._explain_error()
            message.error_reason, message.error_hint = reason or False, hint or False

    def _explain_error(self):
        """Return what happened and what the user can do about it, in the user's language.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        if not (self.error_code or self.error_message):
            return "", ""
        if self.template_id and (texts := self._explain_refusal()):
            return texts
        code = 10 if 200 <= self.error_code < 300 else self.error_code
        texts = self._error_texts().get(_SAME_AS.get(code, code))
        return texts or (self.error_message or "", self._explain_class())

    def _stop_blocked_accounts(self):
        """Let the queue wait where Meta refuses all that we send, instead of failing one by one."""
        for message in self.filtered(lambda m: m.state == "failed"):
            account = message.wa_channel_id.account_id
            if message.error_code in _ACCOUNT_IS_BLOCKED and not account.is_stopped:
                account._stop_sending(message.error_reason)

    def _explain_class(self):
        """Return what to do about an error of which only the kind is known."""
        info = errors.ERROR_TABLE.get(self.error_code)
        error_class = info.error_class if info else None
        hints = {
            errors.AuthError: self.env._("An administrator must check the access of this number."),
            errors.MediaError: self.env._("Try another file or another format."),
            errors.OutcomeUnknown: self.env._(
                "It may have arrived all the same. Ask the customer before sending it again."
            ),
            errors.RateLimited: self.env._("Wait a while, then send it again."),
            errors.RecipientError: self.env._("Use another way to reach the customer."),
            errors.TemplateError: self.env._("Choose another template, or have this one repaired."),
            errors.TransientError: self.env._("Send it again."),
        }
        return hints.get(
            error_class, self.env._("Try again, or use another way to reach the customer.")
        )

    def _error_texts(self):
        """Return (what happened, what to do) by Meta's code."""
        return {
            10: (
                self.env._("Our access to WhatsApp lacks a permission."),
                self.env._("An administrator must assign the account to the system user at Meta."),
            ),
            190: (
                self.env._("Our access token has expired or is not valid."),
                self.env._("An administrator must enter a new one. Until then messages wait."),
            ),
            368: (
                self.env._("Meta has blocked this WhatsApp account for breaking its rules."),
                self.env._("An administrator can ask for a review in Meta's Business Support."),
            ),
            80007: (
                self.env._("Too many messages left this number in a short time."),
                self.env._("Wait a few minutes, then send it again."),
            ),
            130403: (
                self.env._("You have blocked this customer."),
                self.env._("Unblock the customer, then send it again."),
            ),
            130472: (
                self.env._("Meta keeps marketing messages from this customer for an experiment."),
                self.env._("Wait until the customer writes, or use another way to reach them."),
            ),
            130497: (
                self.env._("Meta does not let this business write to customers in that country."),
                self.env._("Use another way to reach the customer."),
            ),
            131000: (
                self.env._("WhatsApp had a fault of its own."),
                self.env._(
                    "It may have arrived all the same. Ask the customer before sending it again."
                ),
            ),
            131009: (
                self.env._("WhatsApp did not accept the content of the message."),
                self.env._("Change the message as the reason says, and send it again."),
            ),
            131021: (
                self.env._("The customer's number is this business number itself."),
                self.env._("Check the customer's number."),
            ),
            131026: (
                self.env._("The number is not on WhatsApp, or its app is too old."),
                self.env._("Check the number, or use another way to reach the customer."),
            ),
            131030: (
                self.env._("Meta's test number only reaches numbers that are listed for it."),
                self.env._("An administrator must add the number in Meta's app dashboard."),
            ),
            131037: (
                self.env._("Meta has not approved the name of this number yet."),
                self.env._("An administrator must have the name approved in WhatsApp Manager."),
            ),
            131042: (
                self.env._("Meta asks for a valid payment method."),
                self.env._("An administrator must add one to the WhatsApp account at Meta."),
            ),
            131047: (
                self.env._("The customer last wrote over 24 hours ago."),
                self.env._("Send a template, or wait for a message from the customer."),
            ),
            131048: (
                self.env._("Too many people blocked or reported this number."),
                self.env._("Pause before sending on, and write only to those who expect it."),
            ),
            131049: (
                self.env._("Meta did not deliver it: this customer gets many marketing messages."),
                self.env._("Do not repeat it within 24 hours."),
            ),
            131050: (
                self.env._("The customer does not want marketing messages from you."),
                self.env._("Respect it. Answers to the customer's own messages still arrive."),
            ),
            131052: (
                self.env._("WhatsApp could not fetch the file."),
                self.env._("Ask the customer for a smaller file, or send yours again."),
            ),
            131053: (
                self.env._("WhatsApp could not use the file."),
                self.env._("Convert it to another format, or make it smaller."),
            ),
            131056: (
                self.env._("Too many messages to this customer in a short time."),
                self.env._("Try again in a minute."),
            ),
            131057: (
                self.env._("Meta is working on this number."),
                self.env._("Try again in a few minutes."),
            ),
            131062: (
                self.env._("This message needs a phone number, which the customer hides."),
                self.env._("Ask the customer for the number."),
            ),
            133010: (
                self.env._("This number is not registered with WhatsApp's Cloud API."),
                self.env._("An administrator must register it in WhatsApp Manager."),
            ),
            137000: (
                self.env._("The customer's security code has changed."),
                self.env._("Make sure that it is the same person before you write on."),
            ),
        }
