"""Python environments from locks with digests, made by uv.

Three of them, because their needs contradict each other: Odoo's pinned old libraries, the
simulator's web server, and the linters.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .. import addons, paths, stamps
from ..errors import LauncherError
from ..processes import run_logged
from . import Step
from .odoo_tree import ASSET_TIME, SOURCE
from .system import install_packages, is_root_with_apt

_VENVS = paths.STATE / "venv"
ODOO_PYTHON = _VENVS / "odoo" / "bin" / "python"
SIMULATOR_PYTHON = _VENVS / "simulator" / "bin" / "python"
LINT_PYTHON = _VENVS / "lint" / "bin" / "python"
_UV = _VENVS / "uv" / "bin" / "uv"
PYTHON_TAG = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.executable}"


def lock(name: str) -> Path:
    """Return the lock file of one set of packages."""
    return paths.REQUIREMENTS / f"{name}.lock"


def _key(name: str) -> str:
    return stamps.key_of(lock(name), PYTHON_TAG, str(paths.STATE))


def _uv_is_done() -> bool:
    return stamps.is_current(_VENVS / "uv", _key("uv"))


def _make_uv() -> None:
    if not _has_venv():
        if not is_root_with_apt():
            raise LauncherError(
                "Python's venv module is missing; install python3-venv and run this again."
            )
        install_packages(["python3-venv", "ca-certificates"], "python3-venv")
    wheels = paths.cache() / "wheels"
    stamps.build(_VENVS / "uv", _key("uv"), lambda folder: _fill_uv(folder, wheels))


def _has_venv() -> bool:
    check = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _fill_uv(folder: Path, wheels: Path) -> None:
    log = paths.LOGS / "uv.log"
    python = folder / "bin" / "python"
    run_logged([sys.executable, "-m", "venv", folder], log, doing="creating a Python environment")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--retries", "1"]
    locked = ["--require-hashes", "-r", lock("uv")]
    wheels_key = stamps.key_of(lock("uv"))
    if not stamps.is_current(wheels, wheels_key):
        stamps.build(
            wheels,
            wheels_key,
            lambda new: run_logged(
                [*pip, "download", "--no-deps", *locked, "--dest", new],
                log,
                doing="downloading uv, the Python package installer",
            ),
        )
    run_logged(
        [*pip, "install", "--no-index", "--find-links", wheels, *locked],
        log,
        doing="installing uv, the Python package installer",
    )


def _uv_environment() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment["UV_CACHE_DIR"] = str(paths.cache() / "uv")
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    index = _pip_index()
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    return environment


def _pip_index() -> str | None:
    """Return the package index that the user has configured for pip, which uv does not read."""
    python = _VENVS / "uv" / "bin" / "python"
    answer = subprocess.run(
        [python, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or None


def uv_install(name: str, *options: str | Path) -> None:
    """Install one lock, from the cache alone if everything is there.

    :param name: name of the lock
    :param options: where to, as for ``uv pip install``
    """
    command = [_UV, "pip", "install", "--require-hashes", "-r", lock(name), *options]
    log = paths.LOGS / f"packages-{name}.log"
    doing = f"installing the Python packages of {lock(name).name}"
    try:
        run_logged([*command, "--offline"], log, doing=doing, env=_uv_environment())
    except LauncherError:
        run_logged(command, log, doing=doing, env=_uv_environment())


def _venv_step(name: str, purpose: str, finish: Callable[[Path], None] | None = None) -> Step:
    folder = _VENVS / name

    def fill(new: Path) -> None:
        new.rmdir()  # uv makes it itself
        run_logged(
            [_UV, "venv", "--relocatable", "--python", sys.executable, new],
            paths.LOGS / f"venv-{name}.log",
            doing="creating a Python environment",
            env=_uv_environment(),
        )
        uv_install(name, "--python", new / "bin" / "python")
        if finish:
            finish(new)

    return Step(
        f"Python for {name}",
        purpose,
        lambda: stamps.is_current(folder, _key(name)),
        lambda: stamps.build(folder, _key(name), fill),
    )


def _show_odoo(venv: Path) -> None:
    """Put Odoo's source on the path of its environment."""
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "odoo_source.pth").write_text(f"{SOURCE}\n")


def _finish_odoo(venv: Path) -> None:
    _show_odoo(venv)
    # Under the name by which Odoo looks for it
    program = venv / "bin" / "wkhtmltopdf-pack"
    program.chmod(0o755)
    (venv / "bin" / "wkhtmltopdf").symlink_to(program.name)


def _same_time_everywhere(folder: Path) -> None:
    for file in folder.rglob("*"):
        os.utime(file, (ASSET_TIME, ASSET_TIME))


def target_step(
    step_name: str,
    purpose: str,
    name: str,
    folder: Path,
    finish: Callable[[Path], None] | None = None,
) -> Step:
    """Make a step that unpacks packages, without their dependencies, into a folder."""

    def fill(new: Path) -> None:
        # Copies: the cache's own files must not change with ours
        uv_install(
            name, "--no-deps", "--target", new, "--python", sys.executable, "--link-mode=copy"
        )
        if finish:
            finish(new)

    return Step(
        step_name,
        purpose,
        lambda: stamps.is_current(folder, _key(name)),
        lambda: stamps.build(folder, _key(name), fill),
    )


UV = Step("uv", "the installer for Python packages (20 MB)", _uv_is_done, _make_uv)
ODOO = _venv_step("odoo", "Odoo's Python packages, as pinned (125 MB)", _finish_odoo)
SIMULATOR = _venv_step("simulator", "the WhatsApp simulator's Python packages (5 MB)")
LINT = _venv_step("lint", "linters for Python and Odoo (25 MB)")
OCA_ADDONS = target_step(
    "helpdesk_mgmt",
    "the helpdesk addon of the Odoo community",
    "addons",
    addons.OCA,
    _same_time_everywhere,
)
