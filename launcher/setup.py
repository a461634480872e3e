"""Which steps a command needs, and carrying out those that are not done."""

import time

from . import locks, paths
from .console import say, step
from .steps import Step, browser, node_tools, odoo_tree, postgres, python_env, system, template

NODE = (python_env.UV, node_tools.NODE, node_tools.MODULES)
ODOO = (
    python_env.UV,
    odoo_tree.STEP,
    python_env.ODOO,
    python_env.OCA_ADDONS,
    postgres.STEP,
    node_tools.NODE,
    node_tools.MODULES,
    template.STEP,
)
DEMO = (*ODOO, python_env.SIMULATOR)
LINT = (*NODE, python_env.LINT)
UNIT = (python_env.UV, python_env.ODOO, python_env.SIMULATOR)
ODOO_TESTS = (*ODOO, browser.STEP)
BROWSER_TESTS = (*DEMO, browser.STEP)
EVERYTHING = (*BROWSER_TESTS, python_env.LINT)


def prepare(steps: tuple[Step, ...], verbose: bool = False) -> None:
    """Carry out what is not done yet; a second call finds everything done.

    :param verbose: also name the steps that were done before
    """
    paths.make_state_folders()
    started = time.monotonic()
    with locks.exclusive("setup", "another command that is setting up"):
        for one in dict.fromkeys(steps):
            _ensure(one, verbose)
    if verbose:
        say(f"Everything is set up ({time.monotonic() - started:.1f} s).")


def _ensure(one: Step, verbose: bool) -> None:
    if one.is_done():
        if verbose:
            say(f"== {one.name}: there already")
        return
    system.require_space(paths.STATE)
    system.require_space(paths.cache())
    with step(one.name, one.purpose):
        one.make()
