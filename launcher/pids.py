"""Background processes that a later command can find and stop, and never another program's."""

import contextlib
import os
import signal
import time
from pathlib import Path


def start_time(pid: int) -> str | None:
    """Return when a process started, in kernel ticks; ``None`` if it is gone or a zombie.

    Number and start time together are never used twice, the number alone is.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The program's name, in parentheses, may contain spaces and parentheses itself
    fields = stat.rsplit(")", 1)[1].split()
    state, started = fields[0], fields[19]
    return None if state == "Z" else started


def record(file: Path, pid: int) -> None:
    """Write down a process that we started."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{pid} {start_time(pid)}\n")


def living(file: Path) -> int | None:
    """Return the recorded process if exactly that one still runs."""
    try:
        pid, started = file.read_text().split()
    except (OSError, ValueError):
        return None
    if not pid.isdigit() or start_time(int(pid)) != started:
        return None
    return int(pid)


def stop(file: Path, patience: float = 15) -> bool:
    """Stop the recorded process, kindly first, and forget it.

    :param patience: seconds that it gets after SIGTERM
    :return: whether there was one
    """
    pid = living(file)
    file.unlink(missing_ok=True)
    if pid is None:
        return False
    started = start_time(pid)
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, kind)
        if _is_gone_within(pid, started, patience):
            break
    return True


def _is_gone_within(pid: int, started: str | None, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while started is not None and start_time(pid) == started:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
