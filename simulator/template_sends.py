"""What a send of a template must pass, and when Meta keeps one from its recipient."""

from .engine import Simulator
from .graph_errors import GraphError, notice
from .graph_kinds import CHECKS
from .templates.filling import fill, ttl_seconds
from .templates.model import Template
from .world import Customer, Message, Number

DAY_SECONDS = 24 * 3600
# Why a template that exists cannot be sent; all others do not exist for a send.
UNUSABLE = {"PAUSED": 132015, "DISABLED": 132016}


def filled_template(sim: Simulator, number: Number, content: dict, *, by_phone: bool) -> dict:
    """Return what the phone shows of a send that Meta accepts.

    :param content: ``template`` of the send
    :param by_phone: the recipient was named by phone
    :raises GraphError: 132001 and the others of templates, 131062
    """
    name, language = content["name"], content["language"]["code"]
    template = sim.world.template(number.account_uid, name, language)
    if template and template.status in UNUSABLE:
        raise GraphError(
            UNUSABLE[template.status],
            f"The template {name} ({language}) is {template.status.lower()}.",
        )
    if template is None or template.status != "APPROVED":
        raise GraphError(
            132001, f"template name ({name}) does not exist in {language}", http_status=404
        )
    if template.category == "AUTHENTICATION" and not by_phone:
        raise GraphError(131062, "Send authentication templates to a phone number.")
    return fill(template, content, CHECKS)


def template_of(sim: Simulator, message: Message) -> Template | None:
    return sim.world.templates.get(message.shown.get("template_uid", ""))


def lost_at(sim: Simulator, message: Message) -> float:
    """Return when a message that could not be delivered is given up, 0 for after 30 days."""
    template = template_of(sim, message)
    seconds = ttl_seconds(template) if template else None
    return message.at + seconds if seconds else 0.0


def marketing_failure(sim: Simulator, message: Message, customer: Customer) -> dict | None:
    """Return why a marketing template does not reach this person, None when it does."""
    if message.shown.get("category") != "MARKETING":
        return None
    if message.number_uid in customer.marketing_stopped:
        return notice(131050, details="The user has stopped marketing messages of this business.")
    if customer.country == "US" and customer.phone.startswith("1"):
        return notice(131049, details="Marketing messages to numbers of the US are not delivered.")
    most = sim.settings.marketing_per_day
    in_window = sim.world.chat(message.number_uid, customer.phone).window_open(message.at)
    if most and not in_window and _recent_offers(sim, message, customer) >= most:
        return notice(131049, details="The user got as many marketing messages as Meta allows.")
    return None


def _recent_offers(sim: Simulator, message: Message, customer: Customer) -> int:
    """Count the offers of all businesses that reached this person within a day."""
    return sum(
        other.shown.get("category") == "MARKETING"
        and other.status in ("delivered", "read")
        and other.at > message.at - DAY_SECONDS
        for chat in sim.world.chats.values()
        if chat.phone == customer.phone
        for other in chat.messages
    )
