"""Sample templates, as Meta's API gives them, and what goes into their variables."""

import json

from cloud_api.templates.read import template

from tests.unit.conftest import SAMPLES

TEMPLATES = SAMPLES.parent / "templates"
NAMES = sorted(path.stem for path in TEMPLATES.glob("*.json"))


def row(name):
    """Return a sample template as Meta's decoded JSON."""
    return json.loads((TEMPLATES / f"{name}.json").read_text(encoding="utf-8"))


def sample(name):
    """Return a sample template."""
    return template(row(name))
