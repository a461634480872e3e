"""Odoo 19 itself, unpacked from Debian's package; nothing is installed into the system."""

import hashlib
import os
import subprocess
from pathlib import Path

from .. import paths, stamps
from ..console import megabytes, warn
from ..errors import LauncherError
from ..processes import run_logged
from . import Step
from .apt import OTHER_WAY, PrivateApt

VERSION = "19.0.0+dfsg-1"
SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
DOWNLOAD_SIZE = 136_000_000
# Fonts and scripts that the package links to; trixie's, because sid's newer ones lack files
COMPANIONS = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery-form",
    "libjs-jquery",
    "libjs-underscore",
)

TREE = paths.STATE / "odoo"
SOURCE = TREE / "usr" / "lib" / "python3" / "dist-packages"
SERVER = SOURCE / "odoo-bin"
_SUMS = "SHA256SUMS"
# Raise it when unpacking changes
_LAYOUT = "2"
# Bundles are named after their files' times: the same everywhere, or a restored template is cold
ASSET_TIME = 1_735_689_600

_STAND_IN = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
_STAND_IN_TEXT = (
    "/* Blurs the camera picture; not in Debian's package, but bundles must find it. */\n"
)
_SERVER_TEXT = """\
#!/usr/bin/env python3
import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
"""


def _is_done() -> bool:
    # An existing Odoo is used as it is
    return bool(os.environ.get("ODOO_BIN")) or stamps.is_current(TREE, key())


def key() -> str:
    """Return what the unpacked tree is made from."""
    return stamps.key_of(VERSION, _LAYOUT)


def _make() -> None:
    packages = _packages()
    stamps.build(TREE, key(), lambda root: _unpack(packages, root))


def _packages() -> list[Path]:
    folder = paths.cache() / "debs"
    if not _is_complete(folder):
        stamps.build(folder, VERSION, _download)
    return sorted(folder.glob("*.deb"))


def _is_complete(folder: Path) -> bool:
    """Check what is in the cache byte by byte: apt itself trusts any file of the right size."""
    if not stamps.is_current(folder, VERSION):
        return False
    lines = (folder / _SUMS).read_text().splitlines()
    return all(_digest(folder / name) == digest for digest, name in map(str.split, lines))


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    try:
        with open(file, "rb") as handle:
            while block := handle.read(1 << 20):
                digest.update(block)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def _download(folder: Path) -> None:
    apt = PrivateApt(paths.STATE / "apt")
    try:
        apt.update()
        apt.download(
            [_wanted(apt), *(f"{name}/trixie" for name in COMPANIONS)],
            folder,
            lambda: f"{megabytes(_size(folder))} of {megabytes(DOWNLOAD_SIZE)}",
        )
    finally:
        apt.close()
    sums = {file.name: _digest(file) for file in sorted(folder.glob("*.deb"))}
    _verify(sums)
    (folder / _SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))


def _wanted(apt: PrivateApt) -> str:
    if apt.has("odoo-19", VERSION):
        return f"odoo-19={VERSION}"
    warn(f"   Debian no longer offers Odoo {VERSION}, on which this was tested; taking its newest.")
    return "odoo-19/sid"


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _verify(sums: dict[str, str]) -> None:
    for name, digest in sums.items():
        if name.startswith(f"odoo-19_{VERSION}_") and digest != SHA256:
            raise LauncherError(
                f"The downloaded {name} is not the file that is expected (SHA-256 {digest}); "
                f"run this again, {OTHER_WAY}."
            )


def _unpack(packages: list[Path], root: Path) -> None:
    for package in packages:
        if package.name.startswith("odoo-19_"):
            _unpack_odoo(package, root)
        else:
            subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    source = root / SOURCE.relative_to(TREE)
    stand_in = source / _STAND_IN
    stand_in.parent.mkdir(parents=True, exist_ok=True)
    stand_in.write_text(_STAND_IN_TEXT)
    os.utime(stand_in, (ASSET_TIME, ASSET_TIME))
    server = source / SERVER.name
    server.write_text(_SERVER_TEXT)
    server.chmod(0o755)


def _unpack_odoo(package: Path, root: Path) -> None:
    """Unpack Odoo without what is never used: translations are three quarters of its size."""
    inside = "./usr/lib/python3/dist-packages"
    run_logged(
        [
            "sh",
            "-c",
            'dpkg-deb --fsys-tarfile "$0" | tar -x --no-same-owner "$@"',
            package,
            f"--directory={root}",
            # A copy of the addons without their data
            f"--exclude={inside}/addons",
            f"--exclude={inside}/doc",
            f"--exclude={inside}/setup",
            # All languages but Arabic, which the tests and the demo use
            "--exclude=*/i18n*/[b-z]*.po",
            "--exclude=*/i18n*/a[a-qs-z]*.po",
            "./usr/lib/python3",
        ],
        paths.LOGS / "unpack.log",
        doing="unpacking Odoo",
        progress=lambda: "unpacking",
    )


STEP = Step(
    "Odoo",
    "Odoo 19 from Debian's package (135 MB once, kept for other checkouts)",
    _is_done,
    _make,
)
