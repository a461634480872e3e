"""Reading single values of a Graph body, with Meta's words for what is wrong."""

from collections.abc import Iterable

from .graph_errors import invalid, missing


def text_value(source: dict, key: str) -> str:
    """Return ``source[key]``, empty when absent; anything but a text is refused."""
    value = source.get(key, "")
    if not isinstance(value, str):
        raise invalid(f"Param {key} must be a string.")
    return value


def required_text(source: dict, key: str, name: str, limit: int | None = None) -> str:
    """Return the text under ``key``; empty ones and those over ``limit`` are refused."""
    value = text_value(source, key)
    if not value:
        raise missing(name)
    if limit is not None:
        at_most(name, value, limit)
    return value


def at_most(name: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise invalid(f"Param {name} must be at most {limit} characters long.")


def object_value(source: dict, key: str, name: str) -> dict:
    """Return the object under ``key``; it must be there."""
    value = source.get(key)
    if not isinstance(value, dict):
        raise missing(name)
    return value


def objects_value(source: dict, key: str) -> list[dict]:
    """Return the list of objects under ``key``, empty when absent."""
    found = source.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise invalid(f"Param {key} must be an array of objects.")
    return found


def boolean_value(source: dict, key: str, name: str) -> bool:
    value = source.get(key, False)
    if not isinstance(value, bool):
        raise invalid(f"Param {name} must be a boolean.")
    return value


def one_of(name: str, value: str, words: Iterable[str]) -> None:
    words = list(words)
    if value not in words:
        raise invalid(f"Param {name} must be one of {{{', '.join(words).upper()}}}.")
