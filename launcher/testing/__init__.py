"""The test suites of ``./run test``; each returns a ``SuiteResult``."""
