"""`make attack`: make every attack, print one table, and fail where a bound is broken.

Owns the flags, the table, and the exit code. Must not know an attack.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.attack import bombs, doors, failures, regressions, stubborn
from benchmarks.attack.measure import Outcome, measure
from benchmarks.attack.stage import MEGABYTE, Attack, Stage
from tests.support.postgres import start_postgres


def _idle(_: Stage) -> str:
    """Do nothing for a while: what the machine itself makes the light client wait."""
    time.sleep(3)
    return "nothing"


ATTACKS = [
    Attack("-", "nothing, for comparison", _idle),
    *bombs.ATTACKS,
    *doors.ATTACKS,
    *stubborn.ATTACKS,
    *failures.ATTACKS,
    *regressions.ATTACKS,
]


def main(arguments: Sequence[str]) -> int:
    """Make the attacks; return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(prog="make attack ARGS=…", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, not on SQLite")
    parser.add_argument("--only", default="", help="groups or words of names, comma-separated")
    flags = parser.parse_args(arguments)
    words = [word.strip().lower() for word in flags.only.split(",") if word.strip()]
    wanted = [one for one in ATTACKS if not words or any(map(_text(one).__contains__, words))]
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="afterlook-attack-")))
        admin_url = stack.enter_context(start_postgres()) if flags.postgres else None
        outcomes = list(measure(wanted, folder, admin_url))
    engine = "PostgreSQL" if flags.postgres else "SQLite"
    print(table(outcomes, engine, time.monotonic() - began), end="")
    return int(any(one.broken for one in outcomes))


def table(outcomes: Sequence[Outcome], engine: str, seconds: float) -> str:
    """Return what came of the attacks as a table in Markdown."""
    broken = sum(bool(one.broken) for one in outcomes)
    lines = [
        (
            f"{len(outcomes)} attacks on {engine}, Python {platform.python_version()}, "
            f"in {seconds:.0f} s; {broken or 'none'} broke a bound."
        ),
        "",
        "| | attack | answer | longest stall | bound | memory | seconds | holds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in outcomes:
        about = one.attack
        bound = "" if about.stall is None else f"{about.stall * 1000:.0f} ms"
        stall = "" if about.stall is None else f"{one.stall * 1000:.0f} ms"
        holds = f"**no**: {one.broken}" if one.broken else "yes"
        memory = f"{one.memory // MEGABYTE} MB"
        lines.append(
            f"| {about.group} | {about.name} | {one.answer} | {stall} | {bound} | {memory} "
            f"| {one.seconds:.1f} | {holds.replace('|', '/')} |"
        )
    return "\n".join(lines) + "\n"


def _text(attack: Attack) -> str:
    return f"{attack.group} {attack.name}".lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
