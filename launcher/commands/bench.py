"""``./run bench``"""

import os

from .. import odoo, paths, setup
from ..errors import LauncherError
from ..steps import postgres
from ..steps.python_env import ODOO_PYTHON
from .passthrough import in_foreground

SCRIPT = paths.REPO / "bench" / "main.py"


def bench(arguments: list[str]) -> int:
    """Run the measurements with Odoo's Python; they may import the launcher's modules."""
    if not SCRIPT.exists():
        raise LauncherError("There are no measurements yet: bench/main.py is missing.")
    setup.prepare(setup.DEMO)
    with postgres.running():
        environment = odoo.environment()
        here = [paths.REPO, paths.REPO / "whatsapp_helpdesk"]
        environment["PYTHONPATH"] = os.pathsep.join(map(str, here))
        return in_foreground([str(ODOO_PYTHON), str(SCRIPT), *arguments], environment)
