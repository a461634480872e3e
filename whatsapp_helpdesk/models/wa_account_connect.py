from urllib.parse import urlsplit

from odoo import models

from ..cloud_api import errors
from ..cloud_api.account_calls import WEBHOOK_FIELDS
from .wa_checks import Check


class WaAccountConnect(models.AbstractModel):
    """Telling Meta where the events of an account go.

    Meta calls our address before it answers, so the account must be committed when these are used.
    Source: Meta Cloud API: app subscriptions, subscribed apps, webhook overrides.
    """

    _name = "wa.account.connect"
    _description = "WhatsApp Account's Webhooks"

    def _our_urls(self):
        """Return the addresses at which the events of this account are welcome.

        :rtype: set[str]
        """
        self.ensure_one()
        return set((self | self._sharing_secret()).mapped("webhook_url"))

    def _connect_webhooks(self, channels, *, replace=False):
        """Let Meta send the events of these numbers here, and say what was done.

        :param channels: `wa.channel` of this account
        :param bool replace: whether the app's one callback URL may be taken from somebody else
        :rtype: list[Check]
        """
        self.ensure_one()
        self.check_access("write")
        checks = [self._check_base_url(), self._subscribe_account(), self._set_app_url(replace)]
        checks += [self._set_number_url(channel) for channel in channels]
        return [check for check in checks if check]

    def _check_base_url(self):
        url = urlsplit(self.webhook_url)
        if url.scheme == "https":
            return None
        return Check(
            "warning",
            self.env._("Address of this Odoo"),
            self.env._(
                "%s is not HTTPS, so Meta will not call it. Set the system parameter "
                "web.base.url to the public HTTPS address.",
                f"{url.scheme}://{url.netloc}",
            ),
        )

    def _subscribe_account(self):
        title = self.env._("Subscription of the account")
        error = self._try(lambda client: client.subscribe_app(self.waba_uid))
        if error:
            return Check("danger", title, self._explain(error))
        return Check("ok", title, self.env._("Meta hands the account's events to the app."))

    def _set_app_url(self, replace):
        """Make the app's callback URL ours, unless it is somebody else's."""
        title = self.env._("Callback URL of the app")
        found = []
        error = self._try(lambda client: found.append(client.app_subscription(self.app_uid or "")))
        if error:
            return Check("warning", title, f"{self._explain(error)} {self._by_hand()}")
        (current,) = found
        if current.callback_url in self._our_urls() and "messages" in current.fields:
            return Check("ok", title, self.env._("It leads here already."))
        if current.callback_url and current.callback_url not in self._our_urls() and not replace:
            text = self.env._(
                "The app sends to %s, which was left as it is. Events about templates and the "
                "account go there, messages of the numbers below come here.",
                current.callback_url,
            )
            return Check("warning", title, text)
        error = self._try(self._subscribe_to_fields)
        if error:
            return Check("warning", title, f"{self._explain(error)} {self._by_hand()}")
        return Check("ok", title, self.env._("It leads here now."))

    def _subscribe_to_fields(self, client):
        """Ask for all fields; an app that may not have one of them still gets the messages."""
        for fields_ in (WEBHOOK_FIELDS, WEBHOOK_FIELDS[:1]):
            try:
                client.subscribe_to_fields(
                    self.app_uid, self.webhook_url, self.verify_token or "", fields_
                )
            except errors.InvalidRequest:
                if fields_ is not WEBHOOK_FIELDS:
                    raise
            else:
                return

    def _set_number_url(self, channel):
        """Make sure that the messages of a number come here."""
        title = self.env._("Messages of %s", channel.display_phone_number or channel.name)
        uid, found = channel.phone_number_uid, []
        error = self._try(lambda client: found.append(client.phone_number(uid)))
        if not error and found[0].webhooks.effective in self._our_urls():
            return Check("ok", title, self.env._("They come here."))
        error = error or self._try(
            lambda client: client.set_callback_override(
                uid, self.webhook_url, self.verify_token or ""
            )
        )
        if error:
            return Check("danger", title, f"{self._explain(error)} {self._by_hand()}")
        return Check("ok", title, self.env._("They come here, by an override of the number."))

    def _by_hand(self):
        return self.env._(
            "By hand: at Meta, under WhatsApp / Configuration, enter the callback URL and the "
            "verify token of the account, and subscribe to “messages”."
        )

    def _try(self, question):
        """Call Meta; return the error instead of raising it, None if there was none."""
        # sudo: wa.account - credentials; the callers checked that the user may set up the account
        with self.sudo()._connected() as client:
            try:
                question(client)
            except errors.CloudApiError as error:
                return error
        return None
