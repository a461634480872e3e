"""Message templates of the Graph API: list, create, edit, delete, unpause."""

import json
from datetime import datetime, timezone

from .checks import ControlError
from .graph_call import Call
from .graph_errors import GraphError, unknown_object
from .graph_objects import page, pick
from .graph_values import objects_value, text_value
from .templates import problems
from .templates.components import check_components
from .templates.languages import LANGUAGES
from .templates.model import CATEGORIES, EDITABLE, Template
from .templates.samples import handle_check, keep_samples, shown_components
from .templates.texts import check_name

DEFAULTS = ("name", "parameter_format", "components", "language", "status", "category", "id")
HOUR, DAY = 3600, 24 * 3600
CREATIONS_PER_HOUR, EDITS_PER_MONTH = 100, 10
# Seconds for which a message may wait, by category (Meta Cloud API: message TTL).
TTL = {"AUTHENTICATION": (30, 900), "UTILITY": (30, 43200), "MARKETING": (43200, 2592000)}
SCOPE = "whatsapp_business_management"


async def message_templates(call: Call) -> dict:
    """`GET`, `POST` and `DELETE /{WABA}/message_templates`."""
    account = call.own_account()
    call.require_scope(SCOPE)
    if call.request.method == "POST":
        return _create(call, account.uid)
    if call.request.method == "DELETE":
        return _delete(call, account.uid)
    found = [t for t in call.sim.world.templates_of(account.uid) if _wanted(call, t)]
    found.sort(key=lambda template: (-template.created_at, template.uid))
    return page(call, [template_fields(call, template) for template in found])


def _wanted(call: Call, template: Template) -> bool:
    """Tell whether a template passes the filters; deleted ones must be asked for."""
    params = call.params
    for key in ("status", "category", "language"):
        words = _words(params.get(key))
        if words and getattr(template, key) not in words:
            return False
    if not params.get("status") and template.status == "PENDING_DELETION":
        return False
    if params.get("quality_score") and template.quality not in _words(params["quality_score"]):
        return False
    name, text = str(params.get("name") or ""), str(params.get("content") or "")
    either = str(params.get("name_or_content") or "")
    content = json.dumps(template.components, ensure_ascii=False)
    return (
        name in template.name and text in content and (either in template.name or either in content)
    )


def _words(given) -> list[str]:
    """Return what a filter asks for: a word, a comma list or an array."""
    if isinstance(given, str) and given.startswith("["):
        try:
            given = json.loads(given)
        except ValueError as error:
            raise GraphError(100, f"{given!r} is no list.") from error
    words = given.split(",") if isinstance(given, str) else given or []
    return [str(word).strip() for word in words]


def _create(call: Call, account_uid: str) -> dict:
    sim, params = call.sim, call.params
    name, language = text_value(params, "name"), text_value(params, "language")
    check_name(name)
    category = _category(params)
    if language not in LANGUAGES:
        raise GraphError(100, message="(#100) Param language must be a supported language.")
    _check_room(call, account_uid, name, language)
    format_ = text_value(params, "parameter_format").upper() or "POSITIONAL"
    if format_ not in ("POSITIONAL", "NAMED"):
        raise GraphError(100, message="(#100) Param parameter_format must be NAMED or POSITIONAL.")
    now = sim.clock.now()
    template = Template(
        uid=sim.ids.number(),
        account_uid=account_uid,
        name=name,
        language=language,
        category=category,
        components=_components(call, category, named=format_ == "NAMED"),
        parameter_format=format_,
        ttl_seconds=_ttl(params, category),
        created_at=now,
    )
    keep_samples(sim, template)
    sim.templates.submit(template)
    return {"id": template.uid, "status": template.status, "category": template.category}


def _category(params: dict) -> str:
    category = text_value(params, "category").upper()
    if category not in CATEGORIES:
        raise GraphError(
            100, message=f"(#100) Param category must be one of {{{', '.join(CATEGORIES)}}}."
        )
    return category


def _components(call: Call, category: str, *, named: bool) -> list[dict]:
    given = call.params.get("components")
    if isinstance(given, str):
        try:
            call.params["components"] = json.loads(given)
        except ValueError as error:
            raise GraphError(100, message="(#100) Param components must be an array.") from error
    if not call.params.get("components"):
        raise GraphError(100, message="(#100) The parameter components is required.")
    components = objects_value(call.params, "components")
    return check_components(components, category, named, handle_check(call.sim))


def _ttl(params: dict, category: str) -> int | None:
    seconds = params.get("message_send_ttl_seconds")
    if seconds is None:
        return None
    least, most = TTL[category]
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise GraphError(100, message="(#100) Param message_send_ttl_seconds must be an integer.")
    if seconds != -1 and not least <= seconds <= most:
        raise problems.not_possible(
            "Message TTL", f"The time to live of {category} is {least} to {most} seconds, or -1."
        )
    return seconds


def _check_room(call: Call, account_uid: str, name: str, language: str) -> None:
    """Refuse a second template, one in place of a deleted one, and too many."""
    sim = call.sim
    own = sim.world.templates_of(account_uid)
    twin = sim.world.template(account_uid, name, language)
    if twin and twin.status == "PENDING_DELETION":
        raise problems.problem(
            problems.BEING_DELETED,
            f"New {language} content can't be added while the existing {language} content is "
            "being deleted. Try again in 4 weeks or consider creating a new message template.",
        )
    if twin:
        raise problems.problem(
            problems.EXISTS,
            f"There is already {language} content for this template. You can create a new template "
            "and try again.",
        )
    if len(own) >= sim.settings.template_limit:
        raise problems.problem(
            problems.LIMIT, f"The account has {len(own)} templates, as many as it may have."
        )
    recent = [t for t in own if t.created_at > sim.clock.now() - HOUR]
    if sim.settings.rate_limits and len(recent) >= CREATIONS_PER_HOUR:
        raise GraphError(80008, f"{CREATIONS_PER_HOUR} templates were created within an hour.")


def _delete(call: Call, account_uid: str) -> dict:
    """By `name` (all languages), by `hsm_id` with `name`, or by `hsm_ids` alone."""
    params, sim = call.params, call.sim
    own = [t for t in sim.world.templates_of(account_uid) if t.status != "PENDING_DELETION"]
    if params.get("hsm_ids"):
        uids = _words(params["hsm_ids"])
        if len(uids) > 100 or params.get("name"):
            raise GraphError(
                100, message="(#100) Param hsm_ids has up to 100 ids and stands alone."
            )
        found = [t for t in own if t.uid in uids]
        complete = len(found) == len(set(uids))
    else:
        name, uid = str(params.get("name") or ""), str(params.get("hsm_id") or "")
        if not name:
            raise GraphError(100, message="(#100) The parameter name is required.")
        found = [t for t in own if t.name == name and uid in ("", t.uid)]
        complete = bool(found)
    if not complete:
        raise problems.not_possible(
            "Message template not found", "The template was deleted or never existed."
        )
    if any(template.status == "DISABLED" for template in found):
        raise problems.not_possible(
            "Message template cannot be deleted", "Disabled templates cannot be deleted."
        )
    for template in found:
        sim.templates.delete(template)
    return {"success": True}


def own_template(call: Call) -> Template:
    """Return the template in the path, or refuse: unknown, gone or a stranger's."""
    template = call.sim.world.templates.get(call.uid)
    if template is None or all(a.uid != template.account_uid for a in call.accounts):
        raise unknown_object(call.uid, call.request.method.lower())
    call.require_scope(SCOPE)
    return template


async def edit(call: Call) -> dict:
    """`POST /{TEMPLATE}`: new components (and, unless approved, category); then a new review."""
    template, sim, params = own_template(call), call.sim, call.params
    if template.status not in EDITABLE:
        raise problems.not_possible(
            "Message template cannot be edited",
            f"Only approved, rejected or paused templates can be edited; this one is "
            f"{template.status}.",
        )
    category = _category(params) if params.get("category") else template.category
    if template.status == "APPROVED":
        if category != template.category:
            raise problems.not_possible(
                "Category cannot be changed", "The category of an approved template is fixed."
            )
        _count_edit(call, template)
    if not params.get("components") and not params.get("category"):
        ttl = _ttl(params, category)
        if ttl is None:
            raise GraphError(100, message="(#100) The parameter components is required.")
        template.ttl_seconds = ttl
        sim.templates_changed()
        return {"success": True}
    if params.get("components"):
        named = template.parameter_format == "NAMED"
        template.components = _components(call, category, named=named)
        keep_samples(sim, template)
    template.category = category
    if template.status == "APPROVED":
        template.edited_at.append(sim.clock.now())
    template.ttl_seconds = _ttl(params, category) or template.ttl_seconds
    sim.templates.edited(template)
    sim.templates.submit(template)
    return {"success": True}


def _count_edit(call: Call, template: Template) -> None:
    now = call.sim.clock.now()
    if any(at > now - DAY for at in template.edited_at):
        raise problems.not_possible(
            "Edit limit reached", "An approved template can be edited once in 24 hours."
        )
    if sum(at > now - 30 * DAY for at in template.edited_at) >= EDITS_PER_MONTH:
        raise problems.not_possible(
            "Edit limit reached", "An approved template can be edited 10 times in 30 days."
        )


async def unpause(call: Call) -> dict:
    """`POST /{TEMPLATE}/unpause`."""
    template = own_template(call)
    try:
        call.sim.templates.unpause(template)
    except ControlError as error:
        raise problems.not_possible("Message template cannot be unpaused", str(error)) from error
    return {"success": True}


def template_fields(call: Call, template: Template) -> dict:
    """Return the fields of a template that the call asks for."""
    fields = {
        "id": template.uid,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "sub_category": template.sub_category,
        "status": template.status,
        "parameter_format": template.parameter_format,
        "components": shown_components(template, call.request.base_url),
        "rejected_reason": template.rejected_reason,
        "quality_score": _quality(template),
        "last_updated_time": datetime.fromtimestamp(template.updated_at, timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%S+0000"
        ),
        "health_status": {"can_send_message": _health(template), "entities": []},
    }
    optional = {
        "previous_category": template.previous_category,
        "correct_category": template.correct_category,
        "message_send_ttl_seconds": template.ttl_seconds,
    }
    return pick(call, fields, DEFAULTS, optional)


def _quality(template: Template) -> dict:
    score = {"score": template.quality}
    return score | ({"date": int(template.quality_at)} if template.quality_at else {})


def _health(template: Template) -> str:
    return "AVAILABLE" if template.status == "APPROVED" else "BLOCKED"
