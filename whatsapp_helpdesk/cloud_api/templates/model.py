"""A message template as data. Words of Meta's (status, category, kinds) are in lower case.

Every part has an ``extra``: keys of Meta's that this version does not read. They are written back,
so reading and writing a template loses nothing. Source: Meta Cloud API: template components.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

STATUSES = (
    "approved",
    "pending",
    "rejected",
    "paused",
    "disabled",
    "in_appeal",
    "limit_exceeded",
    "pending_deletion",
    "deleted",
    "archived",
    "unknown",
)
CATEGORIES = ("marketing", "utility", "authentication", "other")
QUALITIES = ("green", "yellow", "red", "unknown")
PARAMETER_FORMATS = ("positional", "named")
TEXT_HEADER = "text"
MEDIA_HEADERS = ("image", "video", "document")
HEADER_FORMATS = (TEXT_HEADER, *MEDIA_HEADERS, "location")
BUTTON_KINDS = (
    "quick_reply",
    "url",
    "phone_number",
    "voice_call",
    "copy_code",
    "flow",
    "otp",
    "catalog",
    "mpm",
)


def _nothing() -> Any:
    return dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the body.

    :param format: one of `HEADER_FORMATS`, or a word that Meta adds later
    :param samples: example per variable of ``text``
    :param media_sample: Meta's handle of an example file; read back, it is an address that expires
    """

    format: str
    text: str = ""
    samples: dict[str, str] = _nothing()
    media_sample: str = ""
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Body:
    """The text. ``add_security_recommendation``: Meta words it (authentication templates)."""

    text: str = ""
    samples: dict[str, str] = _nothing()
    add_security_recommendation: bool = False
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Footer:
    """The small text below. ``code_expiration_minutes``: Meta words it (authentication)."""

    text: str = ""
    code_expiration_minutes: int = 0
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Button:
    """A button.

    :param kind: one of `BUTTON_KINDS`, or a word that Meta adds later
    :param text: label; Meta words that of ``copy_code``
    :param url: with a variable at its end when it is a dynamic one
    :param sample: example of the whole address, or of the code to copy
    :param phone_number: international
    :param otp_type: ``copy_code``, ``one_tap`` or ``zero_tap``
    """

    kind: str
    text: str = ""
    url: str = ""
    sample: str = ""
    phone_number: str = ""
    flow_uid: str = ""
    flow_action: str = ""
    flow_screen: str = ""
    otp_type: str = ""
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Buttons:
    """The buttons below the text, in Meta's order."""

    buttons: tuple[Button, ...] = ()
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Offer:
    """A limited-time offer. ``has_expiration``: the phone counts down to a time given at send."""

    text: str = ""
    has_expiration: bool = False
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class OtherComponent:
    """A component of another kind or shape, kept as Meta wrote it."""

    kind: str
    raw: dict[str, Any]


class _Parts:
    """Access to what ``components`` holds, for a template and for a card alike."""

    __slots__ = ()

    def _first(self, wanted: type) -> Any:
        return next((part for part in self.components if isinstance(part, wanted)), None)

    @property
    def header(self) -> Header | None:
        return self._first(Header)

    @property
    def body(self) -> Body | None:
        return self._first(Body)

    @property
    def footer(self) -> Footer | None:
        return self._first(Footer)

    @property
    def offer(self) -> Offer | None:
        return self._first(Offer)

    @property
    def buttons(self) -> tuple[Button, ...]:
        found = self._first(Buttons)
        return found.buttons if found else ()

    @property
    def others(self) -> tuple[OtherComponent, ...]:
        return tuple(part for part in self.components if isinstance(part, OtherComponent))


@dataclass(frozen=True, slots=True)
class Card(_Parts):
    """One card of a carousel."""

    components: tuple[Any, ...] = ()
    extra: dict[str, Any] = _nothing()


@dataclass(frozen=True, slots=True)
class Carousel:
    """Cards that are swiped sideways."""

    cards: tuple[Card, ...] = ()
    extra: dict[str, Any] = _nothing()


Component = Header | Body | Footer | Buttons | Offer | Carousel | OtherComponent


@dataclass(frozen=True, slots=True)
class Template(_Parts):
    """One language variant of a template; Meta's key is (name, language).

    :param uid: Meta's id, '' before it was created there
    :param language: Meta's code, such as ``en_US``
    :param category: one of `CATEGORIES`
    :param components: in Meta's order
    :param parameter_format: one of `PARAMETER_FORMATS`
    :param status: one of `STATUSES`; only ``approved`` can be sent
    :param quality: one of `QUALITIES`
    :param rejected_reason: Meta's word, such as ``INVALID_FORMAT``, '' when there is none
    :param previous_category: what it was before Meta changed it, '' when it did not
    :param correct_category: what Meta will change it to, '' when it will not
    :param ttl_seconds: how long delivery is tried, 0 for Meta's default, -1 for 30 days
    :param raw: the whole object as Meta sent it, {} for one that was made here
    """

    name: str
    language: str
    category: str
    components: tuple[Component, ...] = ()
    parameter_format: str = "positional"
    uid: str = ""
    status: str = "unknown"
    quality: str = "unknown"
    quality_at: datetime | None = None
    rejected_reason: str = ""
    sub_category: str = ""
    previous_category: str = ""
    correct_category: str = ""
    ttl_seconds: int = 0
    updated_at: datetime | None = None
    raw: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @property
    def cards(self) -> tuple[Card, ...]:
        found = self._first(Carousel)
        return found.cards if found else ()

    @property
    def is_named(self) -> bool:
        return self.parameter_format == "named"
