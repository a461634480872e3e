"""Numbers and accounts as Graph shows them: fields by name, lists in pages."""

import base64

from .clock import as_iso
from .graph_call import Call
from .graph_errors import GraphError, invalid
from .world import Account, Number

PAGE_SIZE = 25
NUMBER_DEFAULTS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "id",
)
ACCOUNT_DEFAULTS = ("id", "name", "currency", "timezone_id", "message_template_namespace")


def number_fields(call: Call, number: Number) -> dict:
    """Return the fields of a number that the call asks for."""
    return pick(call, _all_number_fields(call, number), NUMBER_DEFAULTS)


def account_fields(call: Call, account: Account) -> dict:
    """Return the fields of an account that the call asks for."""
    return pick(call, _all_account_fields(account), ACCOUNT_DEFAULTS)


def _all_number_fields(call: Call, number: Number) -> dict:
    account = call.sim.world.account_of_number(number.uid)
    callbacks = {
        "phone_number": number.override_url,
        "whatsapp_business_account": account.override_url,
        "application": call.sim.world.apps[account.app_uid].callback_url,
    }
    return {
        "id": number.uid,
        "display_phone_number": number.display_phone_number,
        "verified_name": number.verified_name,
        "quality_rating": number.quality_rating,
        "code_verification_status": "VERIFIED",
        "name_status": number.name_status,
        "status": number.status,
        "throughput": {"level": number.throughput_level},
        "whatsapp_business_manager_messaging_limit": number.messaging_limit,
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "is_official_business_account": False,
        "is_pin_enabled": True,
        "is_on_biz_app": number.is_on_biz_app,
        "health_status": _health(account, number),
        "last_onboarded_time": as_iso(number.onboarded_at),
        "webhook_configuration": {key: url for key, url in callbacks.items() if url},
    }


def _all_account_fields(account: Account) -> dict:
    return {
        "id": account.uid,
        "name": account.name,
        "currency": "EUR",
        "timezone_id": "1",
        "message_template_namespace": f"namespace_{account.uid}",
        "account_review_status": "APPROVED",
        "business_verification_status": "verified",
        "country": "ES",
        "ownership_type": "SELF",
        "health_status": _health(account, None),
    }


def _health(account: Account, number: Number | None) -> dict:
    parts = [("WABA", account.uid), ("BUSINESS", account.portfolio_uid), ("APP", account.app_uid)]
    entities = [
        {"entity_type": kind, "id": uid, "can_send_message": "AVAILABLE"} for kind, uid in parts
    ]
    told = number.health if number else {}
    if number:
        own = {"entity_type": "PHONE_NUMBER", "id": number.uid, "can_send_message": "AVAILABLE"}
        entities.insert(0, own | told)
    return {"can_send_message": told.get("can_send_message", "AVAILABLE"), "entities": entities}


def pick(call: Call, fields: dict, defaults: tuple, optional: dict | None = None) -> dict:
    """Return the fields that the call names, else ``defaults``.

    :param optional: known fields that are left out as long as they have no value
    """
    asked = str(call.params.get("fields") or "")
    names = [name.strip() for name in asked.split(",") if name.strip()] or list(defaults)
    optional = optional or {}
    for name in names:
        if name not in fields and name not in optional:
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    fields = fields | {name: value for name, value in optional.items() if value}
    return {name: fields[name] for name in dict.fromkeys([*names, "id"]) if name in fields}


def page(call: Call, found: list[dict]) -> dict:
    """Return one page of ``found``, with cursors and the address of the next."""
    limit = str(call.params.get("limit", PAGE_SIZE))
    if not limit.isdigit() or int(limit) < 1:
        raise invalid("Param limit must be a positive number.")
    start = _start(call, int(limit))
    end = start + int(limit)
    shown = {"data": found[start:end]}
    if shown["data"]:
        cursors = {"before": _as_cursor(start), "after": _as_cursor(min(end, len(found)))}
        shown["paging"] = {"cursors": cursors}
        if end < len(found):
            shown["paging"]["next"] = _address(call, after=cursors["after"])
        if start:
            shown["paging"]["previous"] = _address(call, before=cursors["before"])
    return shown


def _address(call: Call, **cursor: str) -> str:
    url = call.request.url.remove_query_params(["access_token", "after", "before"])
    return str(url.include_query_params(**cursor))


def _start(call: Call, limit: int) -> int:
    if call.params.get("before"):
        return max(0, _position(call.params["before"]) - limit)
    return _position(call.params.get("after") or _as_cursor(0))


def _as_cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _position(cursor) -> int:
    try:
        return int(base64.urlsafe_b64decode(str(cursor)).decode().removeprefix("at:"))
    except ValueError as error:
        raise GraphError(131059, "Invalid cursor.") from error
