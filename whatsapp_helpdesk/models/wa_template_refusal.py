from odoo import models
from odoo.tools import format_datetime

from ..cloud_api import errors

_TOO_MANY_CREATED = 80008
_GONE = (100, 33)


class WaTemplateRefusal(models.AbstractModel):
    """Why a template could not be submitted, changed or deleted, and what to do.

    Source: Meta Cloud API: error codes of templates; limits of templates.
    """

    _name = "wa.template.refusal"
    _description = "WhatsApp Template Refusals"

    def _explain_refusal(self, error):
        """Return what Meta objects to, in the user's language, with Meta's own words.

        :param cloud_api.errors.CloudApiError error: of a call about a template
        :rtype: str
        """
        self.ensure_one()
        if isinstance(error, errors.OutcomeUnknown):
            return self.env._(
                "Meta did not answer, so nobody knows whether it has “%(name)s” now. "
                "Synchronise in a minute; if it is not there, submit it again.",
                name=self.display_name,
            )
        if (error.code, error.subcode) == _GONE:
            text = self.env._("Meta does not have “%s” any more: synchronise.", self.display_name)
        else:
            text = self._refusals().get(error.subcode) or self._refusals().get(error.code)
        if not text:
            is_known = isinstance(error, (errors.TemplateError, errors.InvalidRequest))
            if not (is_known and error.http_status):
                return self.account_id._explain(error)
            text = self.env._("Meta does not take “%s”.", self.display_name)
        said = error.details or (error.message if error.code not in (0, 100) else "")
        return f"{text} {self.env._('Meta says: %s', said)}" if said else text

    def _refusals(self):
        name = self.display_name
        return {
            _TOO_MANY_CREATED: self.env._(
                "WhatsApp takes 100 new templates in an hour: go on in an hour."
            ),
            2388019: self.env._(
                "The account has as many templates as WhatsApp allows: delete some that you do not "
                "use, or have your business verified."
            ),
            2388023: self.env._(
                "“%s” was deleted at Meta less than 30 days ago, so it cannot be made again: take "
                "another name.",
                name,
            ),
            2388024: self.env._(
                "Meta has “%s” already: synchronise to see it, or take another name.", name
            ),
            2388039: self.env._("The name of the template is not valid."),
            2388040: self.env._("A text of the template is too long."),
            2388043: self.env._(
                "A part is missing: every variable and every file needs an example."
            ),
            2388047: self.env._("The header is not as WhatsApp wants it."),
            2388072: self.env._("The text is not as WhatsApp wants it."),
            2388073: self.env._("The footer is not as WhatsApp wants it."),
            2388293: self.env._(
                "There are too many variables for so short a text: write more words around them."
            ),
            2388299: self.env._(
                "The text starts or ends with a variable: put words before and after it."
            ),
        }

    def _words_of_allowance(self, allowance):
        """Return why Meta takes no edit now.

        :param cloud_api.templates.editing.EditAllowance allowance: one that is not allowed
        """
        if allowance.reason == "status":
            if self.status == "pending":
                return self.env._(
                    "WhatsApp is reviewing “%s”: wait for the result.", self.display_name
                )
            status = dict(self._fields["status"]._description_selection(self.env))[self.status]
            return self.env._(
                "“%(name)s” cannot be changed at Meta: its status is “%(status)s”.",
                name=self.display_name,
                status=status,
            )
        names = {
            "name": self.display_name,
            "time": format_datetime(self.env, allowance.allowed_at),
        }
        if allowance.reason == "day":
            return self.env._(
                "WhatsApp takes one change of an approved template in 24 hours: “%(name)s” can be "
                "changed again on %(time)s.",
                **names,
            )
        return self.env._(
            "WhatsApp takes ten changes of an approved template in 30 days: “%(name)s” can be "
            "changed again on %(time)s.",
            **names,
        )

    def _words_of_submitted(self):
        if self.status == "approved":
            return self.env._("“%s” was approved at once.", self.display_name)
        return self.env._(
            "“%s” is with WhatsApp now. A review takes minutes, at most a day; you will be told.",
            self.display_name,
        )

    def _words_of_existing(self):
        return self.env._(
            "Meta has another “%s” already: compare both versions and choose one.",
            self.display_name,
        )
