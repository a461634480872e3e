"""Debian packages without touching the machine's own apt: as any user, into a folder of ours."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from .. import paths
from ..errors import LauncherError
from ..processes import run_logged

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
OTHER_WAY = "or set ODOO_BIN to an installed Odoo 19"

_SOURCES = """\
Types: deb
URIs: {mirror}
Suites: sid trixie
Components: main
Signed-By: {keyring}
"""
# Check-Valid-Until: a mirror that is frozen or behind still has the package that we pin by digest.
# Error-Mode: without it apt-get update succeeds although there is no network.
_CONFIGURATION = """\
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "{room}/sources";
Dir::State "{room}";
Dir::State::Lists "{room}/lists";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "{room}";
Dir::Cache::Archives "{room}/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::Check-Valid-Until "false";
APT::Update::Error-Mode "any";
APT::Sandbox::User "";
"""


def mirror_in(listing: str) -> str | None:
    """Find the Debian mirror in the output of ``apt-get update --print-uris``.

    :return: the first archive that is not for security updates only; ``None`` if there is none
    """
    archives = re.findall(r"^'([^']+?)/dists/", listing, re.MULTILINE)
    return next((archive for archive in archives if "security" not in archive), None)


def _mirror() -> str:
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise LauncherError(f"Odoo comes from Debian's packages: run this on Debian, {OTHER_WAY}.")
    if not KEYRING.exists():
        raise LauncherError(
            f"Debian's keys are missing: install debian-archive-keyring, {OTHER_WAY}."
        )
    listing = subprocess.run(
        ["apt-get", "update", "--print-uris"], capture_output=True, text=True, check=False
    ).stdout
    mirror = mirror_in(listing)
    if mirror is None:
        raise LauncherError(f"apt knows no Debian mirror: add one to /etc/apt, {OTHER_WAY}.")
    return mirror


class PrivateApt:
    """apt with its own package lists of Debian sid and trixie.

    :param room: folder for lists and configuration; removed by :meth:`close`
    """

    def __init__(self, room: Path):
        self._room = room
        for name in ("lists/partial", "archives/partial", "sources"):
            (room / name).mkdir(parents=True, exist_ok=True)
        sources = _SOURCES.format(mirror=_mirror(), keyring=KEYRING)
        (room / "sources" / "debian.sources").write_text(sources)
        (room / "apt.conf").write_text(_CONFIGURATION.format(room=room))
        self._environment = {**os.environ, "APT_CONFIG": str(room / "apt.conf")}

    def update(self) -> None:
        """Fetch the package lists, about 21 MB."""
        run_logged(
            ["apt-get", "update", "-qq"],
            paths.LOGS / "apt-update.log",
            doing="reading Debian's package lists",
            env=self._environment,
            progress=lambda: "reading Debian's package lists",
        )

    def has(self, package: str, version: str) -> bool:
        """Tell whether the mirror still offers this version."""
        answer = subprocess.run(
            ["apt-cache", "madison", package],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return any(
            [field.strip() for field in line.split("|")][1:2] == [version]
            for line in answer.stdout.splitlines()
        )

    def download(self, packages: list[str], folder: Path, progress: Callable[[], str]) -> None:
        """Fetch packages into ``folder``; apt verifies their signatures.

        :param packages: each as ``name=version`` or ``name/suite``
        :param progress: says how far the download is
        """
        run_logged(
            ["apt-get", "download", "-qq", *packages],
            paths.LOGS / "apt-download.log",
            doing="downloading Odoo from Debian",
            env=self._environment,
            cwd=folder,
            progress=progress,
        )

    def close(self) -> None:
        """Remove lists and configuration."""
        shutil.rmtree(self._room, ignore_errors=True)
