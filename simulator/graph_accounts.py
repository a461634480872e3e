"""Numbers, accounts, apps and webhook addresses of the Graph API."""

from starlette.responses import Response

from .graph_call import Call
from .graph_errors import GraphError, bad_token, invalid, missing, unknown_object
from .graph_media import delete as delete_media
from .graph_media import info as media_info
from .graph_objects import account_fields, number_fields, page
from .graph_templates import edit as edit_template
from .graph_templates import own_template, template_fields
from .handshake import handshake
from .world import SCOPES, Account, App

WEBHOOK_VERSION = "v26.0"


async def read_object(call: Call) -> dict | Response:
    """`GET /{ID}`: a number, an account, a template or a media file."""
    if call.uid in call.sim.world.numbers:
        number = call.own_number()
        return number_fields(call, number)
    if call.uid in call.sim.world.accounts:
        account = call.own_account()
        return account_fields(call, account)
    if call.uid in call.sim.world.templates:
        return template_fields(call, own_template(call))
    return await media_info(call)


async def write_object(call: Call) -> dict:
    """`POST /{PNID}`: the callback of one number. `POST /{TEMPLATE}`: an edit."""
    if call.uid in call.sim.world.templates:
        return await edit_template(call)
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
    return page(call, [number_fields(call, number) for number in numbers])


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


def own_app_account(call: Call) -> Account:
    """Return an account of the app in the path, or refuse as Meta does for a stranger's."""
    for account in call.accounts:
        if account.app_uid == call.uid:
            return account
    raise unknown_object(call.uid, call.request.method.lower())


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
    app.fields = _field_names(call)
    call.sim.directory_changed()
    return {"success": True}


def _field_names(call: Call) -> list[str]:
    """Return what a subscription asks for: a comma list or an array; none means everything."""
    given = call.params.get("fields") or []
    names = given.split(",") if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise invalid("Param fields must be a list of names.")
    return [name.strip() for name in names if name.strip()]


def _app_subscription(app: App) -> dict:
    names = app.fields or ["messages"]
    return {
        "object": "whatsapp_business_account",
        "callback_url": app.callback_url,
        "active": True,
        "fields": [{"name": name, "version": WEBHOOK_VERSION} for name in names],
    }


async def debug_token(call: Call) -> dict:
    """`GET /debug_token?input_token=`, with the app token."""
    app = _own_app(call, call.token.partition("|")[0])
    accounts = call.sim.world.account_of_token(str(call.params.get("input_token", "")))
    own = [account for account in accounts if account.app_uid == app.uid]
    if not own:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"data": {"is_valid": False, "scopes": [], "error": error}}
    scopes = [scope for scope in SCOPES if any(scope in account.scopes for account in own)]
    targets = [account.uid for account in own]
    expires_at = max(account.token_expires_at for account in own)
    expired = 0 < expires_at < call.sim.clock.now()
    return {
        "data": {
            "app_id": app.uid,
            "type": "SYSTEM_USER",
            "is_valid": not expired,
            "expires_at": int(expires_at),
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
