"""Small checks of what callers hand in, and JSON that survives hostile text."""

import json
from collections.abc import Iterable

from starlette.responses import JSONResponse

# 2100-01-01 in seconds: larger times cannot be meant.
LARGEST_NUMBER = 4102444800


class ControlError(ValueError):
    """A control call that cannot be done; its text is the answer, in plain words."""


def require_keys(given: dict, known: Iterable[str], what: str) -> None:
    """Refuse names that nobody would read, because a typo must not pass silently."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ControlError(
            f"Unknown {what} {', '.join(unknown)}; known: {', '.join(sorted(known))}."
        )


def text_of(given: dict, key: str, *, required: bool = False, default: str = "") -> str:
    """Return ``given[key]`` as text; ids are accepted as numbers too.

    :raises ControlError: when it is missing though required, or not a text
    """
    value = given.get(key)
    if value is None or value == "":
        if required:
            raise ControlError(f"{key} is missing.")
        return default
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ControlError(f"{key} must be a text, not {value!r}.")
    return str(value)


def number_of(given: dict, key: str, default: float | None = None) -> float:
    """Return ``given[key]`` as a number of a size that can be a time.

    :raises ControlError: when it is missing (without default), not a number, or absurd
    """
    value = given.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f"{key} must be a number, not {value!r}.")
    if abs(value) > LARGEST_NUMBER:
        raise ControlError(f"{key} must be at most {LARGEST_NUMBER}, not {value!r}.")
    return float(value)


def switch_of(given: dict, key: str, default: bool) -> bool:
    """Return ``given[key]`` as true or false.

    :raises ControlError: when it is something else
    """
    value = given.get(key, default)
    if not isinstance(value, bool):
        raise ControlError(f"{key} must be true or false, not {value!r}.")
    return value


def object_of(given: dict, key: str, default: dict | None = None) -> dict:
    """Return the object ``given[key]``.

    :raises ControlError: when it is missing (without default) or not an object
    """
    value = given.get(key, default)
    if not isinstance(value, dict):
        raise ControlError(f"{key} must be an object.")
    return value


def list_of_objects(given: dict, key: str) -> list[dict]:
    """Return the list of objects ``given[key]``, empty when it is missing.

    :raises ControlError: when it is something else
    """
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ControlError(f"{key} must be a list of objects.")
    return found


def list_of_texts(given: dict, key: str, default: list[str]) -> list[str]:
    """Return the list of texts ``given[key]``.

    :raises ControlError: when it is something else
    """
    found = given.get(key, default)
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        raise ControlError(f"{key} must be a list of texts.")
    return found


class AsciiJSON(JSONResponse):
    """JSON with escapes, because texts may hold lone surrogates, which UTF-8 cannot carry."""

    def render(self, content) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode("ascii")


def json_object(body: bytes) -> dict:
    """Return the JSON object in ``body``, an empty one for no body.

    :raises ValueError: in plain words
    """
    if not body:
        return {}
    try:
        found = json.loads(body, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("The body is nested too deeply.") from error
    except ValueError as error:
        raise ValueError(f"The body is not valid JSON: {error}.") from error
    if not isinstance(found, dict):
        raise ValueError("The body must be a JSON object.")
    return found


def _refuse_constant(name: str):
    raise ValueError(f"{name} is no number")
