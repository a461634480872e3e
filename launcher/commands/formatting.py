"""``./run format``"""

from .. import paths, setup
from ..errors import LauncherError
from ..processes import run_logged
from ..steps import node_tools
from ..testing import lint


def format_code(arguments: list[str]) -> int:
    """Rewrite all files in the form that the linters want."""
    if arguments:
        raise LauncherError("./run format takes no arguments.")
    setup.prepare(setup.LINT)
    for command in (
        lint.python_tool("ruff", "check", "--fix", "--exit-zero"),
        lint.python_tool("ruff", "format"),
        lint.prettier("--write"),
    ):
        log = paths.LOGS / "format.log"
        run_logged(command, log, doing="formatting", cwd=paths.REPO, env=node_tools.environment())
    return 0
