"""What travels between the journal and the records it becomes."""

from typing import NamedTuple

from ..cloud_api.events import Event


class Item(NamedTuple):
    """One thing that a journal row tells: a message, a status, an error."""

    journal: object
    event: Event


class Outcome(NamedTuple):
    """What became of an item: done, ignored, failed or waiting, and why."""

    kind: str
    reason: str = ""
