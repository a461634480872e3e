import logging
import re
from pathlib import Path
from unittest.mock import patch

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker
from odoo.tests import tagged

_JS_TESTS = Path(__file__).parents[1] / "static" / "tests"
_SUITE = "@whatsapp_helpdesk"


class _Console(logging.Handler):
    """Reads how many tests the browser says have passed."""

    passed = 0

    def emit(self, record):
        if match := re.search(r"\[HOOT\] Passed (\d+) tests", record.getMessage()):
            self.passed = int(match[1])


@tagged("post_install", "-at_install")
class TestJs(HOOTCommon):
    """The browser's tests of `static/tests`, on a desktop and on a phone."""

    def test_desktop(self):
        self.run_suite("desktop")

    def test_mobile(self):
        self.run_suite("mobile")

    def run_suite(self, preset):
        # Odoo gives Chromium ten seconds to start, too few for a busy machine, and skips the test.
        self.startPatcher(patch("odoo.tests.common.CHECK_BROWSER_ITERATIONS", 900))
        console = _Console()
        logger = logging.getLogger(__name__)
        logger.addHandler(console)
        self.addCleanup(logger.removeHandler, console)
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000"
            f"&id={self._generate_hash(_SUITE)}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
        # A filter that matches nothing succeeds too. Some tests are written in a loop.
        written = self.count_tests(preset)
        self.assertTrue(written, f"no test for {preset}")
        self.assertGreaterEqual(console.passed, written)

    def count_tests(self, preset):
        """Count the tests below each `describe.current.tags` of this preset."""
        count = 0
        for path in _JS_TESTS.rglob("*.test.js"):
            parts = re.split(r'describe\.current\.tags\("(\w+)"\)', path.read_text())
            for tag, tests in zip(parts[1::2], parts[2::2], strict=True):
                if tag == preset:
                    count += len(re.findall(r"^\s*test\(", tests, re.MULTILINE))
        return count
