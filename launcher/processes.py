"""Running other programs: output into a log, signs of life, failures as one sentence."""

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    process = _start(Job(command, log, cwd, env), has_input=stdin is not None)
    try:
        if stdin is not None:
            _feed(process, stdin)
        return _wait(process, progress or (lambda: last_line(log)))
    finally:
        end(process)


@dataclass(frozen=True)
class Job:
    """A program to be run beside others.

    :param log: file for all that it prints; overwritten
    """

    command: Command
    log: Path
    cwd: Path | None = None
    env: Mapping[str, str] | None = None


def lanes() -> int:
    """Return how many programs to run side by side: more than two were never tried."""
    return min(2, len(os.sched_getaffinity(0)))


def exit_codes(jobs: Sequence[Job], at_once: int) -> list[int]:
    """Run programs side by side; whatever ends this call ends all of them.

    :param at_once: how many of them; the next one starts when one ends
    :return: their exit codes, in the order of the jobs
    """
    waiting, running = list(enumerate(jobs)), {}
    codes: dict[int, int] = {}
    heartbeat = Heartbeat()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                number, job = waiting.pop(0)
                running[number] = _start(job)
            for number in [number for number in running if running[number].poll() is not None]:
                end(running[number])
                codes[number] = running.pop(number).returncode
            heartbeat.beat(" | ".join(last_line(jobs[number].log)[:50] for number in running))
            time.sleep(0.05)
    finally:
        for process in running.values():
            process.terminate()  # all at once, then wait for each
        for process in running.values():
            end(process)
    return [codes[number] for number in range(len(jobs))]


def _start(job: Job, has_input: bool = False) -> subprocess.Popen:
    job.log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(job.log, "w") as out:
            return subprocess.Popen(
                list(map(str, job.command)),
                stdin=subprocess.PIPE if has_input else subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=job.cwd,
                env=job.env,
                # Ctrl-C reaches only us, and whatever it starts can be ended with it
                start_new_session=True,
            )
    except FileNotFoundError as error:
        raise LauncherError(
            f"The program {job.command[0]} is missing; install it and run this again."
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

    What it started goes with it, if it leads a session: Odoo leaves its browser behind.

    :param patience: seconds that it gets to end by itself after SIGTERM
    """
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


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
