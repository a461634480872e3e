"""Divides the tests inside Odoo among processes, so that each processor has its share."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from .. import paths

TIMES = paths.STATE / "test_times.json"

_CLASS = re.compile(r"^class (Test\w+)\(", re.MULTILINE)
_METHOD = re.compile(r"^    def test_", re.MULTILINE)
_BROWSER_TEST = re.compile(r"^\s*test\(", re.MULTILINE)
# The class that runs all browser tests
_BROWSER_CLASS = "HOOTCommon"
# What a test costs on average, until its class has been measured
_SECONDS = 0.5


def tags(addons: Iterable[Path], count: int) -> list[str]:
    """Return Odoo's ``--test-tags`` of each share, of about equal length.

    The first share is all that the others do not name, so no test can be missing or run twice.

    :param addons: their folders
    :param count: how many shares at most
    """
    addons = list(addons)
    weights = {test: seconds for addon in addons for test, seconds in _weights(addon).items()}
    _first, *others = divide(weights, count)
    named = [sorted(share) for share in others if share]
    rest = [f"/{addon.name}" for addon in addons] + [
        f"-{test}" for share in named for test in share
    ]
    return [",".join(share) for share in (rest, *named)]


def divide(weights: Mapping[str, float], count: int) -> list[list[str]]:
    """Divide things so that the heaviest share is light: always the next heaviest to the lightest.

    :return: ``count`` lists, some of them empty if there are not enough things
    """
    shares: list[list[str]] = [[] for _ in range(count)]
    loads = [0.0] * count
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        lightest = loads.index(min(loads))
        shares[lightest].append(name)
        loads[lightest] += weights[name]
    return shares


def remember(measured: Iterable[tuple[float, str]]) -> None:
    """Keep how long each class took, for the next time.

    :param measured: seconds and names as of ``odoo_log``: ``module.file.Class.method (…)``
    """
    sums: dict[str, float] = defaultdict(float)
    for seconds, name in measured:
        module, _file, test_class, _method = name.split(" ")[0].split(".")
        sums[f"/{module}:{test_class}"] += seconds
    keep(sums)


def keep(seconds: Mapping[str, float]) -> None:
    """Keep how long things took, by whatever names their suite will know them again."""
    TIMES.write_text(json.dumps({**times(), **seconds}, indent=1, sort_keys=True))


def times() -> dict[str, float]:
    """Return what was kept, in seconds."""
    try:
        return json.loads(TIMES.read_text())
    except (OSError, ValueError):
        return {}


def _weights(addon: Path) -> dict[str, float]:
    """Return the seconds of each test class, by its tag; guessed for what was never run here."""
    known = times()
    weights: dict[str, float] = defaultdict(float)
    for file in sorted((addon / "tests").glob("test_*.py")):
        _before, *parts = _CLASS.split(file.read_text())
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            tag = f"/{addon.name}:{name}"
            weights[tag] = known.get(tag) or weights[tag] + _SECONDS * _count(addon, body)
    return weights


def _count(addon: Path, body: str) -> int:
    if body.startswith(_BROWSER_CLASS):
        files = (addon / "static" / "tests").rglob("*.test.js")
        return sum(len(_BROWSER_TEST.findall(file.read_text())) for file in files)
    return len(_METHOD.findall(body))
