"""What Meta tells about a template: the values of the webhook fields.

Meta Cloud API: message_template_status_update, message_template_quality_update,
message_template_components_update, template_category_update.
"""

from datetime import datetime, timezone

from .model import Template

STATUS, QUALITY, COMPONENTS, CATEGORY, DETECTION = (
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "template_correct_category_detection",
)


def _named(template: Template) -> dict:
    # A number here, a text in the API.
    return {
        "message_template_id": int(template.uid),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }


def status_value(template: Template, event: str, extra: dict) -> dict:
    """Return the value of a status update.

    :param extra: ``rejection_info``, ``disable_info`` or ``other_info``
    """
    return {
        "event": event,
        **_named(template),
        "reason": template.rejected_reason,
        "message_template_category": template.category,
        **extra,
    }


def disabled_on(seconds: float) -> dict:
    day = datetime.fromtimestamp(seconds, timezone.utc).strftime("%B %-d, %Y")
    return {"disable_info": {"disable_date": day}}


def other_info(title: str, description: str) -> dict:
    return {"other_info": {"title": title, "description": description}}


def quality_value(template: Template, previous: str) -> dict:
    return {
        "previous_quality_score": previous,
        "new_quality_score": template.quality,
        **_named(template),
    }


def components_value(template: Template) -> dict:
    """Return the texts of a template after they changed."""
    value = _named(template)
    for kind, key in (("HEADER", "title"), ("BODY", "element"), ("FOOTER", "footer")):
        text = (template.component(kind) or {}).get("text")
        if text:
            value[f"message_template_{key}"] = text
    buttons = [_button(button) for button in template.buttons]
    return value | ({"message_template_buttons": buttons} if buttons else {})


def _button(button: dict) -> dict:
    keys = {"type": "type", "text": "text", "url": "url", "phone_number": "phone_number"}
    return {
        f"message_template_button_{name}": button[key]
        for name, key in keys.items()
        if button.get(key)
    }


def announced_category(template: Template) -> dict:
    """Return the notice that comes 24 hours before a category changes."""
    return {
        **_named(template),
        "new_category": template.category,
        "correct_category": template.correct_category,
        "category_update_timestamp": int(template.category_change_at),
    }


def changed_category(template: Template) -> dict:
    return {
        **_named(template),
        "previous_category": template.previous_category,
        "new_category": template.category,
    }


def detected_category(template: Template, correct: str) -> dict:
    return {**_named(template), "category": template.category, "correct_category": correct}
