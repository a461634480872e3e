"""Graph's answers about tokens, apps, accounts and numbers, as data.

Source: Meta Cloud API: debug_token, subscriptions, phone number fields, health status.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .lenient import mapping, moment, text, uid

NEEDED_SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """What a token is worth.

    :param expires_at: aware UTC, None: never
    :param scopes: permissions; ``targets`` the accounts that ours are limited to, empty: no limit
    :param problem: why it is not valid, '' when it is
    """

    is_valid: bool
    app_uid: str
    expires_at: datetime | None
    scopes: tuple[str, ...]
    targets: tuple[str, ...]
    problem: str = ""

    def missing_scopes(self) -> tuple[str, ...]:
        """Return the permissions that we need and the token does not have."""
        return tuple(scope for scope in NEEDED_SCOPES if scope not in self.scopes)


@dataclass(frozen=True, slots=True)
class AppSubscription:
    """Where an app gets its webhooks and which fields it gets."""

    callback_url: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscribedApp:
    """An app that gets an account's webhooks, '' as ``override_url``: at its own address."""

    app_uid: str
    name: str
    override_url: str


@dataclass(frozen=True, slots=True)
class WebhookTargets:
    """The callback addresses that apply to a number, '' where none is set."""

    phone_number: str = ""
    account: str = ""
    app: str = ""

    @property
    def effective(self) -> str:
        """Where its messages go: the number's own address, else the account's, else the app's."""
        return self.phone_number or self.account or self.app


@dataclass(frozen=True, slots=True)
class HealthProblem:
    """One reason why Meta lets a number send less or nothing."""

    entity: str
    code: str
    description: str
    solution: str


@dataclass(frozen=True, slots=True)
class NumberInfo:
    """What Meta says of a business number; '' for what it did not say."""

    uid: str
    display_phone_number: str = ""
    verified_name: str = ""
    quality_rating: str = ""
    verification_status: str = ""
    name_status: str = ""
    status: str = ""
    account_mode: str = ""
    throughput: str = ""
    messaging_limit: str = ""
    is_on_biz_app: bool = False
    can_send: str = ""
    problems: tuple[HealthProblem, ...] = ()
    portfolio_uid: str = ""
    webhooks: WebhookTargets = WebhookTargets()


def token_info(data: dict[str, Any]) -> TokenInfo:
    """Read the ``data`` of ``debug_token``."""
    granted = [mapping(row) for row in _rows(data.get("granular_scopes"))]
    limited = [
        {uid(target) for target in _rows(row.get("target_ids"))}
        for row in granted
        if row.get("scope") in NEEDED_SCOPES
    ]
    targets = set().union(*limited) if all(limited) else set()
    return TokenInfo(
        is_valid=data.get("is_valid") is True,
        app_uid=uid(data.get("app_id")),
        expires_at=moment(data.get("expires_at")),
        scopes=_texts(data.get("scopes")),
        targets=tuple(sorted(targets - {""})),
        problem=text(mapping(data.get("error")).get("message")),
    )


def app_subscription(row: dict[str, Any]) -> AppSubscription:
    """Read one row of an app's subscriptions."""
    names = (text(mapping(field).get("name")) for field in _rows(row.get("fields")))
    return AppSubscription(text(row.get("callback_url")), tuple(filter(None, names)))


def subscribed_app(row: dict[str, Any]) -> SubscribedApp:
    """Read one row of an account's subscribed apps."""
    app = mapping(row.get("whatsapp_business_api_data"))
    return SubscribedApp(
        uid(app.get("id")), text(app.get("name")), text(row.get("override_callback_uri"))
    )


def number_info(answer: dict[str, Any]) -> NumberInfo:
    """Read a business number."""
    health = mapping(answer.get("health_status"))
    entities = [mapping(entity) for entity in _rows(health.get("entities"))]
    return NumberInfo(
        uid=uid(answer.get("id")),
        display_phone_number=text(answer.get("display_phone_number")),
        verified_name=text(answer.get("verified_name")),
        quality_rating=text(answer.get("quality_rating")),
        verification_status=text(answer.get("code_verification_status")),
        name_status=text(answer.get("name_status")),
        status=text(answer.get("status")),
        account_mode=text(answer.get("account_mode")),
        throughput=text(mapping(answer.get("throughput")).get("level")),
        messaging_limit=text(answer.get("whatsapp_business_manager_messaging_limit")),
        is_on_biz_app=answer.get("is_on_biz_app") is True,
        can_send=text(health.get("can_send_message")),
        problems=tuple(problem for entity in entities for problem in _problems(entity)),
        portfolio_uid=next(
            (uid(e.get("id")) for e in entities if e.get("entity_type") == "BUSINESS"), ""
        ),
        webhooks=_targets(mapping(answer.get("webhook_configuration"))),
    )


def _problems(entity: dict[str, Any]):
    for error in map(mapping, _rows(entity.get("errors"))):
        yield HealthProblem(
            entity=text(entity.get("entity_type")),
            code=uid(error.get("error_code")),
            description=text(error.get("error_description")),
            solution=text(error.get("possible_solution")),
        )


def _targets(configuration: dict[str, Any]) -> WebhookTargets:
    return WebhookTargets(
        phone_number=text(configuration.get("phone_number")),
        account=text(configuration.get("whatsapp_business_account")),
        app=text(configuration.get("application")),
    )


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(text, _rows(value))))
