"""Templates that are there from the start: Meta's example, and a set for demonstrations."""

import json
from pathlib import Path

from ..graph_values import required_text
from ..samples import SAMPLES
from ..world import ResumableUpload
from .components import check_components
from .languages import LANGUAGES
from .model import CATEGORIES, Template
from .problems import not_possible
from .samples import handle_check, keep_samples
from .texts import check_name

# Every new account has this one.
HELLO_WORLD = {
    "name": "hello_world",
    "language": "en_US",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
        {"type": "BODY", "text": "Welcome! This message shows that your number sends templates."},
        {"type": "FOOTER", "text": "Sample message"},
    ],
}
STARTER = json.loads(Path(__file__).with_name("starter.json").read_text(encoding="utf-8"))


def add_ready(sim, account_uid: str, given: dict) -> Template | None:
    """Put an approved template into an account.

    :param given: as the body that creates one; ``sample`` in ``example`` of a header names a file
        of `samples.SAMPLES`
    :return: None when the account has it already
    :raises GraphError: as when it is created
    """
    name = required_text(given, "name", "name")
    language = required_text(given, "language", "language")
    check_name(name)
    if language not in LANGUAGES or given.get("category") not in CATEGORIES:
        raise not_possible("Template", "The language or the category does not exist.")
    if sim.world.template(account_uid, name, language):
        return None
    now = sim.clock.now()
    format_ = given.get("parameter_format", "POSITIONAL")
    parts = [_with_sample(sim, component) for component in given["components"]]
    template = Template(
        uid=sim.ids.number(),
        account_uid=account_uid,
        name=name,
        language=language,
        category=given["category"],
        components=check_components(
            parts, given["category"], format_ == "NAMED", handle_check(sim)
        ),
        parameter_format=format_,
        status="APPROVED",
        was_approved=True,
        quality="GREEN",
        quality_at=now,
        created_at=now,
        updated_at=now,
    )
    keep_samples(sim, template)
    sim.world.templates[template.uid] = template
    sim.templates_changed()
    return template


def _with_sample(sim, component: dict) -> dict:
    """Upload the sample file that a header names, as a business does before."""
    name = (component.get("example") or {}).get("sample")
    if not name:
        return component
    sample = SAMPLES[name]
    upload = ResumableUpload(sample.file, sample.mime_type, len(sample.content), sample.content)
    upload.handle = f"4::{sim.ids.token()}"
    sim.uploads[f"upload:{upload.handle}"] = upload
    return {**component, "example": {"header_handle": [upload.handle]}}
