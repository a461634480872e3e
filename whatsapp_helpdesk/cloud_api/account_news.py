"""What a webhook about the account or a number means, apart from the words for people.

Source: Meta Cloud API: webhook fields account_update, account_alerts, account_review_update,
account_settings_update, business_capability_update, business_username_updates,
phone_number_name_update, phone_number_quality_update and security.
"""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .lenient import identifier, integer, mapping, moment, text, uid

_TIER = re.compile(r"(?:TIER_)?(\d+)(K?)\Z")
_LONGEST_FACT = 500


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news.

    :param kind: our word for what happened, such as ``account_restricted``
    :param severity: ``info``, ``warning`` or ``danger`` (messages do not get through)
    :param facts: what Meta said of it, readable; texts of Meta's are untrusted
    :param quality: new quality rating of the number: GREEN, YELLOW, RED or UNKNOWN; '' = no news
    :param messaging_limit: see `messaging_limit`; '' = no news
    """

    kind: str
    severity: str = "info"
    facts: dict[str, str] = dataclasses.field(default_factory=dict)
    quality: str = ""
    messaging_limit: str = ""


def read_news(field: str, value: dict[str, Any]) -> News | None:
    """Return what the value of a webhook field means, None for fields that are no such news.

    Events that Meta adds later are news of the kind ``other``.
    """
    reader = _READERS.get(field)
    return reader(value) if reader else None


def messaging_limit(value: Any) -> str:
    """Return how many customers may be written to per day: digits, ``unlimited`` or ''.

    :param value: a number, ``TIER_2K``, ``TIER_UNLIMITED`` or -1, Meta uses them all
    """
    word = uid(value).upper()
    if word in ("-1", "TIER_UNLIMITED"):
        return "unlimited"
    found = _TIER.match(word)
    return f"{int(found[1]) * (1000 if found[2] else 1)}" if found else ""


def _facts(**facts: Any) -> dict[str, str]:
    return {
        name: short
        for name, value in facts.items()
        if (short := (value if isinstance(value, str) else uid(value))[:_LONGEST_FACT])
    }


def _said(source: dict[str, Any], *keys: str) -> dict[str, str]:
    return _facts(**{key: text(source.get(key)) for key in keys})


def _other(event: str, value: dict[str, Any]) -> News:
    said = "; ".join(
        f"{text(key)}: {shown}"
        for key, part in value.items()
        if key != "event" and (shown := text(part) or uid(part))
    )
    return News("other", "info", _facts(event=event or "?", said=said))


# === ACCOUNT_UPDATE === #

_ACCOUNT_EVENTS = {
    "ACCOUNT_DELETED": ("account_deleted", "danger"),
    "ACCOUNT_OFFBOARDED": ("account_offboarded", "danger"),
    "ACCOUNT_RECONNECTED": ("account_reconnected", "info"),
    "AD_ACCOUNT_LINKED": ("ad_account_linked", "info"),
    "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE": ("auth_price_changed", "info"),
    "MM_LITE_TERMS_SIGNED": ("marketing_terms_signed", "info"),
    "PARTNER_ADDED": ("partner_added", "info"),
    "PARTNER_APP_INSTALLED": ("app_installed", "info"),
    "PARTNER_APP_UNINSTALLED": ("app_uninstalled", "danger"),
    "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE": ("certification_changed", "info"),
    "VERIFIED_ACCOUNT": ("account_verified", "info"),
}
_BANS = {
    "SCHEDULE_FOR_DISABLE": ("ban_scheduled", "danger"),
    "DISABLE": ("account_banned", "danger"),
    "REINSTATE": ("ban_lifted", "info"),
}


def _account_update(value: dict[str, Any]) -> News:
    event = identifier(value.get("event"))
    if reader := _ACCOUNT_UPDATES.get(event):
        return reader(value)
    if event in _ACCOUNT_EVENTS:
        return News(*_ACCOUNT_EVENTS[event])
    return _other(event, value)


def _restriction(value: dict[str, Any]) -> News:
    listed = value.get("restriction_info")
    restrictions = [mapping(part) for part in listed] if isinstance(listed, list) else []
    kinds = [identifier(part.get("restriction_type")) for part in restrictions]
    ends = [end for part in restrictions if (end := moment(part.get("expiration")))]
    facts = _facts(
        restrictions=", ".join(filter(None, kinds)),
        until=max(ends).strftime("%Y-%m-%d %H:%M UTC") if ends else "",
        remediation=" ".join(
            filter(None, (text(part.get("remediation")) for part in restrictions))
        ),
    )
    return News("account_restricted", "danger", facts)


def _ban(value: dict[str, Any]) -> News:
    info = mapping(value.get("ban_info"))
    state = identifier(info.get("waba_ban_state"))
    if state not in _BANS:
        return _other(f"DISABLED_UPDATE {state}".strip(), value)
    return News(*_BANS[state], _facts(date=text(info.get("waba_ban_date"))))


def _violation(value: dict[str, Any]) -> News:
    said = _said(mapping(value.get("violation_info")), "violation_type", "remediation")
    return News("account_violation", "warning", said)


def _partner_removed(value: dict[str, Any]) -> News:
    said = _said(mapping(value.get("disconnection_info")), "reason", "initiated_by")
    return News("disconnected", "danger", said)


def _volume_tier(value: dict[str, Any]) -> News:
    keys = ("pricing_category", "tier", "effective_month", "region")
    return News("price_tier", "info", _said(mapping(value.get("volume_tier_info")), *keys))


def _country(value: dict[str, Any]) -> News:
    return News("country_changed", "info", _said(value, "country"))


_ACCOUNT_UPDATES: dict[str, Callable[[dict[str, Any]], News]] = {
    "ACCOUNT_RESTRICTION": _restriction,
    "ACCOUNT_VIOLATION": _violation,
    "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE": _country,
    "DISABLED_UPDATE": _ban,
    "PARTNER_REMOVED": _partner_removed,
    "VOLUME_BASED_PRICING_TIER_UPDATE": _volume_tier,
}


# === OTHER FIELDS === #

_ALERTS = {
    "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED": ("limit_increase_deferred", "info"),
    "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED": ("limit_increase_failed", "warning"),
    "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO": ("limit_increase_info", "warning"),
    "OBA_APPROVED": ("official_account_approved", "info"),
    "OBA_REJECTED": ("official_account_rejected", "warning"),
    "PROFILE_PICTURE_LOST": ("picture_lost", "warning"),
}
_ALERT_SEVERITIES = {"CRITICAL": "danger", "WARNING": "warning"}
_DECISIONS = {
    "APPROVED": ("approved", "info"),
    "REJECTED": ("rejected", "danger"),
    "PENDING": ("pending", "info"),
    "DEFERRED": ("pending", "info"),
}
_QUALITY_EVENTS = {
    "ONBOARDING": ("limit_changed", "info", ""),
    "THROUGHPUT_UPGRADE": ("throughput_raised", "info", ""),
    # Unflagged may be medium or high again: Meta does not say which.
    "FLAGGED": ("quality_low", "warning", "RED"),
    "UNFLAGGED": ("quality_recovered", "info", "UNKNOWN"),
    "UPGRADE": ("limit_changed", "info", ""),
    "DOWNGRADE": ("limit_lowered", "warning", ""),
}
_SECURITY_EVENTS = {
    "PIN_CHANGED": ("pin_changed", "warning"),
    "PIN_RESET_REQUEST": ("pin_reset_requested", "warning"),
    "PIN_REQUEST_SUCCESS": ("pin_removed", "warning"),
}
_USERNAME_STATUSES = {
    "approved": "username_approved",
    "reserved": "username_reserved",
    "deleted": "username_deleted",
}


def _alert(value: dict[str, Any]) -> News:
    info = mapping(value.get("alert_info"))
    word = identifier(info.get("alert_type"))
    severity = _ALERT_SEVERITIES.get(identifier(info.get("alert_severity")), "info")
    known, known_severity = _ALERTS.get(word, ("alert", severity))
    facts = _facts(alert=word, description=text(info.get("alert_description")))
    return News(known, known_severity, facts)


def _review(value: dict[str, Any]) -> News:
    decision = identifier(value.get("decision"))
    if decision not in _DECISIONS:
        return _other(f"account_review_update {decision}".strip(), value)
    word, severity = _DECISIONS[decision]
    return News(f"review_{word}", severity)


def _settings(value: dict[str, Any]) -> News:
    settings = mapping(value.get("phone_number_settings"))
    changed = ", ".join(text(key) for key in settings if key != "phone_number_id")
    return News("settings_changed", "info", _facts(changed=changed))


def _capability(value: dict[str, Any]) -> News:
    per_business = messaging_limit(value.get("max_daily_conversations_per_business"))
    limit = per_business or messaging_limit(value.get("max_daily_conversation_per_phone"))
    numbers = integer(value.get("max_phone_numbers_per_business"))
    facts = _facts(limit=limit, numbers=str(numbers) if numbers else "")
    return News("limit_changed", "info", facts, messaging_limit=limit)


def _quality(value: dict[str, Any]) -> News:
    event = identifier(value.get("event"))
    if event not in _QUALITY_EVENTS:
        return _other(f"phone_number_quality_update {event}".strip(), value)
    kind, severity, quality = _QUALITY_EVENTS[event]
    limits = (value.get("max_daily_conversations_per_business"), value.get("current_limit"))
    limit = next(filter(None, map(messaging_limit, limits)), "")
    return News(kind, severity, _facts(limit=limit), quality=quality, messaging_limit=limit)


def _name(value: dict[str, Any]) -> News:
    decision = identifier(value.get("decision"))
    if decision not in _DECISIONS:
        return _other(f"phone_number_name_update {decision}".strip(), value)
    word, severity = _DECISIONS[decision]
    facts = _facts(
        name=text(value.get("requested_verified_name")), reason=text(value.get("rejection_reason"))
    )
    return News(f"name_{word}", "warning" if severity == "danger" else severity, facts)


def _security(value: dict[str, Any]) -> News:
    event = identifier(value.get("event"))
    if event not in _SECURITY_EVENTS:
        return _other(f"security {event}".strip(), value)
    return News(*_SECURITY_EVENTS[event], _facts(requester=uid(value.get("requester"))))


def _username(value: dict[str, Any]) -> News:
    status = identifier(value.get("status")).lower()
    if status not in _USERNAME_STATUSES:
        return _other(f"business_username_updates {status}".strip(), value)
    return News(_USERNAME_STATUSES[status], "info", _said(value, "username"))


_READERS: dict[str, Callable[[dict[str, Any]], News]] = {
    "account_alerts": _alert,
    "account_review_update": _review,
    "account_settings_update": _settings,
    "account_update": _account_update,
    "business_capability_update": _capability,
    "business_status_update": lambda value: _other("business_status_update", value),
    "business_username_update": _username,
    "business_username_updates": _username,
    "phone_number_name_update": _name,
    "phone_number_quality_update": _quality,
    "security": _security,
}
