"""Walking through the lists of a value so that nothing in it is lost, whatever shape it has."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .events import ErrorReport, Event
from .lenient import notices, text
from .place import Place

ENVELOPE = frozenset({"messaging_product", "metadata", "contacts"})

Reader = Callable[[dict[str, Any], Place], Event]


def read_members(
    value: dict[str, Any],
    place: Place,
    readers: Mapping[str, Reader],
    no_effect: Mapping[str, str] | None = None,
) -> Iterator[Event]:
    """Yield the events of all members of a value except its envelope.

    :param readers: of the items of a list, by the member's name
    :param no_effect: reasons why other members are not used, by the member's name
    """
    for key, part in value.items():
        below = place.below(text(key))
        if key in ENVELOPE:
            continue
        if key in readers and isinstance(part, list):
            yield from read_items(part, below, readers[key])
        elif key == "errors" and (found := notices(part)):
            yield ErrorReport(notices=found, **below.common(part))
        elif no_effect and key in no_effect:
            yield below.unhandled(no_effect[key], part)
        else:
            yield below.unhandled(f"unexpected {text(key)!r}", part)


def read_items(items: list[Any], place: Place, read: Reader) -> Iterator[Event]:
    """Yield one event per item of the list at ``place``, and one for an empty list."""
    name = place.path.rpartition(".")[2]
    for index, item in enumerate(items):
        here = place.at(index)
        if isinstance(item, dict):
            yield read(item, here)
        else:
            yield here.unhandled(f"{name}: not an object", item)
    if not items:
        yield place.unhandled(f"no {name}", items)
