"""What is put into a template's slots, and whether WhatsApp takes it.

Source: Meta Cloud API: template messages; errors 132000, 132005, 132012 and 132018.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from .. import limits
from ..contents import Location
from ..errors import InvalidRequest
from ..text import clean
from . import maxima
from .model import MEDIA_HEADERS, Card, Template
from .placeholders import fill
from .slots import TEXT_KINDS, Slot, slots

_SPACES = re.compile(" {5,}|\N{NO-BREAK SPACE}{5,}")
_WHITE = re.compile(r"\s+")
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")

_MAXIMA = {
    "copy_code": maxima.COPY_CODE,
    "one_time_code": maxima.ONE_TIME_CODE,
    "payload": maxima.PAYLOAD,
    "url_suffix": maxima.URL,
}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file for a header. ``media_uid`` may be empty until the file is uploaded."""

    media_uid: str = ""
    filename: str = ""


Value = str | MediaFile | Location | datetime
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a template cannot be sent with these values.

    :param reason: ``missing``, ``wrong_kind``, ``line_break``, ``tab``, ``spaces`` (more than four
        in a row), ``too_long`` (the value), ``text_too_long`` (with it, what ``name`` says: header,
        body or button), ``address`` (not for an address of the web), ``place`` (not on Earth),
        ``unnamed_place`` (without name or address, and Meta wants both),
        ``over`` (a time in the past), ``not_uploaded`` (the file), ``unknown_slot`` (``name``: its
        key), ``not_approved`` (``name``: the status), ``not_supported`` (``name``: what)
    :param slot: None when it is not about one value
    """

    reason: str
    slot: Slot | None = None
    name: str = ""
    maximum: int = 0
    actual: int = 0


class TemplateValueError(InvalidRequest):
    """A template cannot be sent like this. ``problem`` says why; ``problems`` has all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problem, self.problems = problems[0], tuple(problems)
        key = self.problem.slot.key if self.problem.slot else self.problem.name
        super().__init__(
            f"The template cannot be sent: {self.problem.reason} ({key}).",
            limit=f"template_{self.problem.reason}",
            maximum=self.problem.maximum,
            actual=self.problem.actual,
        )

    @property
    def reason(self) -> str:
        return self.problem.reason

    @property
    def slot(self) -> Slot | None:
        return self.problem.slot


def find_problems(
    template: Template, values: Values, *, now: datetime | None = None, uploaded: bool = True
) -> list[Problem]:
    """Return all that keeps ``values`` from being sent, in the order of the slots.

    :param now: to find offers that are over; None does not look
    :param uploaded: files must have their media id
    """
    found = []
    wanted = slots(template)
    for slot in wanted:
        found += _of_value(slot, values.get(slot.key), now, uploaded)
    if not found:
        found += _of_lengths(template, wanted, values)
    known = {slot.key for slot in wanted}
    found += [Problem("unknown_slot", name=key) for key in values if key not in known]
    return found


def one_line(text: str) -> str:
    """Return ``text`` as WhatsApp takes it in a variable: without line ends, tabs and wide gaps."""
    lines = (_WHITE.sub(" ", line).strip() for line in clean(text).splitlines())
    return ", ".join(filter(None, lines))


def is_empty(value: Value | None) -> bool:
    """Tell whether a slot got nothing; a text of blanks is nothing."""
    return value is None or (isinstance(value, str) and not clean(value).strip())


# === ONE VALUE === #


def _of_value(
    slot: Slot, value: Value | None, now: datetime | None, uploaded: bool
) -> list[Problem]:
    if is_empty(value):
        return [Problem("missing", slot)] if slot.required else []
    if not isinstance(value, _types(slot)):
        return [Problem("wrong_kind", slot)]
    if isinstance(value, str):
        return _of_text(slot, clean(value))
    if isinstance(value, Location):
        return _of_place(slot, value)
    if isinstance(value, datetime):
        is_over = now is not None and milliseconds(value) <= milliseconds(now)
        return [Problem("over", slot)] if is_over else []
    return [Problem("not_uploaded", slot)] if uploaded and not value.media_uid else []


def _of_place(slot: Slot, place: Location) -> list[Problem]:
    if not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
        return [Problem("place", slot)]
    is_named = clean(place.name).strip() and clean(place.address).strip()
    return [] if is_named else [Problem("unnamed_place", slot)]


def _types(slot: Slot) -> type:
    if slot.kind in TEXT_KINDS:
        return str
    if slot.kind in MEDIA_HEADERS:
        return MediaFile
    return Location if slot.kind == "location" else datetime


def _of_text(slot: Slot, text: str) -> list[Problem]:
    maximum = _MAXIMA.get(slot.kind, 0)
    if maximum and limits.text_length(text) > maximum:
        return [Problem("too_long", slot, "", maximum, limits.text_length(text))]
    if slot.kind == "url_suffix":
        return [Problem("address", slot)] if _NOT_IN_ADDRESS.search(text) else []
    if len(text.splitlines()) > 1 or "\n" in text or "\r" in text:
        return [Problem("line_break", slot)]
    if "\t" in text:
        return [Problem("tab", slot)]
    return [Problem("spaces", slot)] if _SPACES.search(text) else []


def milliseconds(moment: datetime) -> int:
    """Return unix milliseconds; a time without a zone is UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return int(moment.timestamp() * 1000)


# === THE WHOLE TEXT === #


def _of_lengths(template: Template, wanted: list[Slot], values: Values) -> list[Problem]:
    found = _of_part(template, None, wanted, values)
    for number, card in enumerate(template.cards):
        found += _of_part(card, number, wanted, values)
    return found


def _of_part(
    part: Template | Card, card: int | None, wanted: list[Slot], values: Values
) -> list[Problem]:
    texts: list[tuple[str, int, str, int]] = []
    if part.header and part.header.format == "text":
        texts.append(("header", 0, part.header.text, maxima.HEADER))
    if part.body:
        texts.append(("body", 0, part.body.text, maxima.body_maximum(part)))
    texts += [
        ("button", index, button.url, maxima.URL)
        for index, button in enumerate(part.buttons)
        if button.kind == "url"
    ]
    found = []
    for component, index, text, maximum in texts:
        own = [
            slot
            for slot in wanted
            if (slot.component, slot.index, slot.card) == (component, index, card) and slot.name
        ]
        given = {slot.name: str(values.get(slot.key, "")) for slot in own}
        actual = limits.text_length(fill(text, given.get))
        if own and actual > maximum:
            longest = max(own, key=lambda slot: len(given[slot.name]))
            found.append(Problem("text_too_long", longest, component, maximum, actual))
    return found
