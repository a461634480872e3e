"""One function per command of ``./run``: takes the arguments, returns the exit code."""
