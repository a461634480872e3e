"""What was measured: kept as JSON per commit, shown as a table."""

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from launcher import paths

FOLDER = paths.REPO / "bench" / "results"
README = paths.REPO / "bench" / "README.md"
_BEGIN, _END = "<!-- figures: begin -->\n", "<!-- figures: end -->"
_WORDS = {True: "met", False: "**not met**", None: ""}


@dataclass(frozen=True)
class Measure:
    """One figure.

    :param goal: what ``docs/architecture.md`` promises; None for figures that explain others
    :param better: ``higher`` or ``lower``
    """

    name: str
    value: float
    unit: str
    goal: float | None
    better: str

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better == "higher" else self.value <= self.goal

    def as_json(self) -> dict:
        return {**asdict(self), "value": round(self.value, 4), "met": self.met}

    def line(self) -> str:
        """Return the figure as one line of the table."""
        met = _WORDS[self.met].upper().strip("*")
        return f"{self.name:34} {self.value:10.3f} {self.unit:14} {self.target:14} {met}"

    def row(self) -> str:
        """Return the figure as one row of a Markdown table."""
        value = f"{self.value:.3g}" if self.value < 100 else f"{self.value:.0f}"
        return f"| {self.name} | {value} {self.unit} | {self.target} | {_WORDS[self.met]} |"

    @property
    def target(self) -> str:
        """Return the goal in words."""
        sign = "at least" if self.better == "higher" else "at most"
        return "" if self.goal is None else f"{sign} {self.goal:g}"


def at_least(name: str, value: float, unit: str, goal: float | None = None) -> Measure:
    """Return a figure that should be high."""
    return Measure(name, value, unit, goal, "higher")


def at_most(name: str, value: float, unit: str, goal: float | None = None) -> Measure:
    """Return a figure that should be low."""
    return Measure(name, value, unit, goal, "lower")


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the nearest-rank percentile.

    :raise ValueError: without values
    """
    if not values:
        raise ValueError("There is nothing to take a percentile of.")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-len(ranked) * percent // 100) - 1))]


def median(values: Sequence[float]) -> float:
    """Return the middle value: one disturbed round does not move it."""
    return statistics.median(values)


def commit() -> str:
    """Return the short hash of the checkout, marked when there are changes on top of it."""
    git = ["git", "-C", str(paths.REPO)]
    name = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
    changed = subprocess.check_output(
        [*git, "status", "--porcelain", "--", "whatsapp_helpdesk"], text=True
    )
    return f"{name}-changed" if changed else name


def store(measures: list[Measure], machine: dict, name: str) -> Path:
    """Write the result file of a commit and return its path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{name}.json"
    content = {
        "commit": name,
        "machine": machine,
        "measures": [measure.as_json() for measure in measures],
    }
    file.write_text(json.dumps(content, indent=2) + "\n")
    return file


def show(measures: list[Measure], machine: dict, name: str) -> None:
    """Put the figures into the README, in place of those of an earlier run."""
    busiest = max(machine["used_by_others"].values())
    lines = [
        f"Commit {name}: {machine['cores']} cores ({machine['cpu']}), {machine['memory_gib']} GiB, "
        f"PostgreSQL {machine['postgresql']}; others used up to {busiest:.0%} of the machine.",
        "",
        "| measure | figure | goal | |",
        "| --- | --- | --- | --- |",
        *(measure.row() for measure in measures),
    ]
    before, _, rest = README.read_text().partition(_BEGIN)
    _old, _, after = rest.partition(_END)
    README.write_text(before + _BEGIN + "\n".join(lines) + "\n" + _END + after)
