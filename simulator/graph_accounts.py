"""Numbers, accounts, apps and webhook addresses of the Graph API."""

import base64

from starlette.responses import Response

from .graph_call import Call
from .graph_errors import GraphError, bad_token, invalid, missing
from .graph_media import delete as delete_media
from .graph_media import info as media_info
from .handshake import handshake
from .world import Account, App, Number

WEBHOOK_VERSION = "v26.0"
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


async def read_object(call: Call) -> dict | Response:
    """`GET /{ID}`: a number, an account or a media file."""
    if call.uid in call.sim.world.numbers:
        number = call.own_number()
        return _pick(call, number_fields(call, number), NUMBER_DEFAULTS)
    if call.uid in call.sim.world.accounts:
        account = call.own_account()
        return _pick(call, account_fields(account), ACCOUNT_DEFAULTS)
    return await media_info(call)


async def write_object(call: Call) -> dict:
    """`POST /{PNID}`: the callback of one number."""
    number = call.own_number()
    configuration = call.params.get("webhook_configuration")
    if not isinstance(configuration, dict):
        raise missing("webhook_configuration")
    url = configuration.get("override_callback_uri")
    token = configuration.get("verify_token") or ""
    if not isinstance(url, str) or not isinstance(token, str):
        raise invalid("Param webhook_configuration['override_callback_uri'] must be a string.")
    if url:
        await _verified(call, url, token)
    number.override_url, number.override_token = url, token
    call.sim.directory_changed()
    return {"success": True}


async def delete_object(call: Call) -> dict:
    return await delete_media(call)


async def phone_numbers(call: Call) -> dict:
    """`GET /{WABA}/phone_numbers` with cursors."""
    numbers = call.sim.world.numbers_of(call.own_account().uid)
    found = [_pick(call, number_fields(call, n), NUMBER_DEFAULTS) for n in numbers]
    return _page(call, found)


async def subscribed_apps(call: Call) -> dict:
    """`GET`, `POST` and `DELETE /{WABA}/subscribed_apps`; a POST without URL drops the override."""
    account = call.own_account()
    if call.request.method == "GET":
        return {"data": [_subscription(account)] if account.subscribed else []}
    url = str(call.params.get("override_callback_uri") or "")
    token = str(call.params.get("verify_token") or "")
    if url:
        await _verified(call, url, token)
    account.subscribed = call.request.method == "POST"
    account.override_url, account.override_token = url, token
    call.sim.directory_changed()
    return {"success": True}


def _subscription(account: Account) -> dict:
    data = {"id": account.app_uid, "name": "App", "link": "https://example.com/"}
    found = {"whatsapp_business_api_data": data}
    if account.override_url:
        found["override_callback_uri"] = account.override_url
    return found


def _own_app(call: Call, uid: str) -> App:
    """Return the app whose ``APP_ID|APP_SECRET`` token the call carries."""
    app = call.sim.world.apps.get(uid)
    if not app or not app.secret or call.token != f"{app.uid}|{app.secret}":
        raise bad_token()
    return app


async def subscriptions(call: Call) -> dict:
    """`GET`, `POST` and `DELETE /{APP}/subscriptions`: the one callback URL of an app."""
    app = _own_app(call, call.uid)
    if call.request.method == "GET":
        return {"data": [_app_subscription(app)] if app.callback_url else []}
    if call.params.get("object") != "whatsapp_business_account":
        raise invalid("Param object must be one of {WHATSAPP_BUSINESS_ACCOUNT}.")
    url = token = ""
    if call.request.method == "POST":
        url = str(call.params.get("callback_url") or "")
        token = str(call.params.get("verify_token") or "")
        if not url:
            raise missing("callback_url")
        await _verified(call, url, token)
    app.callback_url, app.verify_token = url, token
    call.sim.directory_changed()
    return {"success": True}


def _app_subscription(app: App) -> dict:
    return {
        "object": "whatsapp_business_account",
        "callback_url": app.callback_url,
        "active": True,
        "fields": [{"name": "messages", "version": WEBHOOK_VERSION}],
    }


async def debug_token(call: Call) -> dict:
    """`GET /debug_token?input_token=`, with the app token."""
    app = _own_app(call, call.token.partition("|")[0])
    accounts = call.sim.world.account_of_token(str(call.params.get("input_token", "")))
    own = [account for account in accounts if account.app_uid == app.uid]
    if not own:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"is_valid": False, "scopes": [], "error": error}}
    scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
    targets = [account.uid for account in own]
    return {
        "data": {
            "app_id": app.uid,
            "type": "SYSTEM_USER",
            "is_valid": True,
            "expires_at": 0,
            "scopes": scopes,
            "granular_scopes": [{"scope": scope, "target_ids": targets} for scope in scopes],
            "user_id": "1",
        }
    }


async def _verified(call: Call, url: str, token: str) -> None:
    outcome = await handshake(call.sim, url, token)
    if outcome != "ok":
        raise GraphError(
            2200,
            message=f"(#2200) Callback verification failed with the following errors: {outcome}",
        )


def number_fields(call: Call, number: Number) -> dict:
    """Return all fields of a number that can be asked for."""
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
        "quality_rating": "GREEN",
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "throughput": {"level": "STANDARD"},
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "account_mode": "LIVE",
        "platform_type": "CLOUD_API",
        "is_official_business_account": False,
        "is_pin_enabled": True,
        "is_on_biz_app": False,
        "health_status": _health(account, number),
        "webhook_configuration": {key: url for key, url in callbacks.items() if url},
    }


def account_fields(account: Account) -> dict:
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
    if number:
        parts.insert(0, ("PHONE_NUMBER", number.uid))
    return {
        "can_send_message": "AVAILABLE",
        "entities": [
            {"entity_type": kind, "id": uid, "can_send_message": "AVAILABLE"} for kind, uid in parts
        ],
    }


def _pick(call: Call, fields: dict, defaults: tuple) -> dict:
    asked = str(call.params.get("fields") or "")
    names = [name.strip() for name in asked.split(",") if name.strip()] or list(defaults)
    for name in names:
        if name not in fields:
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    return {name: fields[name] for name in dict.fromkeys([*names, "id"])}


def _page(call: Call, found: list[dict]) -> dict:
    start = _cursor(call)
    limit = str(call.params.get("limit", PAGE_SIZE))
    if not limit.isdigit() or int(limit) < 1:
        raise invalid("Param limit must be a positive number.")
    end = start + int(limit)
    page = {"data": found[start:end]}
    if page["data"]:
        cursors = {"before": _as_cursor(start), "after": _as_cursor(min(end, len(found)))}
        page["paging"] = {"cursors": cursors}
        if end < len(found):
            following = call.request.url.include_query_params(after=cursors["after"])
            page["paging"]["next"] = str(following.remove_query_params("access_token"))
    return page


def _as_cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _cursor(call: Call) -> int:
    after = str(call.params.get("after") or _as_cursor(0))
    try:
        return int(base64.urlsafe_b64decode(after).decode().removeprefix("at:"))
    except ValueError as error:
        raise GraphError(131059, "Invalid cursor.") from error
