"""Tests that run side by side: what runs where, and that nothing is lost or left behind."""

import ast
import sys
import time

import pytest

from launcher import addons, paths, pids
from launcher.errors import LauncherError
from launcher.processes import Job, exit_codes
from launcher.testing import shares, unit

TESTS_OF_ADDON = {
    "test_a.py": "class TestA(Case):\n    def test_1(self): ...\n\n    def test_2(self): ...\n",
    "test_b.py": "class TestB(Case):\n    def test_1(self): ...\n\n\nclass TestC(Case): ...\n",
    "common.py": "class TestNothing(Case):\n    def test_1(self): ...\n",
}


@pytest.fixture
def addon(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "TIMES", tmp_path / "times.json")
    folder = tmp_path / "addon"
    (folder / "tests").mkdir(parents=True)
    for name, text in TESTS_OF_ADDON.items():
        (folder / "tests" / name).write_text(text)
    return folder


def program(text):
    return [sys.executable, "-uc", text]


def goes_away(pid):
    deadline = time.monotonic() + 5
    while pids.start_time(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return pids.start_time(pid) is None


def test_heaviest_share_is_as_light_as_can_be():
    weights = {"js": 70.0, "a": 40.0, "b": 30.0, "c": 10.0, "d": 1.0}
    assert shares.divide(weights, 2) == [["js", "c"], ["a", "b", "d"]]
    assert sorted(sum(shares.divide(weights, 3), [])) == sorted(weights)
    assert shares.divide({"a": 1.0}, 2) == [["a"], []]


def test_first_share_is_all_that_the_others_do_not_name(addon):
    assert shares.tags([addon], 1) == ["/addon"]
    assert shares.tags([addon], 2) == [
        "/addon,-/addon:TestB,-/addon:TestC",
        "/addon:TestB,/addon:TestC",
    ]


def test_measured_times_count_more_than_the_number_of_tests(addon):
    shares.remember(
        [
            (9.0, "addon.test_b.TestB.setUpClass (2 queries)"),
            (1.5, "addon.test_b.TestB.test_1 (1 queries)"),
        ]
    )
    shares.remember([(0.5, "addon.test_c.TestC.test_1 (1 queries)")])
    assert shares.tags([addon], 2)[1] == "/addon:TestA,/addon:TestC"


def test_browser_tests_count_each(addon):
    (addon / "tests" / "test_js.py").write_text(
        "class TestJs(HOOTCommon):\n    def test_1(self): ...\n"
    )
    (addon / "static" / "tests").mkdir(parents=True)
    (addon / "static" / "tests" / "x.test.js").write_text('test("a", () => {});\n' * 9)
    assert shares.tags([addon], 2)[1] == "/addon:TestA,/addon:TestB,/addon:TestC"


def test_addon_without_tests(tmp_path):
    assert shares.tags([tmp_path / "empty"], 2) == ["/empty"]


def test_exit_codes_come_in_the_order_of_the_jobs(tmp_path):
    texts = ["import time; time.sleep(0.5); exit(3)", "print('quick')", "exit(5)"]
    jobs = [Job(program(text), tmp_path / f"{n}.log") for n, text in enumerate(texts)]
    assert exit_codes(jobs, at_once=2) == [3, 0, 5]
    assert (tmp_path / "1.log").read_text() == "quick\n"


def test_no_more_than_wanted_at_once(tmp_path):
    wait = "import pathlib, time; p = pathlib.Path('running'); p.touch(exist_ok=False)"
    text = f"{wait}; time.sleep(0.2); p.unlink()"
    jobs = [Job(program(text), tmp_path / f"{n}.log", cwd=tmp_path) for n in range(3)]
    assert exit_codes(jobs, at_once=1) == [0, 0, 0]


def test_nothing_is_left_behind_when_one_cannot_be_started(tmp_path):
    text = "import os, time; print(os.getpid()); time.sleep(60)"
    jobs = [
        Job(program(text), tmp_path / "long.log"),
        Job(program("import time; time.sleep(1)"), tmp_path / "short.log"),
        Job(["no-such-program"], tmp_path / "missing.log"),
    ]
    with pytest.raises(LauncherError, match="no-such-program is missing"):
        exit_codes(jobs, at_once=2)
    assert pids.start_time(int((tmp_path / "long.log").read_text())) is None


def test_what_a_program_leaves_behind_ends_with_it(tmp_path):
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    text = f"import subprocess; print(subprocess.Popen({sleeper}).pid)"
    assert exit_codes([Job(program(text), tmp_path / "a.log")], at_once=1) == [0]
    assert goes_away(int((tmp_path / "a.log").read_text()))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], ["tests/unit"]),
        (["-k", "window"], ["-k", "window", "tests/unit"]),
        (["tests/unit/test_a.py", "-x"], ["-x", "tests/unit/test_a.py"]),
        (["tests/simulator/test_b.py", "tests/unit/test_a.py"], ["tests/unit/test_a.py"]),
        (["tests/simulator"], None),
    ],
)
def test_each_python_gets_its_own_files(filters, expected):
    assert unit.arguments([paths.REPO / "tests" / "unit"], filters) == expected


def is_run_after_installation(name, classes):
    """Tell whether Odoo takes a class of tests for one that needs all addons; inherited."""
    node = classes.get(name)
    if node is None:
        return False
    tags = {tag for each in node.decorator_list for tag in ast.unparse(each).split("'")}
    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
    return "-at_install" in tags or any(is_run_after_installation(base, classes) for base in bases)


def test_no_test_of_an_addon_runs_at_installation():
    """The installed database is kept, so such a test would never run."""
    files = [file for name in addons.own() for file in (paths.REPO / name / "tests").glob("*.py")]
    nodes = [node for file in files for node in ast.parse(file.read_text()).body]
    classes = {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}
    tests = [name for name in classes if name.startswith("Test")]
    assert tests
    assert [name for name in tests if not is_run_after_installation(name, classes)] == []
