from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ..cloud_api import errors
from ..work import probe
from .wa_checks import Check

_EXPIRY_WARNING = timedelta(days=14)


class WaAccountProbe(models.AbstractModel):
    """What Meta says of the access: asked every day, and by a button."""

    _name = "wa.account.probe"
    _description = "WhatsApp Account's Access"

    token_checked_at = fields.Datetime(readonly=True, copy=False)
    token_expires_at = fields.Datetime(readonly=True, copy=False)
    token_scopes = fields.Char("Token Permissions", readonly=True, copy=False)
    token_problem = fields.Char(readonly=True, copy=False)

    # === BUSINESS METHODS === #

    @api.model
    def _cron_probe(self):
        probe.run(self.env.registry)

    @api.model
    def _prepare_probes(self):
        """Return what to ask of the accounts that are in use.

        :rtype: list[probe.Probe]
        """
        return [account._prepare_probe() for account in self.search([])]

    def _prepare_probe(self):
        self.ensure_one()
        return probe.Probe(
            account_id=self.id,
            connect=self._client_factory(),
            app_uid=self.app_uid or "",
            numbers={channel.id: channel.phone_number_uid for channel in self.wa_channel_ids},
        )

    @api.model
    def _store_probed(self, probed):
        """Take over what Meta says of an account and its numbers.

        :param probe.Probed probed: the answers
        """
        account = self.browse(probed.account_id).exists()
        if not account:
            return
        # sudo: wa.account, wa.channel - facts from Meta, whoever asked for them
        account = account.sudo()._in_company_language()
        account._store_token(probed.token)
        for channel in account.wa_channel_ids:
            if channel.id in probed.numbers:
                channel._store_info(probed.numbers[channel.id])
        account._warn_of_token()

    def _store_token(self, answer):
        values = {"token_checked_at": fields.Datetime.now(), "token_problem": False}
        if isinstance(answer, errors.CloudApiError):
            values["token_problem"] = self._explain(answer)
        else:
            expires_at = answer.expires_at and answer.expires_at.replace(tzinfo=None)
            values |= {"token_expires_at": expires_at, "token_scopes": ", ".join(answer.scopes)}
            values["token_problem"] = self._problem_of_token(answer, self.app_uid, self.waba_uid)
        self.write(values)

    @api.model
    def _problem_of_token(self, info, app_uid, waba_uid):
        """Return what is wrong with a token, False if nothing is.

        :param TokenInfo info: what Meta says of it
        :param str app_uid: the app that it should belong to
        :param str waba_uid: the account that it should be good for, '' if that is not known yet
        """
        if not info.is_valid:
            return self.env._("The access token is not valid: %s", info.problem or "?")
        if info.app_uid and info.app_uid != app_uid:
            return self.env._("The access token belongs to another app: %s", info.app_uid)
        if missing := info.missing_scopes():
            return self.env._("The access token lacks permissions: %s", ", ".join(missing))
        if waba_uid and info.targets and waba_uid not in info.targets:
            return self.env._(
                "The access token may not use this WhatsApp account: assign it to the system user."
            )
        return False

    def _check_token(self):
        """Return what to know of the token.

        :rtype: Check
        """
        self.ensure_one()
        title = self.env._("Access token")
        if self.token_problem:
            return Check("danger", title, self.token_problem)
        if not self.token_checked_at:
            return Check("warning", title, self.env._("Not checked yet: press “Check Now”."))
        if not self.token_expires_at:
            return Check("ok", title, self.env._("Valid, without an end."))
        date = format_date(self.env, self.token_expires_at)
        if self.token_expires_at <= fields.Datetime.now() + _EXPIRY_WARNING:
            text = self.env._(
                "Ends on %s: generate one without expiry for the system user and enter it.", date
            )
            return Check("danger", title, text)
        return Check("ok", title, self.env._("Valid until %s.", date))

    def _warn_of_token(self):
        """Tell the administrators of a token that is bad or ends soon; once until repaired."""
        for account in self.filtered(lambda account: not account.is_stopped):
            check = account._check_token()
            if check.level == "ok":
                account.activity_ids.unlink()
            elif check.level == "danger" and not account.activity_ids:
                account._ask_for_repair(account.env._("WhatsApp: access token"), check.text)
