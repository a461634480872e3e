"""Why Meta refused a message made from a template, and which variable it means.

Meta names parts in its own words and in several ways; what is not understood names no variable.
Source: Meta Cloud API: error codes; wordings as its answers have them.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from .model import Template
from .slots import Slot, slots
from .values import Values, is_empty

PER_USER_PAUSE = timedelta(hours=24)
"""How long a customer whom Meta spared marketing gets no more of it: trying sooner is punished."""

REASONS = (
    "count",
    "variables",
    "too_long",
    "gone",
    "paused",
    "disabled",
    "policy",
    "misuse",
    "flow",
    "media",
    "per_user_limit",
    "stopped",
    "other",
)
_BY_CODE = {
    131049: "per_user_limit",
    131050: "stopped",
    131052: "media",
    131053: "media",
    131064: "misuse",
    132000: "count",
    132001: "gone",
    132005: "too_long",
    132007: "policy",
    132008: "variables",
    132012: "variables",
    132015: "paused",
    132016: "disabled",
    132018: "variables",
    132068: "flow",
    132069: "flow",
}
_OF_ANY_MESSAGE = (100, 131008, 131009)  # about variables only if the details say so
_SYNC_REASONS = ("count", "gone", "paused", "disabled")

_PATH = re.compile(r"\['components'\]\[(\d{1,3})\](?:\['parameters'\]\[(\d{1,3})\])?")
_BUTTON = re.compile(r"button at index (\d{1,3})", re.IGNORECASE)
_COMPONENT = re.compile(r"\s*(header|body|buttons?)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal.

    :param reason: one of `REASONS`; ``count`` and ``gone`` mean that Meta's template is another
        than ours, ``variables`` that a value does not fit
    :param component: ``header``, ``body`` or ``button``, '' when Meta does not say
    :param slots: that Meta means, as far as it says
    """

    reason: str
    component: str = ""
    slots: tuple[Slot, ...] = ()

    @property
    def needs_sync(self) -> bool:
        """Tell whether the template should be read again."""
        return self.reason in _SYNC_REASONS


def read_refusal(template: Template, values: Values, code: int, details: str) -> Refusal:
    """Return what an error of Meta's means for a message from ``template``.

    :param values: that were sent
    :param code: of the error, as an answer or a webhook has it
    :param details: Meta's details, else its message
    """
    found = _meant(template, values, details)
    reason = _BY_CODE.get(code, "other")
    if code in _OF_ANY_MESSAGE and (found or _PATH.search(details)):
        reason = "variables"
    component = found[0].component if found else _component(details)
    return Refusal(reason, component, tuple(found))


def _meant(template: Template, values: Values, details: str) -> list[Slot]:
    # Meta's places are those of the message: it has no component for a button without a value.
    sent = [
        slot
        for slot in slots(template)
        if slot.card is None and (slot.kind == "flow_token" or not is_empty(values.get(slot.key)))
    ]
    if path := _PATH.search(details):
        return _at(sent, int(path[1]), path[2])
    if button := _BUTTON.search(details):
        wanted = slots(template)
        return [s for s in wanted if (s.component, s.index) == ("button", int(button[1]))][:1]
    words = {*_WORD.findall(details)}
    if named := [slot for slot in sent if template.is_named and slot.name in words]:
        return named[:1]
    component = _component(details)
    return [slot for slot in slots(template) if slot.component == component and slot.card is None]


def _at(sent: list[Slot], component: int, parameter: str | None) -> list[Slot]:
    groups: dict[tuple[str, int], list[Slot]] = {}
    for slot in sent:
        groups.setdefault((slot.component, slot.index), []).append(slot)
    found = [*groups.values()][component : component + 1]
    return found[0][int(parameter) :][:1] if found and parameter else (found[0] if found else [])


def _component(details: str) -> str:
    found = _COMPONENT.match(details)
    return found[1].lower().removesuffix("s") if found else ""
