"""The journal and metrics: what they take of the speed of a GET by key.

Owns the two servers that are compared. Must not know how load is made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import servers
from benchmarks.layout import met, table
from benchmarks.load import Load, measure_in_turn

TARGET = 0.9
"""The share of the speed without them that is to be left."""

_WITHOUT = ("--control", "off", "--metrics", "off")


@dataclass(frozen=True)
class TrafficRates:
    """Requests per second: with the journal and metrics, and without."""

    kept: float
    unseen: float

    @property
    def ratio(self) -> float:
        """The share that is left."""
        return self.kept / self.unseen


def measure(data: Path, folder: Path, load: Load, rounds: int, seconds: int) -> TrafficRates:
    """Measure two servers on the same tasks, in turn."""
    copy = folder / "unseen"
    shutil.copytree(data, copy)
    with (
        servers.afterlook("--data", str(data)) as kept,
        servers.afterlook("--data", str(copy), *_WITHOUT) as unseen,
    ):
        return TrafficRates(*measure_in_turn([(kept, load), (unseen, load)], rounds, seconds))


def show(measured: TrafficRates) -> Iterable[str]:
    """Show what they cost."""
    yield "## Journal and metrics"
    yield table(
        ("work, 1/s", "with them", "without", "left", "target", "met"),
        [
            (
                *(
                    "GET one task",
                    f"{measured.kept:,.0f}",
                    f"{measured.unseen:,.0f}",
                    f"{measured.ratio:.2f}",
                ),
                *(f"≥ {TARGET}", met(yes=measured.ratio >= TARGET)),
            )
        ],
    )
