"""The protocol core stands alone: no Odoo, nothing above the package; nor does the simulator."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "whatsapp_helpdesk" / "cloud_api"
CORE = sorted(PACKAGE.rglob("*.py"))
SIMULATOR = sorted((ROOT / "simulator").rglob("*.py"))
THIRD_PARTY = {"lxml", "phonenumbers", "requests", "urllib3"}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


def test_there_is_something_to_guard():
    assert CORE and SIMULATOR


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_imports_only_itself_and_plain_libraries(path):
    allowed = THIRD_PARTY | sys.stdlib_module_names
    deepest = len(path.relative_to(PACKAGE).parts)
    for level, module in _imports(path):
        assert level <= deepest, f"{path.name} climbs above the package"
        assert level or module.partition(".")[0] in allowed, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_reads_no_clock_and_no_chance(path):
    forbidden = {"random", "secrets", "time", "uuid"}
    assert not forbidden & {module for _level, module in _imports(path)}
    source = path.read_text(encoding="utf-8")
    assert not any(call in source for call in (".now(", ".utcnow(", ".today("))


@pytest.mark.parametrize("path", SIMULATOR, ids=lambda path: path.name)
def test_the_simulator_imports_no_odoo(path):
    modules = {module.partition(".")[0] for _level, module in _imports(path)}
    assert not {"odoo", "whatsapp_helpdesk"} & modules
