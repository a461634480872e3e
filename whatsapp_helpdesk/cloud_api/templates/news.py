"""What a webhook about a template means, apart from the words for people.

Source: Meta Cloud API: webhook fields message_template_status_update,
message_template_quality_update, message_template_components_update, template_category_update and
template_correct_category_detection.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..lenient import identifier, mapping, moment, objects, text, uid
from .model import CATEGORIES, QUALITIES, STATUSES
from .read import language_code, word

NEWS_KINDS = ("status", "quality", "components", "category")


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button as news of components has it."""

    kind: str
    text: str = ""
    url: str = ""
    phone_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateNews:
    """News of one language variant of a template. What the webhook does not tell is ''.

    :param kind: one of `NEWS_KINDS`
    :param severity: ``info``, ``warning`` or ``danger`` (it cannot be sent)
    :param template_uid: digits, as the API has it
    :param event: Meta's word for what happened to the status, such as ``APPROVED``
    :param status: new status, one of `STATUSES`
    :param reason: Meta's word for a rejection
    :param rejection: what Meta objects to, in its words, with ``recommendation``
    :param disable_date: Meta's words
    :param pause: ``FIRST_PAUSE``, ``SECOND_PAUSE``, ``RATE_LIMITING_PAUSE``, ``UNPAUSE`` or
        ``DISABLED``, described by ``description``
    :param category: category that it has now
    :param previous_category: that it had until now
    :param correct_category: that Meta will give it, or thinks right
    :param changes_at: when it will
    :param needs_sync: read the template again: the news does not tell the whole
    """

    kind: str
    severity: str = "info"
    template_uid: str = ""
    name: str = ""
    language: str = ""
    event: str = ""
    status: str = ""
    reason: str = ""
    rejection: str = ""
    recommendation: str = ""
    disable_date: str = ""
    pause: str = ""
    description: str = ""
    quality: str = ""
    previous_quality: str = ""
    category: str = ""
    previous_category: str = ""
    correct_category: str = ""
    changes_at: datetime | None = None
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[ShownButton, ...] = ()
    needs_sync: bool = False

    @property
    def is_announcement(self) -> bool:
        """Tell whether a change of category is still to come, or only Meta's opinion."""
        return self.kind == "category" and not self.previous_category


def read_template_news(field: str, value: dict[str, Any]) -> TemplateNews | None:
    """Return what the value of a webhook field means, None for fields that are not of templates.

    Words that Meta adds later are in ``event``, with ``needs_sync``.
    """
    reader = _READERS.get(field)
    if not reader:
        return None
    return TemplateNews(
        template_uid=uid(value.get("message_template_id")),
        name=text(value.get("message_template_name")),
        language=language_code(value.get("message_template_language")),
        **reader(value),
    )


_STATUSES = {
    "APPROVED": ("approved", "info"),
    "UNPAUSED": ("approved", "info"),
    "REINSTATED": ("approved", "info"),
    "PENDING": ("pending", "info"),
    "IN_APPEAL": ("in_appeal", "info"),
    "REJECTED": ("rejected", "danger"),
    "PAUSED": ("paused", "danger"),
    "DISABLED": ("disabled", "danger"),
    "LIMIT_EXCEEDED": ("limit_exceeded", "danger"),
    "PENDING_DELETION": ("pending_deletion", "warning"),
    "DELETED": ("deleted", "warning"),
    "ARCHIVED": ("archived", "warning"),
}
_QUALITY_SEVERITIES = {"red": "danger", "yellow": "warning"}


def _status(value: dict[str, Any]) -> dict[str, Any]:
    event = identifier(value.get("event")).upper()
    other = mapping(value.get("other_info"))
    rejection = mapping(value.get("rejection_info"))
    pause = identifier(other.get("title")).upper()
    if pause == "UNPAUSE":
        status, severity = "approved", "info"
    else:
        status, severity = _STATUSES.get(event, ("", "warning"))
    reason = identifier(value.get("reason"))
    return {
        "kind": "status",
        "severity": severity,
        "event": event,
        "status": status,
        "reason": "" if reason == "NONE" else reason,
        "rejection": text(rejection.get("reason")),
        "recommendation": text(rejection.get("recommendation")),
        "disable_date": _date(mapping(value.get("disable_info")).get("disable_date")),
        "pause": pause,
        "description": text(other.get("description")),
        "category": _category(value.get("message_template_category")),
        "needs_sync": status not in STATUSES,
    }


def _quality(value: dict[str, Any]) -> dict[str, Any]:
    quality = word(value.get("new_quality_score"), QUALITIES, "unknown")
    return {
        "kind": "quality",
        "severity": _QUALITY_SEVERITIES.get(quality, "info"),
        "quality": quality,
        "previous_quality": word(value.get("previous_quality_score"), QUALITIES, "unknown"),
    }


def _components(value: dict[str, Any]) -> dict[str, Any]:
    """Read what Meta tells of new components: no examples, no files, so all is to be read again."""
    prefix = "message_template_button_"
    buttons = tuple(
        ShownButton(
            kind=identifier(button.get(f"{prefix}type")).lower(),
            text=text(button.get(f"{prefix}text")),
            url=text(button.get(f"{prefix}url")),
            phone_number=text(button.get(f"{prefix}phone_number")),
        )
        for button in objects(value.get("message_template_buttons"))
    )
    return {
        "kind": "components",
        "header": text(value.get("message_template_title")),
        "body": text(value.get("message_template_element")),
        "footer": text(value.get("message_template_footer")),
        "buttons": buttons,
        "needs_sync": True,
    }


def _category_update(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "category",
        "severity": "warning",
        "category": _category(value.get("new_category")),
        "previous_category": _category(value.get("previous_category")),
        "correct_category": _category(value.get("correct_category")),
        "changes_at": moment(value.get("category_update_timestamp")),
    }


def _category_detection(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "category",
        "severity": "warning",
        "category": _category(value.get("category")),
        "correct_category": _category(value.get("correct_category")),
    }


def _category(value: Any) -> str:
    return word(value, CATEGORIES, "other") if identifier(value) else ""


def _date(value: Any) -> str:
    found = moment(value)
    return found.date().isoformat() if found else text(value)


_READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "message_template_components_update": _components,
    "message_template_quality_update": _quality,
    "message_template_status_update": _status,
    "template_category_update": _category_update,
    "template_correct_category_detection": _category_detection,
}

NEWS_FIELDS = frozenset(_READERS)
