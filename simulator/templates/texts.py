"""Checks of texts with variables: their names, their places, their samples."""

import re

from ..graph_errors import GraphError
from ..graph_values import objects_value, text_value
from .model import VARIABLE, variables_of
from .problems import (
    AT_THE_EDGE,
    BODY,
    INCOMPLETE,
    NAME,
    TOO_MANY_VARIABLES,
    not_possible,
    problem,
)

VARIABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
SPACE_AND_SIGNS = " \t\n\r.,;:!?،؛؟…"


def check_variables(text: str, named: bool, subcode: int) -> list[str]:
    """Return the variables of ``text``; refuse broken braces, wrong names and gaps.

    :param subcode: for the part that the text is of
    """
    left = VARIABLE.sub("", text)
    if "{{" in left or "}}" in left:
        raise problem(subcode, "The variables are not formatted correctly, as in {{1}}.")
    names = variables_of(text)
    if named and not all(VARIABLE_NAME.fullmatch(name) for name in names):
        raise problem(
            subcode, "Names of variables have lowercase letters, digits and underscores only."
        )
    numbers = [str(count) for count in range(1, len(names) + 1)]
    if not named and sorted(names, key=lambda name: (len(name), name)) != numbers:
        raise problem(subcode, "Variables must be numbered {{1}}, {{2}}, … without gaps.")
    return names


def check_places(text: str, names: list[str]) -> None:
    """Refuse variables at the edges of a body and too many for its length."""
    bare = text.strip(SPACE_AND_SIGNS)
    if names and (bare.startswith("{{") or bare.endswith("}}")):
        raise problem(AT_THE_EDGE, "Variables can't be at the start or end of the template.")
    words = len(re.findall(r"\w+", VARIABLE.sub(" ", text)))
    if names and words < 2 * len(VARIABLE.findall(text)) + 1:
        raise problem(
            TOO_MANY_VARIABLES,
            "This template has too many variables for its length. Reduce the number of variables "
            "or increase the message length.",
        )
    if "\n\n\n" in text or "     " in text:
        raise problem(BODY, "More than two line breaks or four spaces in a row are not allowed.")


def check_samples(component: dict, key: str, names: list[str], named: bool) -> None:
    """Refuse a text whose variables have no sample each.

    :param key: of the list in ``example``, such as ``body_text``
    """
    if not names:
        return
    example = component.get("example")
    example = example if isinstance(example, dict) else {}
    if named:
        given = objects_value(example, f"{key}_named_params")
        samples = {text_value(one, "param_name"): text_value(one, "example") for one in given}
        complete = set(samples) == set(names) and all(samples.values())
    else:
        values = example.get(key)
        if key == "body_text" and isinstance(values, list):
            values = values[0] if len(values) == 1 else None
        complete = _texts(values) and len(values) == len(names)
    if not complete:
        raise problem(
            INCOMPLETE,
            f"component of type {component['type']} is missing expected field(s) (example): "
            f"{len(names)} sample(s) are needed.",
        )


def _texts(values) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) and one for one in values)


def check_name(name: str) -> None:
    """Refuse names that Meta does not take.

    :raises GraphError: 100, with a subcode for its characters
    """
    if not name:
        raise GraphError(100, message="(#100) The parameter name is required.")
    if len(name) > 512:
        raise not_possible("Message template name is too long", "The limit is 512 characters.")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        words = "Template names can only have lowercase letters, numbers and underscores."
        raise problem(NAME, words)
