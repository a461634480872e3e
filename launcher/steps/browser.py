"""A Chromium for browser tests: the machine's, Debian's, or one in a folder."""

import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from .. import paths, stamps
from ..console import say
from ..errors import LauncherError
from . import Step, node_tools
from .system import install_packages, is_root_with_apt

# In the order in which Odoo's own test runner looks for them
_NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
_FOLDER = paths.STATE / "chromium"
_DEFINITION = paths.REQUIREMENTS / "chromium"
_WRAPPER = """\
#!/bin/sh
export LD_LIBRARY_PATH="{folder}/al2023/lib"
export FONTCONFIG_FILE="{folder}/fonts.conf"
exec "{folder}/chromium" --no-sandbox "$@"
"""
# The machine's fonts, if it has any, for other scripts than Latin
_FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""
_UNPACK = (
    "const fs = require('fs'), zlib = require('zlib');"
    "fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
)


_HEADLESS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
)
_PATIENCE = 300  # seconds

# DejaVu has Arabic letters too. The emoji font also has digits and spaces, very wide ones, which
# Chromium would take without Roboto beside it.
_FONT_PACKAGES = ("fonts-dejavu-core", "fonts-noto-color-emoji", "fonts-roboto-unhinted")


def _on_path() -> Path | None:
    chosen = os.environ.get("CHROMIUM")
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return Path(chosen) if chosen else (Path(found) if found else None)


def program() -> Path:
    """Return the browser's program."""
    return _on_path() or _wrapper()


def _wrapper() -> Path:
    # Named as Odoo's test runner looks for it
    return _FOLDER / "bin" / "google-chrome"


def warm_up() -> None:
    """Start the browser once and wait for it, however long a cold disk takes.

    Odoo's test runner gives Chromium ten seconds. The first start of a fresh machine reads some
    300 MB and took 7 to more than 15 seconds; the next one takes a fifth of a second.
    """
    started = time.monotonic()
    profile = tempfile.mkdtemp(prefix="chromium-")
    command = [program(), *_HEADLESS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
    try:
        subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        say(f"   Chromium did not start within {_PATIENCE} s: {program()}")
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    say(f"   Chromium's first start took {time.monotonic() - started:.1f} s")


def program_folders() -> list[Path]:
    """Return the folders to put on ``PATH`` so that Odoo's test runner finds the browser."""
    return [] if _on_path() else [_FOLDER / "bin"]


def _key() -> str:
    return stamps.key_of(_DEFINITION / "package-lock.json", _WRAPPER, _FONTS, str(paths.STATE))


def _is_done() -> bool:
    return _on_path() is not None or stamps.is_current(_FOLDER, _key())


def _make() -> None:
    if is_root_with_apt():
        install_packages(["chromium", *_FONT_PACKAGES], "Chromium")
        return
    try:
        stamps.build(_FOLDER, _key(), _fill)
    except LauncherError as error:
        raise LauncherError(
            f"There is no Chromium: install the package chromium and run this again ({error})."
        ) from error
    _check()


def _fill(folder: Path) -> None:
    node_tools.npm_install(_DEFINITION, folder)
    packed = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for archive in sorted(packed.glob("*.br")):
        target = folder / archive.stem
        subprocess.run([node_tools.node(), "-e", _UNPACK, archive, target], check=True)
        if target.suffix == ".tar":
            _extract(target, folder)
    (folder / "chromium").chmod(0o755)
    shutil.rmtree(folder / "node_modules")
    wrapper = folder / "bin" / _wrapper().name
    wrapper.parent.mkdir()
    wrapper.write_text(_WRAPPER.format(folder=_FOLDER))
    wrapper.chmod(0o755)
    (folder / "fonts.conf").write_text(_FONTS.format(folder=_FOLDER))


def _extract(archive: Path, folder: Path) -> None:
    inside = folder / archive.stem if archive.stem == "al2023" else folder
    with tarfile.open(archive) as content:
        content.extractall(inside)
    archive.unlink()


def _check() -> None:
    """Start it once: on a bare machine some library may still be missing."""
    answer = subprocess.run([_wrapper(), "--version"], capture_output=True, text=True, check=False)
    if answer.returncode:
        shutil.rmtree(_FOLDER)
        raise LauncherError(
            "There is no Chromium that runs here; install the package chromium and run this again."
        )


STEP = Step("Chromium", "the browser for the tests (180 MB)", _is_done, _make)
