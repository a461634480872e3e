"""Meta's side of templates in the control API: review, quality, pauses, categories."""

from collections.abc import Callable

from starlette.requests import Request

from .checks import ControlError, list_of_objects, require_keys, switch_of, text_of
from .engine import Simulator
from .graph_errors import GraphError, notice
from .templates.components import check_components
from .templates.life import OTHER_EVENTS
from .templates.model import CATEGORIES, Template
from .templates.samples import handle_check, keep_samples
from .templates.starter import STARTER, add_ready
from .views import template_view

SCORES = ("GREEN", "YELLOW", "RED", "UNKNOWN")
READY_KEYS = ("name", "language", "category", "components", "parameter_format")


def find_template(sim: Simulator, request: Request) -> Template:
    uid = request.path_params["template_uid"]
    found = sim.world.templates.get(uid)
    if found is None:
        raise ControlError(f"No template {uid}: GET /sim/templates lists them.")
    return found


async def templates(sim: Simulator, request: Request, body: dict) -> dict:
    """All templates, or those of ``waba_uid``; the newest first."""
    wanted = request.query_params.get("waba_uid", "")
    found = [t for t in sim.world.templates.values() if wanted in ("", t.account_uid)]
    found.sort(key=lambda template: (-template.created_at, template.name, template.language))
    return {
        "templates": [template_view(template, sim.world, request.base_url) for template in found]
    }


async def add(sim: Simulator, request: Request, body: dict) -> dict:
    """Put approved templates into an account, without review: ``templates`` or the ``starter``."""
    require_keys(body, ("templates", "starter"), "key")
    uid = request.path_params["waba_uid"]
    if uid not in sim.world.accounts:
        raise ControlError(f"No account {uid}: PUT /sim/accounts/{uid} first.")
    given = list_of_objects(body, "templates")
    if switch_of(body, "starter", False):
        given = [*STARTER, *given]
    if not given:
        raise ControlError("Say templates, or starter: true.")
    for one in given:
        require_keys(one, READY_KEYS, "key of a template")
    made = [template for one in given if (template := _ready(sim, uid, one))]
    return {
        "templates": [template_view(template, sim.world, request.base_url) for template in made]
    }


def _ready(sim: Simulator, account_uid: str, given: dict) -> Template | None:
    try:
        return add_ready(sim, account_uid, given)
    except (GraphError, KeyError) as error:
        words = getattr(error, "user_message", "") or str(error)
        raise ControlError(f"{given.get('name')}: {words}") from error


def _step(*keys: str) -> Callable:
    """Wrap a step ``(sim, template, body)``; it answers with the template afterwards."""

    def wrap(step: Callable) -> Callable:
        async def endpoint(sim: Simulator, request: Request, body: dict) -> dict:
            require_keys(body, keys, "key")
            template = find_template(sim, request)
            step(sim, template, body)
            return template_view(template, sim.world, request.base_url)

        endpoint.__doc__ = step.__doc__
        return endpoint

    return wrap


@_step()
def approve(sim: Simulator, template: Template, body: dict) -> None:
    sim.templates.approve(template)


@_step("reason", "recommendation")
def reject(sim: Simulator, template: Template, body: dict) -> None:
    reason = text_of(body, "reason", default="INVALID_FORMAT")
    sim.templates.reject(template, reason, text_of(body, "recommendation"))


@_step()
def appeal(sim: Simulator, template: Template, body: dict) -> None:
    sim.templates.appeal(template)


@_step()
def pause(sim: Simulator, template: Template, body: dict) -> None:
    """Three hours, the second time six, the third time it is disabled."""
    sim.templates.pause(template)


@_step()
def unpause(sim: Simulator, template: Template, body: dict) -> None:
    sim.templates.unpause(template)


@_step()
def disable(sim: Simulator, template: Template, body: dict) -> None:
    sim.templates.disable(template)


@_step()
def delete(sim: Simulator, template: Template, body: dict) -> None:
    sim.templates.delete(template)


@_step("score")
def quality(sim: Simulator, template: Template, body: dict) -> None:
    score = text_of(body, "score", required=True)
    if score not in SCORES:
        raise ControlError(f"score must be one of {', '.join(SCORES)}.")
    sim.templates.change_quality(template, score)


@_step("category", "how")
def category(sim: Simulator, template: Template, body: dict) -> None:
    """``how``: ``notice`` (24 hours before, the usual way), ``now``, or ``detected`` only."""
    steps = {
        "notice": sim.templates.announce_category,
        "now": sim.templates.change_category,
        "detected": sim.templates.detect_category,
    }
    how, wanted = text_of(body, "how", default="notice"), text_of(body, "category", required=True)
    if how not in steps or wanted not in CATEGORIES:
        raise ControlError(
            f"how must be one of {', '.join(steps)}, category one of {', '.join(CATEGORIES)}."
        )
    steps[how](template, wanted)


@_step("components")
def components(sim: Simulator, template: Template, body: dict) -> None:
    """Somebody changed the texts in WhatsApp Manager."""
    named = template.parameter_format == "NAMED"
    given = list_of_objects(body, "components")
    try:
        template.components = check_components(given, template.category, named, handle_check(sim))
    except GraphError as error:
        raise ControlError(error.user_message or error.details or error.message) from error
    keep_samples(sim, template)
    sim.templates.edited(template)


@_step("event")
def event(sim: Simulator, template: Template, body: dict) -> None:
    """A rarer word of the status webhook."""
    word = text_of(body, "event", required=True)
    if word not in OTHER_EVENTS:
        raise ControlError(f"event must be one of {', '.join(OTHER_EVENTS)}.")
    sim.templates.tell_event(template, word)


@_step("on", "drop")
def hold(sim: Simulator, template: Template, body: dict) -> None:
    """Hold its messages for a check of quality; off lets them go, or with ``drop`` fail."""
    template.held = switch_of(body, "on", True)
    if not template.held:
        failed = notice(132015, details="The template failed the check of its quality.")
        failure = failed if switch_of(body, "drop", False) else None
        for message in list(sim.world.messages.values()):
            if message.held and message.shown.get("template_uid") == template.uid:
                message.held = False
                sim.statuses.begin(message, failure, silent=False)
    sim.templates_changed()


ACTIONS = {
    "approve": approve,
    "reject": reject,
    "appeal": appeal,
    "pause": pause,
    "unpause": unpause,
    "disable": disable,
    "delete": delete,
    "quality": quality,
    "category": category,
    "components": components,
    "event": event,
    "hold": hold,
}
