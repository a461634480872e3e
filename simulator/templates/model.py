"""A message template as Meta keeps it: plain data, and the variables in its texts."""

import re
from dataclasses import dataclass, field

VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
CATEGORIES = ("AUTHENTICATION", "MARKETING", "UTILITY")
EDITABLE = frozenset({"APPROVED", "REJECTED", "PAUSED"})
# A name that customers have seen stays blocked this long, messages under way are delivered.
DELETION_SECONDS = 30 * 24 * 3600


@dataclass(slots=True)
class Template:
    """One language of one template. Times are WhatsApp's seconds, 0 for never.

    ``review_at`` is when Meta decides about it, ``category_change_at`` when the announced
    ``correct_category`` becomes its own, ``edited_at`` when it was edited while approved,
    ``held`` whether its messages wait for a check of quality, ``samples`` which file stands
    behind each handle of its headers.
    """

    uid: str
    account_uid: str
    name: str
    language: str
    category: str
    components: list[dict]
    parameter_format: str = "POSITIONAL"
    status: str = "PENDING"
    rejected_reason: str = "NONE"
    quality: str = "UNKNOWN"
    quality_at: float = 0.0
    sub_category: str = "CUSTOM"
    previous_category: str = ""
    correct_category: str = ""
    category_change_at: float = 0.0
    ttl_seconds: int | None = None
    created_at: float = 0.0
    updated_at: float = 0.0
    review_at: float = 0.0
    paused_until: float = 0.0
    pauses: int = 0
    deleted_at: float = 0.0
    was_approved: bool = False
    held: bool = False
    edited_at: list[float] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)

    def component(self, kind: str) -> dict | None:
        """Return the component of this type, None when there is none."""
        return component_of(self.components, kind)

    @property
    def buttons(self) -> list[dict]:
        return (self.component("BUTTONS") or {}).get("buttons", [])


def component_of(components: list[dict], kind: str) -> dict | None:
    return next((found for found in components if found["type"] == kind), None)


def variables_of(text: str) -> list[str]:
    """Return the names or numbers in ``{{…}}``, each once, in the order of reading."""
    return list(dict.fromkeys(VARIABLE.findall(text)))
