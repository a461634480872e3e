import secrets
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import requests

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..cloud_api import errors
from ..cloud_api.client import CloudApiClient
from ..const import WEBHOOK_ROUTE, WORK_AFTER_COMMIT

_CREDENTIALS_GROUP = "base.group_system"
_CACHED_FIELDS = {"webhook_key", "app_secret", "app_secret_previous", "verify_token", "active"}


class WebhookCredentials(NamedTuple):
    """What the webhook needs to know of an account before it believes anything.

    :param works_after_commit: whether what was stored is processed at once
    """

    id: int
    secrets: tuple[str, ...]
    verify_token: str
    works_after_commit: bool


class WaAccount(models.Model):
    """A Meta app together with one WhatsApp Business Account (WABA)."""

    _name = "wa.account"
    _inherit = [
        "wa.sending.stop",
        "wa.account.connect",
        "wa.account.probe",
        "wa.account.templates",
        "wa.account.words",
    ]
    _description = "WhatsApp Account"
    _order = "name, id"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)
    waba_uid = fields.Char("WhatsApp Business Account ID", required=True, copy=False)
    app_uid = fields.Char("App ID", copy=False)
    portfolio_uid = fields.Char(
        "Business Portfolio ID",
        copy=False,
        help="Meta identifies customers per business portfolio. Accounts with the same portfolio "
        "share their customers; leave empty if you have one account.",
    )
    app_secret = fields.Char(
        copy=False,
        groups=_CREDENTIALS_GROUP,
        help="Proves that events come from Meta. As long as it is empty every event is refused.",
    )
    app_secret_previous = fields.Char(
        "Previous App Secret",
        copy=False,
        groups=_CREDENTIALS_GROUP,
        help="Accepted beside the new secret while Meta changes over. Empty it afterwards.",
    )
    access_token = fields.Char(
        copy=False, groups=_CREDENTIALS_GROUP, help="Token of a system user of your business."
    )
    verify_token = fields.Char(
        copy=False,
        groups=_CREDENTIALS_GROUP,
        default=lambda self: secrets.token_urlsafe(24),
        help="Type the same value into Meta's webhook configuration.",
    )
    webhook_key = fields.Char(
        required=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(24),
        help="Makes the callback address of this account unguessable.",
    )
    webhook_url = fields.Char("Callback URL", compute="_compute_webhook_url")
    api_url = fields.Char(
        "Graph API URL",
        required=True,
        default="https://graph.facebook.com",
        groups=_CREDENTIALS_GROUP,
    )
    api_version = fields.Char("Graph API Version", required=True, default="v26.0")
    wa_channel_ids = fields.One2many("wa.channel", "account_id", string="Numbers")

    _webhook_key_unique = models.UniqueIndex("(webhook_key)", "The webhook key must be unique.")

    # === COMPUTE METHODS === #

    @api.depends("webhook_key")
    def _compute_webhook_url(self):
        for account in self:
            account.webhook_url = f"{account.get_base_url()}{WEBHOOK_ROUTE}/{account.webhook_key}"

    # === CONSTRAINT METHODS === #

    @api.constrains("company_id")
    def _check_company_of_numbers(self):
        """Keep the numbers and their teams in one company."""
        self.with_context(active_test=False).wa_channel_ids._check_company()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        self.env.registry.clear_cache()  # an unknown webhook key may have been cached
        return accounts

    def write(self, vals):
        result = super().write(vals)
        if _CACHED_FIELDS & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # === ACTION METHODS === #

    def action_check_connection(self):
        """Ask Meta for the numbers of the account and say what came back."""
        self.ensure_one()
        numbers = self._ask_meta(lambda client: client.phone_numbers(self.waba_uid))
        for channel in self.wa_channel_ids:
            channel._update_from_meta(numbers)
        listed = ", ".join(number.display_phone_number or "?" for number in numbers)
        return self._notify(
            self.env._(
                "Connected. Meta lists %(count)s numbers: %(numbers)s",
                count=len(numbers),
                numbers=listed,
            )
        )

    def action_subscribe_webhooks(self):
        """Subscribe our app to the events of the account; without it Meta sends none."""
        self.ensure_one()
        self._ask_meta(lambda client: client.subscribe_app(self.waba_uid))
        return self._notify(self.env._("Meta will send the events of this account to the app."))

    def _notify(self, text):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": text, "sticky": False},
        }

    # === BUSINESS METHODS === #

    @api.model
    def _webhook_credentials(self, webhook_key):
        """Return the `WebhookCredentials` behind a webhook key, None if there are none."""
        try:
            return self._known_webhook_credentials(webhook_key)
        except LookupError:
            return None

    @api.model
    @tools.ormcache("webhook_key")
    def _known_webhook_credentials(self, webhook_key):
        """Cached: the webhook asks for every event. What raises is not: keys may be guessed.

        A change of the system parameter empties this cache, too.
        """
        # sudo: wa.account - the caller proves by HMAC or token that it may use this account
        account = self.sudo().search([("webhook_key", "=", webhook_key)], limit=1)
        if not account:
            raise LookupError(webhook_key)
        return WebhookCredentials(
            account.id,
            account._signing_secrets(),
            account.verify_token or "",
            account._work_after_commit(),
        )

    def _signing_secrets(self):
        self.ensure_one()
        return tuple(filter(None, (self.app_secret, self.app_secret_previous)))

    def _sharing_secret(self):
        """Return the accounts that the same Meta app signs for, in the same company.

        An app of one company never speaks for another company's numbers, whoever knows the secret.
        """
        if not (own := self._signing_secrets()):
            return self.browse()
        return self.search([("app_secret", "in", own), ("company_id", "in", self.company_id.ids)])

    def _identity_scope(self):
        """Return the space in which Meta's customer ids are unique: the business portfolio."""
        self.ensure_one()
        return self.portfolio_uid or f"waba:{self.waba_uid}"

    def _client_factory(self):
        """Return a function that makes this account's Graph client over a `requests.Session`.

        It carries the credentials, so that threads without database access can use it.
        """
        self.ensure_one()
        # sudo: wa.account - the credentials go into the client and nowhere else
        account_sudo = self.sudo()
        return partial(
            CloudApiClient,
            base_url=account_sudo.api_url,
            api_version=account_sudo.api_version,
            access_token=account_sudo.access_token or "",
            app_secret=account_sudo.app_secret or "",
        )

    @contextmanager
    def _connected(self):
        """Give a client with the account's credentials, for as long as the block lasts."""
        with requests.Session() as session:
            yield self._client_factory()(session)

    def _ask_meta(self, question):
        """Call Meta for a user who waits, and turn an error into words for that user."""
        self.ensure_one()
        self.check_access("read")  # the client below has the credentials, whoever asks
        with self._connected() as client:
            try:
                return question(client)
            except errors.CloudApiError as error:
                raise UserError(self._explain(error)) from error

    @api.model
    def _work_after_commit(self):
        """Tell whether background work may start right after a commit (a system parameter)."""
        # sudo: ir.config_parameter - the value only decides when work is done
        return self.env["ir.config_parameter"].sudo().get_param(WORK_AFTER_COMMIT, "1") != "0"
