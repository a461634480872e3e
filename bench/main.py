"""Measure what the design promises; see README.md beside this file.

Run by ``./run bench [--quick] [--profile] [NAME…]``.
"""

import argparse
import sys
import time
from dataclasses import dataclass

import machine
import results
import stage
from measures import acknowledge, costs, growth, hot, sending, steady, visible
from stage import say

MEASURES = {
    "acknowledge": acknowledge.run,
    "hot": hot.run,
    "steady": steady.run,
    "costs": costs.run,
    "visible": visible.run,
    "sending": sending.run,
    "growth": growth.run,
}


@dataclass(frozen=True)
class Effort:
    """How long to measure.

    :param rounds: repetitions of what is compared
    :param round_seconds: length of one
    :param most_requests: prepared for one round
    :param steady_seconds: length of the steady load
    :param batches: repetitions inside Odoo
    :param visible_messages: webhooks that a browser waits for
    :param sent_messages: length of the queue that is sent
    :param profile: also show where the time goes
    """

    rounds: int = 5
    round_seconds: float = 4.0
    most_requests: int = 5000
    steady_seconds: int = 60
    batches: int = 15
    visible_messages: int = 100
    sent_messages: int = 600
    profile: bool = False
    patient: bool = True

    def wait_until_calm(self) -> None:
        """Let the neighbours finish, within reason."""
        if self.patient:
            machine.wait_until_calm()


def main(arguments: list[str]) -> int:
    """Measure, print the table and keep the result; 0 also when a goal is missed."""
    options = _parser().parse_args(arguments)
    effort = Effort(profile=options.profile)
    if options.quick:
        effort = Effort(2, 1.5, 2500, 8, 5, 15, 200, options.profile, patient=False)
    measures, disturbance = [], {}
    with stage.opened() as here:
        facts = machine.facts()
        for name in options.names or MEASURES:
            figures, disturbance[name] = _take(name, here, effort)
            measures += figures
    facts["used_by_others"] = disturbance
    if options.names or options.quick:
        return 0
    name = results.commit()
    file = results.store(measures, facts, name)
    results.show(measures, facts, name)
    say(f"\nkept in {file}")
    return 0


def _take(name: str, here: stage.Stage, effort: Effort) -> tuple[list[results.Measure], float]:
    say(f"== {name}")
    started, neighbours = time.monotonic(), machine.Neighbours(*here.own_processes())
    figures = MEASURES[name](here, effort)
    others = round(neighbours.share(), 2)
    for figure in figures:
        say(f"   {figure.line()}")
    say(f"   {time.monotonic() - started:.0f} s; others used {others:.0%} of the machine")
    return figures, others


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="under two minutes, nothing is kept")
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
