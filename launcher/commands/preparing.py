"""``./run setup``"""

from .. import setup as steps
from ..errors import LauncherError


def setup(arguments: list[str]) -> int:
    """Set up everything that any command needs."""
    if arguments:
        raise LauncherError("./run setup takes no arguments.")
    steps.prepare(steps.EVERYTHING, verbose=True)
    return 0
