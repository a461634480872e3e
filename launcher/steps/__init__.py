"""What has to be there before anything runs; one module per thing."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing to set up.

    :param name: short name for the user
    :param purpose: what is done, for the user
    :param is_done: tells, quickly and without the network, whether it is there already
    :param make: does it; raises ``LauncherError`` or ``OSError``
    """

    name: str
    purpose: str
    is_done: Callable[[], bool]
    make: Callable[[], None]
