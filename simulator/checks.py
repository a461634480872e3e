"""Small checks of what callers of the control API hand in."""

from collections.abc import Iterable


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
    """Return ``given[key]`` as a number.

    :raises ControlError: when it is missing (without default) or not a number
    """
    value = given.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f"{key} must be a number, not {value!r}.")
    return float(value)


def switch_of(given: dict, key: str, default: bool) -> bool:
    """Return ``given[key]`` as true or false.

    :raises ControlError: when it is something else
    """
    value = given.get(key, default)
    if not isinstance(value, bool):
        raise ControlError(f"{key} must be true or false, not {value!r}.")
    return value
