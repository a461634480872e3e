"""The machine: free disk space, and system packages where we may install them."""

import os
import shutil
from pathlib import Path

from .. import paths
from ..errors import LauncherError
from ..processes import run_logged

NEEDED_BYTES = 2_000_000_000


def require_space(folder: Path, needed: int = NEEDED_BYTES) -> None:
    """Refuse to start what cannot be finished.

    :raise LauncherError: less than ``needed`` bytes are free where ``folder`` is
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise LauncherError(
            f"Setting up needs {needed / 1e9:.0f} GB of disk, but {folder} has only "
            f"{free / 1e9:.1f} GB left; free some space and run this again."
        )


def is_root_with_apt() -> bool:
    """Tell whether we may install system packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(packages: list[str], what: str) -> None:
    """Install Debian packages into the system; only for root.

    :param what: name of the thing for the user
    """
    log = paths.LOGS / "apt-install.log"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update", "-o", "APT::Update::Error-Mode=any", "-o", "Acquire::Retries=2"]
    run_logged(update, log, doing=f"installing {what}", env=environment)
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    run_logged([*install, *wait, *packages], log, doing=f"installing {what}", env=environment)
