"""Where things are: the checkout, its state, and the user's cache."""

import os
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]

# Everything that belongs to this checkout and can be made again
STATE = REPO / ".state"
LOGS = STATE / "logs"
ARTIFACTS = STATE / "artifacts"
PIDS = STATE / "pids"
LOCKS = STATE / "locks"
DATA = STATE / "data"

REQUIREMENTS = REPO / "requirements"


def cache() -> Path:
    """Return the folder for downloads, shared by all checkouts of this user."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "whatsapp_helpdesk"


def make_state_folders() -> None:
    """Create the folders that every command may write to."""
    for folder in (LOGS, ARTIFACTS, PIDS, LOCKS, DATA, cache()):
        folder.mkdir(parents=True, exist_ok=True)
