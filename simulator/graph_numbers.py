"""What hangs on a number: business profile, blocked users, delivery history, phone app data."""

from .clock import as_iso
from .graph_call import Call
from .graph_errors import GraphError, invalid, notice, unknown_object
from .graph_objects import page
from .graph_payloads import require_product
from .graph_values import at_most, objects_value, one_of, required_text, text_value
from .phone_app import send_contacts, send_history
from .world import WINDOW_SECONDS, Customer, Message, Number, digits_of

PROFILE_LIMITS = {"about": 139, "address": 256, "description": 512, "email": 128, "vertical": 40}
WEBSITES_LIMIT, WEBSITE_LIMIT, BLOCKED_LIMIT = 2, 256, 64000
VERTICALS = (
    "OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH "
    "NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING "
    "OTC_DRUGS UNDEFINED"
).split()
SYNC_SECONDS = 24 * 3600
EVENT_STATES = {"new": "PENDING", "delivered": "DELIVERED", "retrying": "RETRYING"}


async def business_profile(call: Call) -> dict:
    """`GET` and `POST /{PNID}/whatsapp_business_profile`."""
    number = call.own_number()
    if call.request.method == "POST":
        require_product(call.params)
        number.profile |= _checked_profile(call)
        call.sim.on_save()
        return {"success": True}
    asked = str(call.params.get("fields") or "about").split(",")
    found = {name: number.profile[name] for name in asked if number.profile.get(name)}
    return {"data": [found | {"messaging_product": "whatsapp"}]}


def _checked_profile(call: Call) -> dict:
    given = call.params
    changes = {key: text_value(given, key) for key in PROFILE_LIMITS if key in given}
    for key, value in changes.items():
        at_most(key, value, PROFILE_LIMITS[key])
    if "about" in changes and not changes["about"]:
        raise invalid("Param about must be at least 1 character long.")
    if changes.get("vertical"):
        one_of("vertical", changes["vertical"], VERTICALS)
    if "websites" in given:
        changes["websites"] = _websites(given["websites"])
    if "profile_picture_handle" in given:
        changes["profile_picture_url"] = _picture(call)
    return changes


def _websites(given) -> list[str]:
    if not isinstance(given, list) or len(given) > WEBSITES_LIMIT:
        raise invalid(f"Param websites must be an array of at most {WEBSITES_LIMIT} addresses.")
    for url in given:
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise invalid("Param websites must hold addresses with http:// or https://.")
        at_most("websites", url, WEBSITE_LIMIT)
    return given


def _picture(call: Call) -> str:
    """Make the upload behind the handle the picture of the number; return its address."""
    handle = call.params["profile_picture_handle"]
    found = [u for u in call.sim.uploads.values() if u.handle and u.handle == handle]
    if not found:
        raise GraphError(131009, "Param profile_picture_handle is not a valid handle.")
    media = call.sim.store_media(
        call.uid, found[0].content, found[0].mime_type, uploaded=True, filename=found[0].filename
    )
    return f"{call.request.base_url}sim/media/{media.uid}"


async def block_users(call: Call) -> dict:
    """`GET`, `POST` and `DELETE /{PNID}/block_users`; a mixed result is an error with both lists.

    :raises GraphError: 139100 with the lists beside the error
    """
    number = call.own_number()
    if call.request.method == "GET":
        return page(call, [_blocked_line(call, phone) for phone in number.blocked])
    require_product(call.params)
    adding = call.request.method == "POST"
    done, failed = [], []
    for entry in objects_value(call.params, "block_users"):
        line, problem = _block(call, number, entry, adding)
        if problem:
            failed.append(line | {"errors": [problem]})
        else:
            done.append(line)
    if not done and not failed:
        raise invalid("Param block_users must name at least one user.")
    call.sim.on_save()
    lists = {"added_users" if adding else "removed_users": done}
    if failed:
        lists["failed_users"] = failed
        extra = {"messaging_product": "whatsapp", "block_users": lists}
        raise GraphError(139100, "Some users could not be changed.", extra=extra)
    return {"messaging_product": "whatsapp", "block_users": lists}


def _block(call: Call, number: Number, entry: dict, adding: bool) -> tuple[dict, dict | None]:
    customer = _person(call, number, entry)
    line = {"input": str(entry.get("user") or entry.get("user_id") or "")}
    if customer is None:
        return line, notice(131021, details="The user was not found.")
    line["wa_id"] = customer.wa_id
    if not adding:
        if customer.phone not in number.blocked:
            return line, notice(139101)
        number.blocked.remove(customer.phone)
        return line, None
    if customer.phone in number.blocked:
        return line, notice(139101)
    if len(number.blocked) >= BLOCKED_LIMIT:
        return line, notice(139102, details="The block list is full.")
    last = call.sim.world.chat(number.uid, customer.phone).last_inbound_at
    if last is None or call.sim.clock.now() - last > WINDOW_SECONDS:
        return line, notice(131047, details="The user did not write within the last 24 hours.")
    number.blocked.append(customer.phone)
    return line, None


def _person(call: Call, number: Number, entry: dict) -> Customer | None:
    world = call.sim.world
    uid = text_value(entry, "user_id")
    if uid:
        return world.customer_by_bsuid(uid, world.account_of_number(number.uid).portfolio_uid)
    return world.customer_by_phone(digits_of(text_value(entry, "user")))


def _blocked_line(call: Call, phone: str) -> dict:
    customer = call.sim.world.customers.get(phone)
    line = {"messaging_product": "whatsapp", "wa_id": customer.wa_id if customer else phone}
    return {"block_users": [line]}


async def commerce_settings(call: Call) -> dict:
    """`GET` and `POST /{PNID}/whatsapp_commerce_settings`; empty without a catalogue."""
    number = call.own_number()
    catalog = call.sim.world.accounts[number.account_uid].catalog
    if call.request.method == "GET":
        shown = {"is_cart_enabled": True, "is_catalog_visible": False, **number.commerce}
        return {"data": [{"id": catalog["id"], **shown}] if catalog else []}
    if not catalog:
        raise invalid("No catalogue is connected to this WhatsApp account.")
    for key in ("is_cart_enabled", "is_catalog_visible"):
        given = str(call.params.get(key, "")).lower()
        if given not in ("", "true", "false"):
            raise invalid(f"Param {key} must be a boolean.")
        if given:
            number.commerce[key] = given == "true"
    call.sim.on_save()
    return {"success": True}


async def message_history(call: Call) -> dict:
    """`GET /{PNID}/message_history?message_id=`: what became of a message and its webhooks."""
    number = call.own_number()
    wamid = required_text(call.params, "message_id", "message_id")
    message = call.sim.world.messages.get(wamid)
    if message is None or message.number_uid != number.uid or message.direction != "outbound":
        raise unknown_object(wamid)
    events = [_event(call, message, status, at) for status, at in message.events]
    return page(call, [{"id": message.wamid, "message_id": wamid, "events": {"data": events}}])


def _event(call: Call, message: Message, status: str, at: float) -> dict:
    account = call.sim.world.account_of_number(message.number_uid)
    return {
        "delivery_status": status.upper(),
        "timestamp": as_iso(at),
        "webhook_update_state": _webhook_state(call, message.wamid, status),
        "application": {"id": account.app_uid},
    }


def _webhook_state(call: Call, wamid: str, status: str) -> str:
    for delivery in reversed(call.sim.sender.log):
        for update in delivery.updates:
            if update.item.get("id") == wamid and update.item.get("status") == status:
                return EVENT_STATES.get(delivery.state, "FAILED")
    return "FAILED"


async def smb_app_data(call: Call) -> dict:
    """`POST /{PNID}/smb_app_data`: ask once, in the first day, for contacts or history."""
    number = call.own_number()
    require_product(call.params)
    kind = required_text(call.params, "sync_type", "sync_type")
    one_of("sync_type", kind, ("smb_app_state_sync", "history"))
    if not number.is_on_biz_app or call.sim.clock.now() - number.onboarded_at > SYNC_SECONDS:
        raise GraphError(2593108)
    if kind in number.synced:
        raise GraphError(2593107)
    number.synced.append(kind)
    call.sim.on_save()
    if kind == "history":
        send_history(call.sim, number, number.phone_app.get("history", {}))
    else:
        send_contacts(call.sim, number, number.phone_app.get("contacts", []))
    return {"messaging_product": "whatsapp", "request_id": call.sim.ids.token()}
