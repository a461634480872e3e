"""Templates from Meta's JSON, whatever its shape. Source: Meta Cloud API: message_templates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ..lenient import identifier, integer, mapping, moment, objects, text, uid
from .model import (
    CATEGORIES,
    PARAMETER_FORMATS,
    QUALITIES,
    STATUSES,
    Body,
    Button,
    Buttons,
    Card,
    Carousel,
    Component,
    Footer,
    Header,
    Offer,
    OtherComponent,
    Template,
)
from .placeholders import names

TEMPLATE_FIELDS = (
    "id",
    "name",
    "language",
    "status",
    "category",
    "sub_category",
    "previous_category",
    "correct_category",
    "components",
    "parameter_format",
    "quality_score",
    "rejected_reason",
    "last_updated_time",
    "message_send_ttl_seconds",
)
"""What to ask Graph for, so that `template` finds all that it reads."""

_DEEPEST = 2  # cards have no cards


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One page of an account's templates; ``after`` asks for the next, '' when this is the last."""

    templates: tuple[Template, ...]
    after: str = ""


def template_page(answer: dict[str, Any]) -> TemplatePage:
    """Read an answer of ``GET message_templates``."""
    paging = mapping(answer.get("paging"))
    after = text(mapping(paging.get("cursors")).get("after")) if paging.get("next") else ""
    return TemplatePage(tuple(map(template, objects(answer.get("data")))), after)


def template(row: dict[str, Any]) -> Template:
    """Read one template; what is missing or odd is empty, what is new is kept."""
    components = tuple(map(component, objects(row.get("components"))))
    score = mapping(row.get("quality_score"))
    reason = identifier(row.get("rejected_reason"))
    return Template(
        uid=uid(row.get("id")),
        name=text(row.get("name")),
        language=language_code(row.get("language")),
        category=word(row.get("category"), CATEGORIES, "other"),
        components=components,
        parameter_format=_parameter_format(row, components),
        status=word(row.get("status"), STATUSES, "unknown"),
        quality=word(score.get("score"), QUALITIES, "unknown"),
        quality_at=moment(score.get("date")),
        rejected_reason="" if reason == "NONE" else reason,
        sub_category=identifier(row.get("sub_category")).lower(),
        previous_category=identifier(row.get("previous_category")).lower(),
        correct_category=identifier(row.get("correct_category")).lower(),
        ttl_seconds=_seconds(row.get("message_send_ttl_seconds")),
        updated_at=_time(row.get("last_updated_time")),
        raw=row,
    )


def word(value: Any, known: tuple[str, ...], otherwise: str) -> str:
    """Return Meta's word in lower case if it is ``known``, else ``otherwise``."""
    found = identifier(value).lower()
    return found if found in known else otherwise


def language_code(value: Any) -> str:
    """Return a language as templates are sent with: webhooks also write ``en-US``."""
    return identifier(value).replace("-", "_")


def component(raw: dict[str, Any], depth: int = 1) -> Component:
    """Read one component; one of another kind or shape is an `OtherComponent`."""
    kind = identifier(raw.get("type")).lower()
    if kind == "carousel" and depth < _DEEPEST:
        return _carousel(raw, depth)
    reader = _READERS.get(kind)
    found = reader(raw) if reader else None
    return found or OtherComponent(kind, raw)


# === COMPONENTS === #


def _header(raw: dict[str, Any]) -> Header | None:
    example = mapping(raw.get("example"))
    handles = example.get("header_handle")
    return Header(
        format=identifier(raw.get("format")).lower() or "text",
        text=text(raw.get("text")),
        samples=_samples(example, "header_text"),
        media_sample=text(handles[0]) if isinstance(handles, list) and handles else "",
        extra=_extra(raw, "format", "text", "example"),
    )


def _body(raw: dict[str, Any]) -> Body | None:
    return Body(
        text=text(raw.get("text")),
        samples=_samples(mapping(raw.get("example")), "body_text"),
        add_security_recommendation=raw.get("add_security_recommendation") is True,
        extra=_extra(raw, "text", "example", "add_security_recommendation"),
    )


def _footer(raw: dict[str, Any]) -> Footer | None:
    return Footer(
        text=text(raw.get("text")),
        code_expiration_minutes=integer(raw.get("code_expiration_minutes")),
        extra=_extra(raw, "text", "code_expiration_minutes"),
    )


def _buttons(raw: dict[str, Any]) -> Buttons | None:
    rows = raw.get("buttons")
    if not isinstance(rows, list) or len(objects(rows)) != len(rows):
        return None  # leaving one out would move the others
    return Buttons(tuple(map(_button, rows)), extra=_extra(raw, "buttons"))


def _button(raw: dict[str, Any]) -> Button:
    example = raw.get("example")
    if isinstance(example, list):
        example = example[0] if example else ""
    return Button(
        kind=identifier(raw.get("type")).lower(),
        text=text(raw.get("text")),
        url=text(raw.get("url")),
        sample=text(example),
        phone_number=text(raw.get("phone_number")),
        flow_uid=uid(raw.get("flow_id")),
        flow_action=text(raw.get("flow_action")).lower(),
        flow_screen=text(raw.get("navigate_screen")),
        otp_type=identifier(raw.get("otp_type")).lower(),
        extra=_extra(
            raw,
            "text",
            "url",
            "example",
            "phone_number",
            "flow_id",
            "flow_action",
            "navigate_screen",
            "otp_type",
        ),
    )


def _offer(raw: dict[str, Any]) -> Offer | None:
    offer = raw.get("limited_time_offer")
    if not isinstance(offer, dict):
        return None
    return Offer(
        text=text(offer.get("text")),
        has_expiration=offer.get("has_expiration") is True,
        extra=_extra(raw, "limited_time_offer"),
    )


def _carousel(raw: dict[str, Any], depth: int) -> Component:
    rows = raw.get("cards")
    if not isinstance(rows, list) or len(objects(rows)) != len(rows):
        return OtherComponent("carousel", raw)
    cards = (
        Card(
            tuple(component(part, depth + 1) for part in objects(row.get("components"))),
            extra=_extra(row, "components"),
        )
        for row in rows
    )
    return Carousel(tuple(cards), extra=_extra(raw, "cards"))


def _samples(example: dict[str, Any], key: str) -> dict[str, str]:
    """Read examples per variable. Positional ones of a body are a list of lists, by Meta's whim."""
    named = objects(example.get(f"{key}_named_params"))
    if named:
        return {text(row.get("param_name")): text(row.get("example")) for row in named}
    row = example.get(key)
    if isinstance(row, list) and row and isinstance(row[0], list):
        row = row[0]
    row = row if isinstance(row, list) else []
    return {str(number): text(sample) for number, sample in enumerate(row, 1)}


def _extra(raw: dict[str, Any], *read: str) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in ("type", *read)}


def _parameter_format(row: dict[str, Any], components: tuple[Component, ...]) -> str:
    """Old versions of the API do not tell it, so the text has to."""
    told = word(row.get("parameter_format"), PARAMETER_FORMATS, "")
    if told:
        return told
    parts = (part for part in components if isinstance(part, (Header, Body)))
    is_named = any(not name.isdigit() for part in parts for name in names(part.text))
    return "named" if is_named else "positional"


def _seconds(value: Any) -> int:
    return -1 if value in (-1, "-1") else integer(value)


def _time(value: Any) -> datetime | None:
    """Read a time as Graph writes them, ISO 8601 without a colon in the zone, or unix seconds."""
    written = text(value)
    try:
        found = datetime.strptime(written, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return moment(value)
    return found.astimezone(timezone.utc)


_READERS: dict[str, Callable[[dict[str, Any]], Component | None]] = {
    "body": _body,
    "buttons": _buttons,
    "footer": _footer,
    "header": _header,
    "limited_time_offer": _offer,
}
