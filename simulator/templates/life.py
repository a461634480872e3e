"""The life of templates: review, quality, pauses, categories, deletion; each step is told.

Whatever Meta does later (a review, the end of a pause, an announced category, the end of a
deletion) happens when WhatsApp's clock reaches it, also when a test moves that clock.
"""

import asyncio
from collections.abc import Callable

from ..checks import ControlError
from ..clock import Clock
from ..settings import Settings
from ..world import World
from . import news
from .model import DELETION_SECONDS, Template
from .promotion import is_promotion

NOTICE_SECONDS = 24 * 3600
# First and second pause; the third time the template is disabled.
PAUSES = ((3 * 3600, "FIRST_PAUSE"), (6 * 3600, "SECOND_PAUSE"))
# Statuses from which each step is possible.
FROM = {
    "APPROVED": {"PENDING", "IN_APPEAL", "REJECTED"},
    "REJECTED": {"PENDING", "IN_APPEAL", "APPROVED"},
    "PAUSED": {"APPROVED"},
    "DISABLED": {"APPROVED", "PAUSED"},
    "IN_APPEAL": {"REJECTED", "DISABLED"},
}
REASONS = (
    "ABUSIVE_CONTENT",
    "CATEGORY_NOT_AVAILABLE",
    "INCORRECT_CATEGORY",
    "INVALID_FORMAT",
    "NONE",
    "PROMOTIONAL",
    "SCAM",
    "TAG_CONTENT_MISMATCH",
)
# Events that change nothing but a word: what the status is afterwards, empty: as it was.
OTHER_EVENTS = {
    "FLAGGED": "",
    "REINSTATED": "APPROVED",
    "LIMIT_EXCEEDED": "LIMIT_EXCEEDED",
    "LOCKED": "",
    "ARCHIVED": "ARCHIVED",
    "UNARCHIVED": "APPROVED",
}


class TemplateLife:
    """Changes templates and tells the business.

    :param tell: sends news of an account: its uid, the webhook field, the value
    :param on_change: told after every change, for the pages and the storage
    """

    def __init__(
        self,
        world: World,
        clock: Clock,
        settings: Settings,
        tell: Callable[[str, str, dict], None],
        on_change: Callable[[], None],
    ):
        self._world, self._clock, self._settings = world, clock, settings
        self._tell_account, self._on_change = tell, on_change
        self._timer: asyncio.TimerHandle | None = None

    def submit(self, template: Template) -> None:
        """Put a new or edited template into review; Meta may correct its category at once."""
        now = self._clock.now()
        strict = self._settings.template_review == "judge"
        if strict and template.category == "UTILITY" and is_promotion(template):
            template.previous_category, template.category = template.category, "MARKETING"
        template.status, template.rejected_reason = "PENDING", "NONE"
        template.updated_at = now
        if self._settings.template_review != "manual":
            template.review_at = now + self._settings.template_review_delay_s
        self._world.templates[template.uid] = template
        self._tell_status(template, "PENDING")

    def approve(self, template: Template) -> None:
        self._move(template, "APPROVED")
        template.was_approved = True
        self._tell_status(template, "APPROVED")

    def reject(self, template: Template, reason: str, recommendation: str) -> None:
        if reason not in REASONS:
            raise ControlError(f"reason must be one of {', '.join(REASONS)}.")
        self._move(template, "REJECTED")
        template.rejected_reason = reason
        info = {"reason": reason, "recommendation": recommendation}
        self._tell_status(template, "REJECTED", {"rejection_info": info} if recommendation else {})

    def appeal(self, template: Template) -> None:
        self._move(template, "IN_APPEAL")
        self._tell_status(template, "IN_APPEAL")

    def pause(self, template: Template) -> None:
        """Pause for bad feedback: three hours, six hours, then for good."""
        if template.pauses >= len(PAUSES):
            return self.disable(template)
        self._move(template, "PAUSED")
        seconds, title = PAUSES[template.pauses]
        template.pauses += 1
        template.paused_until = self._clock.now() + seconds
        words = f"Your message template has been paused for {seconds // 3600} hours."
        self._tell_status(template, "PAUSED", news.other_info(title, words))
        return None

    def unpause(self, template: Template) -> None:
        if template.status != "PAUSED":
            raise ControlError(f"Only a paused template can be unpaused, not a {template.status}.")
        template.paused_until = 0.0
        template.status = "APPROVED"
        words = "Your message template has been unpaused."
        self._tell_status(template, "APPROVED", news.other_info("UNPAUSE", words))

    def disable(self, template: Template) -> None:
        self._move(template, "DISABLED")
        words = "Your message template has been disabled because of negative feedback."
        extra = news.disabled_on(self._clock.now()) | news.other_info("DISABLED", words)
        self._tell_status(template, "DISABLED", extra)

    def tell_event(self, template: Template, event: str) -> None:
        """Do one of the rarer steps, named as its event."""
        template.status = OTHER_EVENTS[event] or template.status
        self._tell_status(template, event)

    def change_quality(self, template: Template, score: str) -> None:
        previous, template.quality = template.quality, score
        template.quality_at = self._clock.now()
        self._tell(template, news.QUALITY, news.quality_value(template, previous))

    def announce_category(self, template: Template, category: str) -> None:
        """Tell that the category changes in 24 hours."""
        self._check_other(template, category)
        template.correct_category = category
        template.category_change_at = self._clock.now() + NOTICE_SECONDS
        self._tell(template, news.CATEGORY, news.announced_category(template))

    def change_category(self, template: Template, category: str) -> None:
        self._check_other(template, category)
        template.previous_category, template.category = template.category, category
        template.correct_category, template.category_change_at = "", 0.0
        self._tell(template, news.CATEGORY, news.changed_category(template))

    def detect_category(self, template: Template, category: str) -> None:
        """Tell that Meta would put it into another category, without doing so."""
        self._check_other(template, category)
        self._tell(template, news.DETECTION, news.detected_category(template, category))

    def edited(self, template: Template) -> None:
        """Tell the new texts of an edited template."""
        self._tell(template, news.COMPONENTS, news.components_value(template))

    def delete(self, template: Template) -> None:
        """Take it out of the list; a name that customers have seen stays blocked for 30 days."""
        template.updated_at = template.deleted_at = self._clock.now()
        if template.was_approved:
            template.status = "PENDING_DELETION"
            return self._tell_status(template, "PENDING_DELETION")
        return self._remove(template)

    def _remove(self, template: Template) -> None:
        template.status = "DELETED"
        del self._world.templates[template.uid]
        self._tell_status(template, "DELETED")

    def _move(self, template: Template, status: str) -> None:
        if template.status not in FROM[status]:
            raise ControlError(f"A template that is {template.status} cannot become {status}.")
        template.status = status
        template.review_at = template.paused_until = 0.0
        if status != "REJECTED":
            template.rejected_reason = "NONE"

    def _check_other(self, template: Template, category: str) -> None:
        if category == template.category:
            raise ControlError(f"The template is {category} already.")

    def _tell_status(self, template: Template, event: str, extra: dict | None = None) -> None:
        self._tell(template, news.STATUS, news.status_value(template, event, extra or {}))

    def _tell(self, template: Template, field: str, value: dict) -> None:
        template.updated_at = self._clock.now()
        if self._settings.template_hyphens:
            value["message_template_language"] = template.language.replace("_", "-")
        self._tell_account(template.account_uid, field, value)
        self.rearm()
        self._on_change()

    def rearm(self) -> None:
        """Do what is due by WhatsApp's clock and wait for what comes next."""
        self.stop()
        while (step := self._next_step()) and step[0] <= self._clock.now():
            self._do(step[1])
        self.stop()
        if step:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(step[0] - self._clock.now(), self.rearm)

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _next_step(self) -> tuple[float, Template] | None:
        steps = [(due_at(t), t) for t in self._world.templates.values() if due_at(t)]
        return min(steps, key=lambda step: step[0], default=None)

    def _do(self, template: Template) -> None:
        """Take the step that is due; each clears its own time, so that it comes once."""
        due = due_at(template)
        if template.status == "PENDING_DELETION":
            self._remove(template)
        elif due == template.review_at:
            template.review_at = 0.0
            self.approve(template)
        elif due == template.paused_until:
            self.unpause(template)
        else:
            self.change_category(template, template.correct_category)


def steps_of(template: Template) -> list[str]:
    """Return the names of the steps that are possible now."""
    names = {
        "APPROVED": "approve",
        "REJECTED": "reject",
        "IN_APPEAL": "appeal",
        "PAUSED": "pause",
        "DISABLED": "disable",
    }
    found = [name for status, name in names.items() if template.status in FROM[status]]
    if template.status == "PAUSED":
        found.append("unpause")
    return found if template.status == "PENDING_DELETION" else [*found, "delete"]


def due_at(template: Template) -> float:
    """Return when something happens to the template by itself, 0 for never."""
    if template.status == "PENDING_DELETION":
        return template.deleted_at + DELETION_SECONDS
    return min(filter(None, _times(template)), default=0.0)


def _times(template: Template) -> tuple[float, ...]:
    in_review = template.status in ("PENDING", "IN_APPEAL")
    return (
        template.review_at if in_review else 0.0,
        template.paused_until if template.status == "PAUSED" else 0.0,
        template.category_change_at,
    )
