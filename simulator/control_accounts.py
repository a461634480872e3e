"""Accounts and their numbers in the control API, and the news that Meta sends about them."""

from starlette.requests import Request

from .checks import (
    ControlError,
    list_of_objects,
    list_of_texts,
    number_of,
    object_of,
    require_keys,
    switch_of,
    text_of,
)
from .engine import Simulator
from .handshake import handshake
from .loopback import require_loopback_url
from .templates.starter import HELLO_WORLD, add_ready
from .world import Account, App, Number, digits_of

ACCOUNT_KEYS = (
    "app_uid",
    "app_secret",
    "access_token",
    "token_expires_at",
    "scopes",
    "verify_token",
    "callback_url",
    "fields",
    "portfolio_uid",
    "name",
    "numbers",
    "handshake",
    "subscribed",
    "catalog",
)
NUMBER_TEXTS = (
    "display_phone_number",
    "verified_name",
    "quality_rating",
    "status",
    "name_status",
    "throughput_level",
    "messaging_limit",
)
NUMBER_KEYS = (
    "phone_number_uid",
    *NUMBER_TEXTS,
    "is_on_biz_app",
    "allowed_recipients",
    "health",
)


async def put_account(sim: Simulator, request: Request, body: dict) -> dict:
    """Create or change an account, its app and its numbers; keys not given keep their value."""
    require_keys(body, ACCOUNT_KEYS, "account key")
    uid = request.path_params["waba_uid"]
    account = sim.world.accounts.get(uid) or Account(uid, app_uid=f"app-{uid}")
    numbers = [_number(sim, uid, given) for given in list_of_objects(body, "numbers")]
    callback_url = _callback_url(body)
    for key in ("app_uid", "access_token", "portfolio_uid", "name"):
        setattr(account, key, text_of(body, key, default=getattr(account, key)))
    account.token_expires_at = number_of(body, "token_expires_at", account.token_expires_at)
    account.scopes = list_of_texts(body, "scopes", account.scopes)
    app = sim.world.apps.setdefault(account.app_uid, App(account.app_uid))
    app.secret = text_of(body, "app_secret", default=app.secret)
    app.verify_token = text_of(body, "verify_token", default=app.verify_token)
    app.callback_url = callback_url or app.callback_url
    app.fields = list_of_texts(body, "fields", app.fields)
    account.subscribed = switch_of(body, "subscribed", account.subscribed or bool(callback_url))
    account.catalog = _catalog(body, account.catalog)
    is_new = uid not in sim.world.accounts
    sim.world.accounts[uid] = account
    if is_new:
        add_ready(sim, uid, HELLO_WORLD)
    sim.world.numbers |= {number.uid: number for number in numbers}
    sim.directory_changed()
    if callback_url and switch_of(body, "handshake", False):
        return {"handshake": await handshake(sim, callback_url, app.verify_token)}
    return {"handshake": None}


def _catalog(body: dict, known: dict) -> dict:
    """Return the connected catalogue: ``id``, ``products`` with ``retailer_id``, ``name``, …."""
    given = object_of(body, "catalog", known)
    if given:
        require_keys(given, ("id", "name", "products"), "key of catalog")
        text_of(given, "id", required=True)
        for product in list_of_objects(given, "products"):
            require_keys(product, ("retailer_id", "name", "price", "currency"), "key of products")
            text_of(product, "retailer_id", required=True)
    return given


def _callback_url(body: dict) -> str:
    url = text_of(body, "callback_url")
    try:
        return require_loopback_url(url) if url else ""
    except ValueError as error:
        raise ControlError(f"callback_url: {error}") from error


def _number(sim: Simulator, account_uid: str, given: dict) -> Number:
    require_keys(given, NUMBER_KEYS, "number key")
    uid = text_of(given, "phone_number_uid", required=True)
    known = sim.world.numbers.get(uid)
    if known and known.account_uid != account_uid:
        raise ControlError(f"Number {uid} belongs to account {known.account_uid}.")
    number = known or Number(uid, account_uid, onboarded_at=sim.clock.now())
    for key in NUMBER_TEXTS:
        setattr(number, key, text_of(given, key, default=getattr(number, key)))
    if not digits_of(number.display_phone_number):
        raise ControlError(f"Number {uid} needs a display_phone_number with digits.")
    number.is_on_biz_app = switch_of(given, "is_on_biz_app", number.is_on_biz_app)
    number.allowed_recipients = list_of_texts(
        given, "allowed_recipients", number.allowed_recipients
    )
    number.health = object_of(given, "health", number.health)
    return number


async def tell(sim: Simulator, request: Request, body: dict) -> dict:
    """Meta tells about the account: any field with any value, as it is."""
    require_keys(body, ("field", "value"), "key")
    uid = request.path_params["waba_uid"]
    if uid not in sim.world.accounts:
        raise ControlError(f"No account {uid}: PUT /sim/accounts/{uid} first.")
    sim.tell_account(uid, text_of(body, "field", required=True), object_of(body, "value"))
    return {"told": True}
