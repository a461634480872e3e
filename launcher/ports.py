"""TCP ports on the loopback interface."""

import os
import socket
from collections.abc import Mapping

from .errors import LauncherError

LOOPBACK = "127.0.0.1"


def chosen(variable: str, default: int, environment: Mapping[str, str] = os.environ) -> int:
    """Return the port that the user chose by an environment variable, else the default.

    :raise LauncherError: the value is no port number
    """
    text = environment.get(variable) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LauncherError(f"{variable}={text} is no port; give a number from 1 to 65535.")
    return int(text)


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port now."""
    with socket.socket() as probe:
        # As servers do: a port in TIME_WAIT is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def require_free(port: int, variable: str) -> None:
    """Refuse a port that another program listens on.

    :raise LauncherError: the port is busy; the text names the variable that chooses another
    """
    if not is_free(port):
        raise LauncherError(
            f"Port {port} is used by another program; stop that, or choose another port: "
            f"{variable}=NUMBER ./run …"
        )


def any_free() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]
