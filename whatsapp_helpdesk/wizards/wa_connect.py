import requests

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..cloud_api import errors
from ..cloud_api.client import CloudApiClient
from ..models.wa_checks import Check, render

_STEPS = ["access", "account", "numbers", "webhooks", "test"]


class WaConnect(models.TransientModel):
    """Connecting numbers step by step; each step asks Meta before the next one comes.

    The account is stored when the numbers are chosen. Telling Meta where webhooks go is a step and
    so a transaction of its own: Meta calls back before it answers, and must find the account.
    """

    _name = "wa.connect"
    _inherit = ["wa.connect.steps"]
    _description = "Connect a WhatsApp Number"

    step = fields.Selection(
        [
            ("access", "Access"),
            ("account", "Account"),
            ("numbers", "Numbers"),
            ("webhooks", "Webhooks"),
            ("test", "Test"),
        ],
        default="access",
        required=True,
        readonly=True,
    )
    result_html = fields.Html("Result", readonly=True, sanitize=False)
    account_id = fields.Many2one(
        "wa.account",
        "Existing Account",
        help="Choose one to change its access or to add numbers.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    access_token = fields.Char()
    app_uid = fields.Char("App ID")
    app_secret = fields.Char()
    api_url = fields.Char("Graph API URL", required=True, default="https://graph.facebook.com")
    api_version = fields.Char("Graph API Version", required=True, default="v26.0")
    waba_uid = fields.Char("WhatsApp Business Account ID")
    name = fields.Char("Name of the Account")
    line_ids = fields.One2many("wa.connect.number", "connect_id", "Numbers")
    webhook_url = fields.Char(related="account_id.webhook_url", related_sudo=False)
    verify_token = fields.Char(related="account_id.verify_token", related_sudo=False)
    replace_app_url = fields.Boolean(
        "Take the App's Callback URL",
        help="An app has one callback URL for all its accounts. Take it only if no other system "
        "needs the events of this app.",
    )

    # === COMPUTE METHODS === #

    @api.onchange("account_id")
    def _onchange_account_id(self):
        account = self.account_id
        if account:
            self.company_id = account.company_id
            for name in ("app_uid", "api_url", "api_version", "waba_uid", "name"):
                self[name] = account[name]

    # === ACTION METHODS === #

    def action_next(self):
        """Check the present step against Meta; go on unless something is wrong."""
        self.ensure_one()
        checks = getattr(self, f"_finish_{self.step}")()
        if any(check.level == "danger" for check in checks):
            return self._show(checks)
        self.step = _STEPS[_STEPS.index(self.step) + 1]
        return self._show(checks)

    def action_back(self):
        """Go one step back; what was entered stays."""
        self.ensure_one()
        self.step = _STEPS[max(0, _STEPS.index(self.step) - 1)]
        return self._show([])

    def action_connect_webhooks(self):
        """Tell Meta where the events of the chosen numbers go."""
        self.ensure_one()
        return self._show(
            self.account_id._connect_webhooks(self._channels(), replace=self.replace_app_url)
        )

    def action_test(self):
        """Say whether everything that messages need is there."""
        self.ensure_one()
        channels = self._channels()
        channels.action_check_now()
        checks = [self.account_id._check_token()]
        for channel in channels:
            checks += channel._connection_checks()
        return self._show(checks)

    def action_finish(self):
        """Close, and show the health of the numbers."""
        self.ensure_one()
        self.account_id._sync_templates_soon()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_channel_action_health"
        )
        return action | {"target": "main"}

    def _show(self, checks):
        self.result_html = render(self.env, checks) if checks else False
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "whatsapp_helpdesk.wa_connect_action"
        )
        return action | {"res_id": self.id}

    def _channels(self):
        """Return the chosen numbers, as whoever set up the account may handle them."""
        # sudo: wa.channel - only system administrators may open this form
        return self.line_ids.filtered("is_chosen").wa_channel_id.sudo()

    # === BUSINESS METHODS === #

    def _ask(self, question):
        """Call Meta with what was entered.

        :return: the answer, or the error
        """
        token = self.access_token or self.account_id.access_token or ""
        secret = self.app_secret or self.account_id.app_secret or ""
        with requests.Session() as session:
            client = CloudApiClient(
                session, self.api_url, self.api_version, token.strip(), app_secret=secret.strip()
            )
            try:
                return question(client)
            except errors.CloudApiError as error:
                return error

    def _explained(self, title, error):
        return [Check("danger", title, self.env["wa.account"]._explain(error))]

    def _save(self):
        """Store account and numbers: the one place where this form changes anything of Odoo's."""
        self.ensure_one()
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one number."))
        values = self._prepare_account_values()
        if self.account_id:
            self.account_id.write(values)
        else:
            portfolio_uid = self._portfolio(chosen[0].phone_number_uid)
            self.account_id = self.env["wa.account"].create(
                values | {"company_id": self.company_id.id, "portfolio_uid": portfolio_uid}
            )
        for line in chosen:
            line._save(self.account_id)
        # The account has them now; a copy here would only be one more place to look for them.
        self.write({"access_token": False, "app_secret": False})

    def _prepare_account_values(self):
        values = {
            name: self[name] for name in ("name", "waba_uid", "app_uid", "api_url", "api_version")
        }
        account = self.account_id
        if self.access_token:
            values["access_token"] = self.access_token.strip()
        if self.app_secret and self.app_secret.strip() != account.app_secret:
            values["app_secret"] = self.app_secret.strip()
            if account.app_secret:  # deliveries that Meta repeats were signed with the old one
                values["app_secret_previous"] = account.app_secret
        return values

    def _portfolio(self, phone_number_uid):
        info = self._ask(lambda client: client.phone_number(phone_number_uid))
        return False if isinstance(info, errors.CloudApiError) else info.portfolio_uid or False

    def _set_lines(self, numbers):
        """Offer the numbers that Meta lists; those that were chosen stay chosen."""
        chosen = {line.phone_number_uid: line for line in self.line_ids}
        teams = self.env["wa.team"].search([("company_id", "=", self.company_id.id)], limit=2)
        # sudo: wa.channel - only system administrators may open this form
        known = {c.phone_number_uid: c for c in self.account_id.sudo().wa_channel_ids}
        commands = [Command.clear()]
        for number in numbers:
            line, channel = chosen.get(number.uid), known.get(number.uid)
            team = (line and line.team_id) or (channel and channel.team_id)
            commands.append(
                Command.create(
                    {
                        "phone_number_uid": number.uid,
                        "display_phone_number": number.display_phone_number,
                        "verified_name": number.verified_name,
                        "hint": self._hint(number),
                        "is_chosen": line.is_chosen if line else bool(channel) or len(numbers) == 1,
                        "team_id": team.id if team else (len(teams) == 1 and teams.id),
                        "wa_channel_id": channel.id if channel else False,
                    }
                )
            )
        self.line_ids = commands

    def _hint(self, number):
        """Return what keeps a number from working; '' if Meta says nothing of the kind."""
        if number.verification_status not in ("", "VERIFIED"):
            return self.env._("Not verified: confirm the number in WhatsApp Manager first.")
        if number.status not in ("", "CONNECTED"):
            return self.env._("Status %s: register the number in WhatsApp Manager.", number.status)
        return ""
