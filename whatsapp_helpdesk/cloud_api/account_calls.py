"""Calls about tokens, apps and accounts: what setting up a connection needs.

Source: Meta Cloud API: debug_token, app subscriptions, subscribed apps, phone numbers.
"""

from . import limits
from .account_answers import (
    AppSubscription,
    NumberInfo,
    SubscribedApp,
    TokenInfo,
    app_subscription,
    number_info,
    subscribed_app,
    token_info,
)
from .errors import AuthError
from .graph_calls import GraphCalls, field_list
from .lenient import mapping

WEBHOOK_OBJECT = "whatsapp_business_account"

WEBHOOK_FIELDS = (
    "messages",
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "calls",
    "history",
    "message_template_components_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messaging_handovers",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_app_state_sync",
    "smb_message_echoes",
    "standby",
    "template_category_update",
    "user_preferences",
)
"""What an app should be told; ``messages`` is the one without which nothing arrives."""

_LISTED_FIELDS = (
    "id",
    "display_phone_number",
    "verified_name",
    "quality_rating",
    "code_verification_status",
    "name_status",
    "status",
)
_NUMBER_FIELDS = (
    *_LISTED_FIELDS,
    "account_mode",
    "health_status",
    "is_on_biz_app",
    "throughput",
    "webhook_configuration",
    "whatsapp_business_manager_messaging_limit",
)


class AccountCalls(GraphCalls):
    """Tokens, apps, accounts and the list of their numbers."""

    def token_info(self, app_uid: str) -> TokenInfo:
        """Ask what the access token is worth. `AuthError` when app id and secret do not fit."""
        answer = self._request(
            "GET",
            "debug_token",
            token=self._app_token(app_uid),
            params={"input_token": self._access_token},
        )
        return token_info(mapping(answer.get("data")))

    def app_subscription(self, app_uid: str) -> AppSubscription:
        """Read where the app gets its webhooks; without an address when it has no subscription."""
        answer = self._request(
            "GET", self._path(app_uid, "subscriptions"), token=self._app_token(app_uid)
        )
        rows = answer.get("data")
        for row in rows if isinstance(rows, list) else []:
            if mapping(row).get("object") == WEBHOOK_OBJECT:
                return app_subscription(row)
        return AppSubscription()

    def subscribe_to_fields(
        self, app_uid: str, url: str, verify_token: str, fields: tuple[str, ...] = WEBHOOK_FIELDS
    ) -> None:
        """Make ``url`` the one callback address of the app. Meta calls it before it answers.

        It replaces the address for all accounts of the app.
        """
        self._request(
            "POST",
            self._path(app_uid, "subscriptions"),
            token=self._app_token(app_uid),
            data={
                "object": WEBHOOK_OBJECT,
                "callback_url": url,
                "verify_token": verify_token,
                "fields": ",".join(fields),
                "include_values": "true",
            },
        )

    def subscribed_apps(self, waba_uid: str) -> list[SubscribedApp]:
        """Read which apps get the account's webhooks."""
        rows = self._all_pages(self._path(waba_uid, "subscribed_apps"), {})
        return [subscribed_app(row) for row in rows]

    def subscribe_app(self, waba_uid: str) -> None:
        """Let the account's webhooks come to this app; harmless when they do already."""
        self._request("POST", self._path(waba_uid, "subscribed_apps"))

    def account_name(self, waba_uid: str) -> str:
        """Read the name of a WhatsApp Business Account; its own id when it has none.

        :raise AuthError: when there is no such account, or the token may not see it
        """
        answer = self._request("GET", self._path(waba_uid), params=field_list(["id", "name"]))
        if str(answer.get("id")) != waba_uid:
            raise AuthError("Meta knows no WhatsApp account with this ID.", http_status=200)
        return str(answer.get("name") or waba_uid)

    def phone_numbers(self, waba_uid: str) -> list[NumberInfo]:
        """Read all numbers of an account, page by page, with what identifies them."""
        path = self._path(waba_uid, "phone_numbers")
        return [number_info(row) for row in self._all_pages(path, field_list(_LISTED_FIELDS))]

    def phone_number(self, phone_number_uid: str) -> NumberInfo:
        """Read all that Meta says about the state of a number."""
        path = self._path(phone_number_uid)
        return number_info(self._request("GET", path, params=field_list(_NUMBER_FIELDS)))

    def set_callback_override(self, phone_number_uid: str, url: str, verify_token: str) -> None:
        """Send this number's webhooks to ``url`` ('' ends it). Meta calls it back before answering.

        :param url: https, at most 200 characters
        """
        limits.check_text(url, "CALLBACK_URL", limits.CALLBACK_URL)
        override = {"override_callback_uri": url, "verify_token": verify_token}
        self._post(self._path(phone_number_uid), {"webhook_configuration": override})
