"""Growth: what a request costs as the mailbox grows. It should cost the same.

Owns the sizes, and measuring them side by side. Must not know a floor or a target.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import compare, mailbox, servers
from benchmarks.load import interleaved

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
"""Tasks in a mailbox, by the names that `--sizes` takes."""


@dataclass(frozen=True)
class Growth:
    """Requests per second by size, for one kind of work."""

    name: str
    rates: dict[int, float]

    def share(self, size: int) -> float:
        """The rate at a size, as a share of that of the smallest mailbox."""
        return self.rates[size] / self.rates[min(self.rates)]


def measure(sizes: Sequence[int], folder: Path, rounds: int, seconds: int) -> list[Growth]:
    """Measure both kinds of reading on mailboxes of these sizes, all being served at once."""
    with ExitStack() as stack:
        running, todo = [], []
        for size in sizes:
            data = folder / f"tasks-{size}"
            data.mkdir()
            stack.callback(shutil.rmtree, data)
            todo.append(compare.readings(mailbox.fill(f"sqlite:///{data / servers.FILE}", size)))
            running.append(stack.enter_context(servers.afterlook("--data", str(data))))
        return [
            Growth(
                works[0].name,
                dict(zip(sizes, _rates(running, works, rounds, seconds), strict=True)),
            )
            for works in zip(*todo, strict=True)
        ]


def _rates(
    running: Sequence[servers.Server], works: Sequence[compare.Work], rounds: int, seconds: int
) -> list[float]:
    loads = [work.load for work in works]
    return interleaved(list(zip(running, loads, strict=True)), rounds, seconds)
