"""The machine: what it is, and who else is using it."""

import os
import platform
import time
from pathlib import Path

from launcher import databases

_TICKS = os.sysconf("SC_CLK_TCK")
_CALM = 0.25
_PATIENCE_SECONDS = 8


def facts() -> dict:
    """Return what the figures depend on."""
    [version] = databases.query("SHOW server_version")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": version,
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def wait_until_calm() -> None:
    """Wait for a second in which the processors are mostly idle; give up after a while."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        before = _busy_ticks()
        time.sleep(1)
        if (_busy_ticks() - before) / _TICKS / os.cpu_count() < _CALM:
            return


def _busy_ticks() -> int:
    user, nice, system, _idle, _wait, irq, softirq, *_ = _fields(Path("/proc/stat"))[1:]
    return sum(map(int, (user, nice, system, irq, softirq)))


def _fields(file: Path) -> list[str]:
    return file.read_text().splitlines()[0].split()


def cpu_seconds(*roots: int) -> float:
    """Return the processor time that processes and their children have used so far.

    :param roots: process ids; children that ended count, once their parents have noticed
    """
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue  # it ended meanwhile
        pid = int(stat.parent.name)
        parents[pid] = int(fields[1])
        ticks[pid] = sum(map(int, fields[11:15]))
    return sum(ticks[pid] for pid in ticks if _descends(pid, roots, parents)) / _TICKS


def _descends(pid: int, roots: tuple[int, ...], parents: dict[int, int]) -> bool:
    while pid and pid not in roots:
        pid = parents.get(pid, 0)
    return bool(pid)


class Neighbours:
    """Measures how much of the machine was used by others while our work ran.

    :param roots: processes of ours
    """

    def __init__(self, *roots: int):
        self._roots = roots
        self._started = time.monotonic()
        self._busy, self._ours = _busy_ticks(), cpu_seconds(*roots)

    def share(self) -> float:
        """Return the part of all processor time, 0 to 1, that others used since the start."""
        ours = cpu_seconds(*self._roots) - self._ours
        others = max(0.0, (_busy_ticks() - self._busy) / _TICKS - ours)
        return others / os.cpu_count() / (time.monotonic() - self._started)
