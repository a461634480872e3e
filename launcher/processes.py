"""Running other programs: output into a log, signs of life, failures as one sentence."""

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from .console import Heartbeat
from .errors import LauncherError, explain

Command = Sequence[str | Path]

# Date, process, level and database say nothing in a sentence about the last line
_LOG_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ [A-Z]+ \S+ ")


def run_logged(
    command: Command,
    log: Path,
    *,
    doing: str,
    progress: Callable[[], str] | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> str:
    """Run a program to its end, with its output in a file.

    :param log: file for all that it prints; overwritten
    :param doing: what it is for, as in "installing Chromium", for the error sentence
    :param progress: says how far the work is; the last line of the log if not given
    :param stdin: text to give to the program
    :return: what it printed
    :raise LauncherError: it does not exist or ended with an error
    """
    progress = progress or (lambda: last_line(log, doing))
    code = exit_code(command, log, progress=progress, cwd=cwd, env=env, stdin=stdin)
    output = log.read_text(errors="replace")
    if code:
        raise LauncherError(f"Failed at {doing}: {explain(output)} (log: {log}).")
    return output


def exit_code(
    command: Command,
    log: Path,
    *,
    progress: Callable[[], str] | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> int:
    """Run a program as :func:`run_logged` does, and return its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as out:
        process = _start(command, out, cwd=cwd, env=env, has_input=stdin is not None)
        try:
            if stdin is not None:
                _feed(process, stdin)
            return _wait(process, progress or (lambda: last_line(log)))
        finally:
            end(process)


def _start(
    command: Command,
    out: IO[str],
    cwd: Path | None,
    env: Mapping[str, str] | None,
    has_input: bool,
) -> subprocess.Popen:
    try:
        return subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE if has_input else subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
        )
    except FileNotFoundError as error:
        raise LauncherError(
            f"The program {command[0]} is missing; install it and run this again."
        ) from error


def _feed(process: subprocess.Popen, text: str) -> None:
    try:
        process.stdin.write(text.encode())
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended early; its exit code and output say why


def _wait(process: subprocess.Popen, progress: Callable[[], str]) -> int:
    heartbeat = Heartbeat()
    while True:
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            heartbeat.beat(progress())


def end(process: subprocess.Popen, patience: float = 15) -> None:
    """Make sure that a process of ours is gone; kindly first.

    :param patience: seconds that it gets to end by itself after SIGTERM
    """
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_line(log: Path, otherwise: str = "working") -> str:
    """Return the last line that is not blank, from the last bytes of a file.

    :param otherwise: what to say while there is none
    """
    lines = tail(log, 20).splitlines()
    line = next((line.strip() for line in reversed(lines) if line.strip()), otherwise)
    return _LOG_PREFIX.sub("", line)


def tail(log: Path, lines: int) -> str:
    """Return the last lines of a file without reading all of a long one; empty if there is none."""
    try:
        with open(log, "rb") as handle:
            size = handle.seek(0, 2)
            handle.seek(max(0, size - 400 * lines))
            text = handle.read().decode(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
