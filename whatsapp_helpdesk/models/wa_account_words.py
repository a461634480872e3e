from odoo import models

from ..cloud_api import errors

_BAD_TOKEN = (0, 102, 190)
_UNKNOWN_ID = (33, 100, 803)
_CALLBACK_FAILED = 2200


class WaAccountWords(models.AbstractModel):
    """What errors of the connection mean for whoever sets it up."""

    _name = "wa.account.words"
    _description = "WhatsApp Account's Errors"

    def _explain(self, error):
        """Return what an error of the connection means and what to do, for an administrator.

        :param errors.CloudApiError error: of a call that sets up or reads, not of a message
        :rtype: str
        """
        advice = self._advice(error)
        if not error.http_status:  # nobody answered
            return advice or error.message
        answer = self.env._("Meta answered: %s", f"{error.message} {error.details}".strip())
        return f"{advice} {answer}".strip()

    def _advice(self, error):
        if error.code in _BAD_TOKEN and isinstance(error, errors.AuthError):
            return self.env._(
                "The access token is not valid (any more), or belongs to another app: generate "
                "a new one for the system user and enter it."
            )
        if error.code == 104:
            return self.env._("The app secret does not belong to the app of this token.")
        if error.code in _UNKNOWN_ID:
            return self.env._(
                "Meta does not know this ID, or the token may not see it: compare the ID, and "
                "assign the WhatsApp account to the system user."
            )
        if error.code == _CALLBACK_FAILED:
            return self.env._(
                "Meta could not verify the callback URL: it must be reachable from the Internet "
                "by HTTPS with a valid certificate, and lead to this database."
            )
        return self._advice_of_class(error)

    def _advice_of_class(self, error):
        if isinstance(error, errors.AuthError):
            return self.env._(
                "A permission is missing: the token needs whatsapp_business_messaging and "
                "whatsapp_business_management, and its system user the app and the account."
            )
        if isinstance(error, errors.RateLimited):
            return self.env._("Meta got too many requests: try again in some minutes.")
        if isinstance(error, (errors.TransientError, errors.OutcomeUnknown)):
            return self.env._(
                "Meta could not be reached or is out of order: try again later; if it stays, "
                "check that this server may call graph.facebook.com."
            )
        return ""
