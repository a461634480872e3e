"""Counting: what did not run has not passed, whatever the test runner says."""

from launcher.testing import junit, odoo_log
from launcher.testing.results import SuiteResult, closing_line

PYTEST = """<?xml version="1.0"?><testsuites><testsuite tests="4">
<testcase classname="test_window" name="test_opens" time="0.5"/>
<testcase classname="test_window" name="test_closes" time="0.1">
  <failure message="assert 1 == 2&#10;more">traceback</failure></testcase>
<testcase classname="test_window" name="test_later" time="0">
  <skipped message="no clock"/></testcase>
<testcase classname="" name="tests/unit/test_broken.py" time="0">
  <error message="collection failure">ImportError</error></testcase>
</testsuite></testsuites>"""

NODE = """<?xml version="1.0"?><testsuites>
<testcase name="answers" time="1.5" classname="test"/>
<testsuite name="window"><testcase name="closes" time="0.4" classname="test"/></testsuite>
<testcase name="/x/tests/e2e/empty.test.mjs" time="0.4" classname="test"/>
</testsuites>"""

LINE = "2026-11-21 21:40:42,373 18040 {} wh_test_1 {}"
ODOO_OK = "\n".join(
    [
        LINE.format("INFO", "odoo.tests.stats: Detailed Tests Report:"),
        "\twhatsapp_helpdesk: 1.20s 50 queries",
        "\twhatsapp_helpdesk.test_x.TestX.test_slow: 1.10s 40 queries",
        "\twhatsapp_helpdesk.test_x.TestX.test_fast: 0.10s 10 queries",
        LINE.format("INFO", "odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading"),
    ]
)


def test_pytest_report_counts_skips_and_errors_as_failures():
    result = junit.parse(PYTEST, "unit")
    assert (result.passed, result.failed) == (1, 3)
    assert result.problems[0] == "test_window::test_closes: failure: assert 1 == 2"
    assert "no clock" in result.problems[1]


def test_node_file_without_tests_is_a_failure():
    result = junit.parse(NODE, "e2e")
    assert (result.passed, result.failed) == (2, 1)
    assert "the file has no test" in result.problems[0]


def test_colours_in_a_reason_do_not_hide_the_report():
    result = junit.parse(PYTEST.replace("assert 1", "\x1b[2massert 1"), "e2e")
    assert "failure: [2massert 1 == 2" in result.problems[0]


def test_report_that_is_cut_off_is_a_failure():
    for garbage in ("", "Killed", PYTEST[:200]):
        assert junit.parse(garbage, "unit").failed == 1


def test_report_without_tests_is_a_failure():
    assert junit.parse("<testsuites/>", "unit").problems == ["unit: no test was run"]


def test_odoo_run_with_times():
    result = odoo_log.parse(ODOO_OK)
    assert (result.passed, result.failed) == (2, 0)
    assert max(result.slowest) == (1.1, "whatsapp_helpdesk.test_x.TestX.test_slow (40 queries)")


def test_odoo_skip_is_a_failure():
    skipped = LINE.format("INFO", "odoo.addons.x.tests.test_x: skipped TestTour.test_a : no chrome")
    result = odoo_log.parse(f"{skipped}\n{ODOO_OK}")
    assert (result.passed, result.failed) == (1, 1)
    assert "no chrome" in result.problems[0]


def test_odoo_failures_are_named():
    log = "\n".join(
        [
            LINE.format("ERROR", "odoo.addons.x.tests.test_x: FAIL: TestX.test_bad"),
            LINE.format("ERROR", "odoo.tests.suite: ERROR: setUpClass (odoo.addons.x.TestY)"),
            LINE.format("ERROR", "odoo.tests.result: 1 failed, 1 error(s) of 3 tests when loading"),
        ]
    )
    result = odoo_log.parse(log)
    assert (result.passed, result.failed) == (1, 2)
    assert result.problems[0] == "TestX.test_bad: fail"


def test_odoo_total_wins_over_the_lines_that_were_found():
    log = LINE.format("ERROR", "odoo.tests.result: 2 failed, 0 error(s) of 5 tests when loading")
    result = odoo_log.parse(log)
    assert (result.passed, result.failed) == (3, 2)


def test_odoo_that_ran_nothing_or_died_is_a_failure():
    nothing = LINE.format("INFO", "odoo.tests.result: 0 failed, 0 error(s) of 0 tests when loading")
    assert odoo_log.parse(nothing).failed == 1
    assert odoo_log.parse("Traceback (most recent call last):").failed == 1
    assert odoo_log.parse("").failed == 1


def test_complaints_end_where_the_tests_begin():
    log = "\n".join(
        [
            LINE.format("WARNING", "odoo.modules.loading: no access rule"),
            LINE.format("INFO", "odoo.addons.x.tests.test_x: Starting TestX.test_a ..."),
            LINE.format("WARNING", "odoo.http: meant by the test"),
        ]
    )
    assert [complaint.text for complaint in odoo_log.complaints(log)] == ["no access rule"]


def test_errors_come_with_their_tracebacks_and_nothing_else():
    log = "\n".join(
        [
            LINE.format("INFO", "odoo.http: fine"),
            LINE.format("ERROR", "odoo.addons.x: FAIL: TestX.test_bad"),
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            LINE.format("INFO", "odoo.http: fine again"),
        ]
    )
    assert odoo_log.errors(log)[1:] == log.splitlines()[2:4]


def test_closing_line_adds_all_suites_up():
    suites = [SuiteResult("unit", 3), SuiteResult("odoo", 2, ["a: fail", "skipped: b"])]
    assert closing_line(suites) == "5 passed, 2 failed"
    assert closing_line([]) == "0 passed, 0 failed"
