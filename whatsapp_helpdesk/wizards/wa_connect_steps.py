from odoo import models

from ..cloud_api import errors
from ..models.wa_checks import Check


class WaConnectSteps(models.AbstractModel):
    """What each step of connecting checks before the next one comes."""

    _name = "wa.connect.steps"
    _description = "Steps of Connecting a WhatsApp Number"

    def _finish_access(self):
        title = self.env._("Access token")
        if not (self.app_uid and (self.app_secret or self.account_id.app_secret)):
            text = self.env._("Enter App ID and app secret, from App settings / Basic at Meta.")
            return [Check("danger", self.env._("App"), text)]
        info = self._ask(lambda client: client.token_info(self.app_uid.strip()))
        if isinstance(info, errors.AuthError) and info.code:
            text = self.env._(
                "App ID and app secret do not belong together: copy both from App settings / "
                "Basic. Meta answered: %s",
                info.message,
            )
            return [Check("danger", self.env._("App"), text)]
        if isinstance(info, errors.CloudApiError):
            return self._explained(title, info)
        problem = self.env["wa.account"]._problem_of_token(info, self.app_uid.strip(), "")
        if problem:
            return [Check("danger", title, problem)]
        if len(info.targets) == 1 and not self.waba_uid:
            (self.waba_uid,) = info.targets
        if info.expires_at:
            text = self.env._(
                "Valid, but it ends on %s. For daily use generate one without expiry for a "
                "system user.",
                info.expires_at.date(),
            )
            return [Check("warning", title, text)]
        return [Check("ok", title, self.env._("Valid, without an end, with all permissions."))]

    def _finish_account(self):
        title = self.env._("WhatsApp Business Account")
        uid = (self.waba_uid or "").strip()
        if not uid:
            text = self.env._("Enter its ID; WhatsApp / API Setup at Meta shows it.")
            return [Check("danger", title, text)]
        name = self._ask(lambda client: client.account_name(uid))
        if isinstance(name, errors.CloudApiError):
            return self._explained(title, name)
        numbers = self._ask(lambda client: client.phone_numbers(uid))
        if isinstance(numbers, errors.CloudApiError):
            return self._explained(title, numbers)
        if not numbers:
            text = self.env._("“%s” has no numbers: add one in WhatsApp Manager.", name)
            return [Check("danger", title, text)]
        self.waba_uid = uid
        self.name = self.name or name
        self.account_id = self.account_id or self._account_of(uid)
        self._set_lines(numbers)
        return [Check("ok", title, self.env._("“%s” is reachable.", name))]

    def _account_of(self, waba_uid):
        return self.env["wa.account"].search(
            [("waba_uid", "=", waba_uid), ("company_id", "=", self.company_id.id)], limit=1
        )

    def _finish_numbers(self):
        self._save()
        title = self.env._("Saved")
        names = ", ".join(self._channels().mapped("name"))
        return [Check("ok", title, self.env._("Account and numbers are in Odoo: %s.", names))]

    def _finish_webhooks(self):
        text = self.env._(
            "The app must be Live, otherwise messages of real customers do not arrive. Odoo cannot "
            "see that; switch it at the top of the app's page at Meta."
        )
        return [Check("info", self.env._("App mode"), text)]
