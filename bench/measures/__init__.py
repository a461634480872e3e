"""The measures, a module per question; each has ``run(stage, effort)`` and returns figures."""
