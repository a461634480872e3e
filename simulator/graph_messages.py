"""`POST /{PNID}/messages`: accept a business message or a read receipt."""

import json

from starlette.responses import Response

from .amendments import target_uid
from .attached import attached, files_of_cards
from .connections import CutResponse
from .graph_call import Call
from .graph_errors import REENGAGEMENT_DETAILS, GraphError, notice
from .graph_interactive import check_products
from .graph_payloads import SendRequest, check_read, check_send
from .ids import BUSINESS_MARK
from .links import fetch_link
from .media_kinds import content_problem
from .rules import Then
from .statuses import failure_of
from .template_sends import filled_template, lost_at, marketing_failure, template_of
from .world import AMENDING_TYPES, TYPING_SECONDS, Customer, Message, Number, digits_of

# The oldest message that can be marked as read or reacted to.
LARGEST_AGE_SECONDS = 30 * 24 * 3600
# Why a number that is not connected cannot send: code and HTTP status.
UNUSABLE = {
    "BANNED": (131031, 403),
    "RESTRICTED": (368, 403),
    "DISCONNECTED": (133010, 400),
    "PENDING": (133010, 400),
}


async def messages(call: Call) -> dict | Response:
    number = call.own_number()
    call.require_scope("whatsapp_business_messaging")
    if "status" in call.params:
        return _mark_read(call, number)
    request = check_send(call.params)
    customer, phone = _recipient(call, number, request)
    then = _scripted(call, number, phone)
    await call.trouble(then)
    _check_allowed(call, number, phone)
    _check_window(call, number, phone, request)
    _check_catalog(call, number, request)
    message = _accepted(call, number, phone, request)
    await _begin(call, message, customer, then)
    return CutResponse() if then.accept_then_drop else _answer(call, request, customer, message)


def _mark_read(call: Call, number: Number) -> dict:
    wamid = check_read(call.params)
    message = call.sim.world.messages.get(wamid)
    now = call.sim.clock.now()
    known = message and message.number_uid == number.uid and message.direction == "inbound"
    if not known or now - message.at > LARGEST_AGE_SECONDS:
        raise GraphError(131009, "Message ID is invalid.")
    call.sim.business_read(message)
    if call.params.get("typing_indicator"):
        chat = call.sim.world.chat(number.uid, message.phone)
        chat.typing_until = now + TYPING_SECONDS
        call.sim.chat_changed(chat)
    return {"success": True}


def _recipient(call: Call, number: Number, request: SendRequest) -> tuple[Customer | None, str]:
    """Find the person; a phone that nobody here has is accepted now and fails later."""
    world = call.sim.world
    if request.to:
        phone = digits_of(request.to)
        if not phone:
            raise GraphError(131009, "Param to is not a valid phone number.")
        if phone == number.digits:
            raise GraphError(131021)
        customer = world.customer_by_phone(phone)
        return customer, customer.phone if customer else phone
    portfolio = world.account_of_number(number.uid).portfolio_uid
    customer = world.customer_by_bsuid(request.recipient, portfolio)
    if customer is None:
        raise GraphError(100, "Param recipient is not a user of this business portfolio.")
    return customer, customer.phone


def _scripted(call: Call, number: Number, phone: str) -> Then:
    script = call.sim.script
    text = json.dumps(call.params, ensure_ascii=False) if script.rules else ""
    return script.take("messages", number.uid, phone, text)


def _check_allowed(call: Call, number: Number, phone: str) -> None:
    if number.status in UNUSABLE:
        code, http_status = UNUSABLE[number.status]
        raise GraphError(code, http_status=http_status)
    if phone in number.blocked:
        raise GraphError(130403, "You have blocked this user.")
    if number.allowed_recipients and phone not in number.allowed_recipients:
        raise GraphError(131030, "Add the recipient to the list of allowed phone numbers.")
    if call.sim.settings.rate_limits:
        call.sim.rates.charge(number, phone)


def _check_window(call: Call, number: Number, phone: str, request: SendRequest) -> None:
    if call.sim.settings.window_mode == "sync" and _window_closed(
        call, number, phone, request.type
    ):
        raise GraphError(131047, REENGAGEMENT_DETAILS)


def _window_closed(call: Call, number: Number, phone: str, kind: str) -> bool:
    chat = call.sim.world.chat(number.uid, phone)
    return kind != "template" and not chat.window_open(call.sim.clock.now())


def _check_catalog(call: Call, number: Number, request: SendRequest) -> None:
    if request.type == "interactive":
        catalog = call.sim.world.accounts[number.account_uid].catalog
        check_products(request.content, catalog)


def _accepted(call: Call, number: Number, phone: str, request: SendRequest) -> Message:
    sim = call.sim
    shown = {}
    if request.type == "template":
        shown = filled_template(sim, number, request.content, by_phone=bool(request.to))
    message = Message(
        wamid=sim.ids.wamid(request.recipient if not request.to else phone, BUSINESS_MARK),
        number_uid=number.uid,
        phone=phone,
        direction="outbound",
        type=request.type,
        payload={"type": request.type, request.type: request.content},
        at=sim.clock.now(),
        quoted_wamid=request.quoted_wamid,
        callback_data=request.callback_data,
        addressed_by="phone" if request.to else "bsuid",
        shown=shown,
    )
    message.media_uid = attached(message)[1].get("id", "")
    message.lost_at = lost_at(sim, message)
    template = template_of(sim, message)
    message.held = template is not None and template.held
    # Asked before the message is added, because only then can a missing window be seen.
    closed = _window_closed(call, number, phone, request.type)
    if closed and sim.settings.window_mode == "async":
        message.error = REENGAGEMENT_DETAILS
    sim.world.add_message(message)
    sim.changed(message)
    return message


async def _begin(call: Call, message: Message, customer: Customer | None, then: Then) -> None:
    failure = failure_of(then) or _certain_failure(call, message, customer)
    link = attached(message)[1].get("link")
    statuses = call.sim.statuses
    if message.held:
        return
    if then.status_before_response:
        await statuses.begin_before_response(message, failure)
    elif link and not failure:
        call.sim.keep(_begin_link(call, message, link, then))
    else:
        statuses.begin(message, failure, silent=then.no_statuses)


def _certain_failure(call: Call, message: Message, customer: Customer | None) -> dict | None:
    if message.error:
        return notice(131047, details=message.error)
    if customer is None:
        return notice(131026, details="Message Undeliverable.")
    kind, content = attached(message)
    files = [(kind, content), *files_of_cards(message)]
    problems = [_media_problem(call, message, *file) for file in files if file[1].get("id")]
    if any(problems):
        return notice(131053, details=next(filter(None, problems)))
    offer = marketing_failure(call.sim, message, customer)
    if offer:
        return offer
    if message.type == "reaction" and not _can_be_reacted_to(call, message):
        return notice(131009, details="The message cannot be reacted to.")
    return None


def _media_problem(call: Call, message: Message, kind: str, content: dict) -> str:
    media = call.sim.world.media.get(content["id"])
    if media is None or media.number_uid != message.number_uid:
        return "The media id does not exist."
    if media.expired(call.sim.clock.now()):
        return "The media id has expired."
    voice = content.get("voice") is True
    return content_problem(kind, media.content, media.mime_type, voice=voice)


def _can_be_reacted_to(call: Call, message: Message) -> bool:
    target = call.sim.world.messages.get(target_uid(message))
    return (
        target is not None
        and (target.number_uid, target.phone) == (message.number_uid, message.phone)
        and target.type not in AMENDING_TYPES
        and message.at - target.at <= LARGEST_AGE_SECONDS
    )


async def _begin_link(call: Call, message: Message, link: str, then: Then) -> None:
    """Fetch the file as Meta does: after acceptance, so trouble comes as `failed`."""
    failure = None
    try:
        content, mime_type = await fetch_link(call.sim, link)
        problem = content_problem(attached(message)[0], content, mime_type)
    except ValueError as error:
        problem = str(error)
    if problem:
        failure = notice(131053, details=problem)
    else:
        media = call.sim.store_media(message.number_uid, content, mime_type, uploaded=True)
        message.media_uid = media.uid
    call.sim.statuses.begin(message, failure, silent=then.no_statuses)


def _answer(call: Call, request: SendRequest, customer: Customer | None, message: Message) -> dict:
    contact = {"input": request.to or request.recipient}
    if request.to:
        contact["wa_id"] = customer.wa_id if customer else message.phone
    if request.recipient and customer:
        portfolio = call.sim.world.account_of_number(message.number_uid).portfolio_uid
        contact["user_id"] = customer.bsuid(portfolio)
    sent = {"id": message.wamid}
    if request.type == "template":
        sent["message_status"] = "held_for_quality_assessment" if message.held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}
